"""What people say about findings: decisions that are folded in, and contributions that stand beside. Append only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.window import require_utc


class DecisionVerb(StrEnum):
    """What a decision does to its subject."""

    ACCEPT = "accept"
    REJECT = "reject"
    REWORD = "reword"  # text holds the new words
    ADD = "add"  # text holds the entry, or a hypothesis as JSON; the subject is the new one's key
    REDACT = "redact"
    MARK = "mark"  # text holds "from/to" of a milestone, the result of a cell, or seconds that correct a source's clock
    MERGE = "merge"  # the subject tells the same as the entry whose key the text holds
    NOTE = "note"  # text holds a remark that stays with the subject
    LINK = "link"  # the subject, a message, is evidence for the event or hypothesis whose key the text holds
    WITHDRAW = "withdraw"  # takes back an earlier decision; text holds its id


_SPOKEN = (
    *(DecisionVerb.REWORD, DecisionVerb.ADD, DecisionVerb.MARK),
    *(DecisionVerb.MERGE, DecisionVerb.NOTE, DecisionVerb.LINK),
)


@dataclass(frozen=True)
class Decision:
    """One person's verdict on one subject: who, when, what, why. Later decisions on a subject win."""

    id: str
    incident_id: str
    subject: str  # subject key
    verb: DecisionVerb
    text: str
    why: str
    actor_id: str
    at: datetime

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of a decision")
        if not self.subject:
            raise ValueError("a decision needs a subject")
        if self.verb in _SPOKEN and not self.text.strip():
            raise ValueError(f"a decision to {self.verb.value} needs a text")


class ContributionKind(StrEnum):
    """What a contribution is."""

    STAR = "star"
    DIG_HERE = "dig_here"
    VOTE = "vote"
    COMMENT = "comment"  # on any subject; on `comment/<id>` a reply in the thread that it began
    EDIT = "edit"  # new words for one's own comment, whose subject is `comment/<id>`
    RESOLVE = "resolve"  # of a thread: nothing more to say
    REOPEN = "reopen"
    WITHDRAW = "withdraw"  # takes back one's own earlier contribution; text holds its id


TALK = (ContributionKind.COMMENT, ContributionKind.EDIT, ContributionKind.RESOLVE, ContributionKind.REOPEN)
"""What people say to each other. It stands beside the findings and no stage is given it."""


@dataclass(frozen=True)
class Contribution:
    """A vote, star or comment beside a subject; it changes no finding."""

    id: str
    incident_id: str
    subject: str
    kind: ContributionKind
    text: str
    actor_id: str
    at: datetime

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of a contribution")


TAKEN_BACK = "off"
"""The text of a star or a call to dig that takes one's earlier one back."""


def raised(contributions: tuple[Contribution, ...], kind: ContributionKind) -> dict[str, frozenset[str]]:
    """Who raised a star or a call to dig on each subject and did not take it back: actor ids by subject."""
    last: dict[tuple[str, str], bool] = {}
    for one in sorted(contributions, key=lambda one: (one.at, one.id)):
        if one.kind is kind:
            last[one.subject, one.actor_id] = one.text != TAKEN_BACK
    by_subject: dict[str, set[str]] = {}
    for (subject, actor_id), stands in last.items():
        if stands:
            by_subject.setdefault(subject, set()).add(actor_id)
    return {subject: frozenset(actors) for subject, actors in by_subject.items()}


def not_withdrawn(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, in order of (at, id); on one subject there may be several."""
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.id))
    withdrawn = {decision.text for decision in ordered if decision.verb is DecisionVerb.WITHDRAW}
    return tuple(one for one in ordered if one.verb is not DecisionVerb.WITHDRAW and one.id not in withdrawn)


def still_contributed(contributions: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
    """The contributions that were not taken back by those who made them, without the taking back itself."""
    taken_back = {(one.text, one.actor_id) for one in contributions if one.kind is ContributionKind.WITHDRAW}
    return tuple(
        one
        for one in contributions
        if one.kind is not ContributionKind.WITHDRAW and (one.id, one.actor_id) not in taken_back
    )


def standing(decisions: tuple[Decision, ...]) -> dict[str, Decision]:
    """The decision that holds for each subject: the last one that was not withdrawn."""
    return {decision.subject: decision for decision in not_withdrawn(decisions)}


def orphans(decisions: tuple[Decision, ...], subjects: frozenset[str]) -> tuple[Decision, ...]:
    """Standing decisions whose subject is gone; additions bring their own subject and are never orphans."""
    return tuple(
        decision
        for subject, decision in sorted(standing(decisions).items())
        if subject not in subjects and decision.verb is not DecisionVerb.ADD
    )
