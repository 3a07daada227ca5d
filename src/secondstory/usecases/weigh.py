"""Tests hypotheses as people have decided up to now, and appends what they add, mark, judge, vote or take back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import orjson

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.causes import CausesBody, Mechanism, Part
from secondstory.model.codec import content_hash, decode, encode
from secondstory.model.counted import counted_contributions, folded, folded_contributions
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb, not_withdrawn
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.matrix import Cell, Result
from secondstory.model.proposal import Proposal
from secondstory.ports import StoredDocument, World
from secondstory.stages.causes import fold_causes
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, contribute, decide

VOTES = ("for", "against", "")  # an empty one takes the vote back
_OURS = ("hypothesis/", "cell/")
_JUDGED = {"accepted": DecisionVerb.ACCEPT, "rejected": DecisionVerb.REJECT}


@dataclass(frozen=True)
class Idea:
    """A hypothesis as somebody typed it. `peer` names the callee where it is about the calls from the service to it."""

    service: str
    words: str
    mechanism: Mechanism
    part: Part
    indicator: str
    peer: str
    why: str


@dataclass(frozen=True)
class Said:
    """A decision on a hypothesis or a cell that holds now, and can be taken back by its id."""

    id: str
    subject: str
    verb: str
    text: str
    why: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class MyVote:
    """How the actor voted on a subject: for or against."""

    subject: str
    vote: str


@dataclass(frozen=True)
class Weighed:
    """The causes with all that people said so far. `in_document` False: the stored document is from before it."""

    causes: CausesBody
    said: tuple[Said, ...]  # the newest first
    my_votes: tuple[MyVote, ...]
    services: tuple[str, ...]  # that a hypothesis can be about: those with signals or calls on record
    in_document: bool


def weigh(actor: Actor, world: World, incident_id: str) -> Weighed:
    """Fold the last finding with the ledger as it is now. Raises NotFound where the incident was never analysed."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    finding = world.documents.latest(incident_id, "finding:causes")
    if finding is None:
        raise NotFound(f"Nothing was found on incident {incident_id} yet.", "Analyse it first.")
    found = _found(finding.data)
    decisions = folded("causes", world.ledger.decisions(incident_id))
    said_beside = counted_contributions(world.ledger.contributions(incident_id))
    contributions = folded_contributions("causes", said_beside)
    now = {"decisions": content_hash(decisions), "contributions": content_hash(contributions)}
    return Weighed(
        causes=_folded(_ToFold((finding.hash, *now.values()), found, decisions, contributions)),
        said=_said(decisions),
        my_votes=_votes_of(actor, contributions),
        services=_services(found),
        in_document=_in_document(world.documents.latest(incident_id, "causes"), now),
    )


def propose(actor: Actor, world: World, incident_id: str, idea: Idea) -> Decision:
    """Put forward a hypothesis. Raises BadInput where it says too little, or where the same one stands already."""
    require(actor, Verb.DECIDE, incident_id)
    proposal = _proposal(idea)
    before = weigh(actor, world, incident_id)
    if any(one.key == proposal.key for one in before.causes.hypotheses):
        raise BadInput(say("weighing.again", service=proposal.service), say("weighing.again_next"))
    text = encode(proposal, Proposal).decode()
    return decide(actor, world, incident_id, Verdict(proposal.key, DecisionVerb.ADD, text, idea.why))


def mark(actor: Actor, world: World, incident_id: str, subject: str, verdict: tuple[Result, str]) -> Decision:
    """Disagree with a cell: what became of the prediction, and why. Raises NotFound for a cell not in the matrix."""
    require(actor, Verb.DECIDE, incident_id)
    cell_of(weigh(actor, world, incident_id), subject)
    result, why = verdict
    if not why.strip():
        raise BadInput(say("weighing.no_reason"), say("weighing.no_reason_next"))
    return decide(actor, world, incident_id, Verdict(subject, DecisionVerb.MARK, result.value, why))


def cell_of(weighed: Weighed, subject: str) -> Cell:
    """The cell with this subject key. Raises NotFound."""
    matrix = weighed.causes.matrix
    cells = (cell for row in matrix.rows for cell in row.cells) if matrix is not None else iter(())
    found = next((cell for cell in cells if cell.subject == subject), None)
    if found is None:
        raise NotFound(say("weighing.no_cell", subject=subject), say("weighing.no_cell_next"))
    return found


def judge(actor: Actor, world: World, incident_id: str, hypothesis: str, verdict: tuple[str, str]) -> Decision:
    """Accept or reject a hypothesis; `verdict` is accepted or rejected, and why."""
    require(actor, Verb.DECIDE, incident_id)
    _known(weigh(actor, world, incident_id), hypothesis)
    standing, why = verdict
    if standing not in _JUDGED:
        raise BadInput(say("weighing.no_verdict", verdict=standing), say("weighing.no_verdict_next"))
    return decide(actor, world, incident_id, Verdict(hypothesis, _JUDGED[standing], "", why))


def vote(actor: Actor, world: World, incident_id: str, hypothesis: str, text: str) -> Contribution:
    """Vote for or against a hypothesis; an empty vote takes the last one back. Votes change no ranking."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    _known(weigh(actor, world, incident_id), hypothesis)
    if text not in VOTES:
        raise BadInput(say("weighing.no_vote", vote=text), say("weighing.no_vote_next"))
    return contribute(actor, world, incident_id, hypothesis, ContributionKind.VOTE, text)


def undo(actor: Actor, world: World, incident_id: str, decision_id: str) -> Decision:
    """Take back a decision on a hypothesis or a cell; it stays in the ledger. Raises NotFound where none holds."""
    require(actor, Verb.DECIDE, incident_id)
    if not any(one.id == decision_id for one in weigh(actor, world, incident_id).said):
        raise NotFound(say("weighing.no_decision", decision=decision_id), say("weighing.no_decision_next"))
    return decide(actor, world, incident_id, Verdict("-", DecisionVerb.WITHDRAW, decision_id, ""))


@lru_cache(maxsize=8)
def _found(data: bytes) -> CausesBody:
    """A finding read once for all who ask."""
    return decode(data, CausesBody)


@dataclass(frozen=True)
class _ToFold:
    """What a fold is given, known by its hashes: many read the same at once, and one fold does for all of them."""

    key: tuple[str, ...]
    found: CausesBody = field(compare=False)
    decisions: tuple[Decision, ...] = field(compare=False)
    contributions: tuple[Contribution, ...] = field(compare=False)


@lru_cache(maxsize=8)
def _folded(given: _ToFold) -> CausesBody:
    return fold_causes(given.found, given.decisions, given.contributions)


def _proposal(idea: Idea) -> Proposal:
    about = (idea.indicator.strip(), idea.peer.strip())
    try:
        return Proposal(idea.service.strip(), idea.words.strip(), idea.mechanism, idea.part, *about)
    except ValueError as error:
        raise BadInput(say("weighing.no_proposal", fault=error), say("weighing.no_proposal_next")) from error


def _known(weighed: Weighed, hypothesis: str) -> None:
    if not any(one.key == hypothesis for one in weighed.causes.hypotheses):
        raise NotFound(say("weighing.no_hypothesis", hypothesis=hypothesis), say("weighing.no_hypothesis_next"))


def _said(decisions: tuple[Decision, ...]) -> tuple[Said, ...]:
    standing = [one for one in reversed(not_withdrawn(decisions)) if one.subject.startswith(_OURS)]
    return tuple(Said(one.id, one.subject, one.verb.value, one.text, one.why, one.actor_id, one.at) for one in standing)


def _votes_of(actor: Actor, contributions: tuple[Contribution, ...]) -> tuple[MyVote, ...]:
    votes = [one for one in contributions if one.kind is ContributionKind.VOTE and one.actor_id == actor.id]
    last = {one.subject: one.text for one in sorted(votes, key=lambda one: (one.at, one.id))}
    return tuple(MyVote(subject, text) for subject, text in sorted(last.items()) if text)


def _services(found: CausesBody) -> tuple[str, ...]:
    facts = found.sightings
    if facts is None:
        return ()
    return tuple(sorted({*(one.service for one in facts.watched), *(end for edge in facts.edges for end in edge)}))


def _in_document(document: StoredDocument | None, now: dict[str, str]) -> bool:
    """True where the stored document was made from the ledger as it is now."""
    if document is None:
        return False
    made_from = dict(orjson.loads(document.data)["envelope"]["inputs"])
    return all(made_from.get(name) == given for name, given in now.items())
