"""What stands in an incident, folded entry by entry: the reference for everybody who follows a ledger. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from secondstory.model.decision import (
    Contribution,
    ContributionKind,
    Decision,
    DecisionVerb,
    standing,
)
from secondstory.model.ledger import Entry
from secondstory.model.talk import Thread, threads


@dataclass(frozen=True)
class Workspace:
    """The entries that stand after number `seq`. Comments are kept also when taken back: replies have their place."""

    seq: int = 0
    decisions: tuple[Decision, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    talk: tuple[Contribution, ...] = ()

    def held(self) -> dict[str, Decision]:
        """The decision that holds for each subject."""
        return standing(self.decisions)

    def threads(self) -> tuple[Thread, ...]:
        """The comments as threads."""
        return threads(self.talk)


def apply_entry(workspace: Workspace, entry: Entry) -> Workspace:
    """The workspace after one more entry. Raises ValueError where it is not the next one: missed, or told twice."""
    if entry.seq != workspace.seq + 1:
        raise ValueError(f"entry {entry.seq} does not follow {workspace.seq}")
    said = entry.said
    after = replace(workspace, seq=entry.seq)
    if isinstance(said, Decision):
        if said.verb is DecisionVerb.WITHDRAW:
            return replace(after, decisions=tuple(one for one in after.decisions if one.id != said.text))
        return replace(after, decisions=(*after.decisions, said))
    if said.kind is ContributionKind.WITHDRAW:
        left = (one for one in after.contributions if (one.id, one.actor_id) != (said.text, said.actor_id))
        return replace(after, contributions=tuple(left), talk=(*after.talk, said))
    if said.kind in (ContributionKind.STAR, ContributionKind.VOTE, ContributionKind.DIG_HERE):
        return replace(after, contributions=(*after.contributions, said))
    return replace(after, talk=(*after.talk, said))


def reduced(entries: Iterable[Entry]) -> Workspace:
    """A whole ledger, from its first entry."""
    workspace = Workspace()
    for entry in entries:
        workspace = apply_entry(workspace, entry)
    return workspace
