"""Appends what a person decided or contributed to an incident's ledger."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actions import ActionsBody
from secondstory.model.actor import Actor
from secondstory.model.causes import CausesBody
from secondstory.model.codec import decode
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb, not_withdrawn
from secondstory.model.document import Document
from secondstory.model.timeline import TimelineBody
from secondstory.ports import World
from secondstory.usecases.analyse import get_incident


@dataclass(frozen=True)
class Verdict:
    """What a person says of a subject."""

    subject: str
    verb: DecisionVerb
    text: str
    why: str


def decide(actor: Actor, world: World, incident_id: str, verdict: Verdict) -> Decision:
    """Append a decision; the next analysis folds it in."""
    require(actor, Verb.DECIDE, incident_id)
    return append_own(actor, world, incident_id, verdict)


def append_own(actor: Actor, world: World, incident_id: str, verdict: Verdict) -> Decision:
    """Append what a person says of their own account, which takes no right to decide: the caller has seen to it."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    decision = Decision(
        id=world.ids.new("decision"),
        incident_id=incident_id,
        subject=verdict.subject,
        verb=verdict.verb,
        text=verdict.text,
        why=verdict.why,
        actor_id=actor.id,
        at=world.clock.now(),
    )
    world.ledger.append(decision)
    return decision


def withdraw_all(
    actor: Actor, world: World, incident_id: str, subject: str, why: str, verbs: tuple[DecisionVerb, ...]
) -> bool:
    """Take back all such decisions on the subject, for else an earlier one would hold again. False: none stood."""
    require(actor, Verb.DECIDE, incident_id)
    get_incident(world, incident_id)
    given = not_withdrawn(world.ledger.decisions(incident_id))
    mine = [one for one in given if one.subject == subject and one.verb in verbs]
    for decision in mine:
        decide(actor, world, incident_id, Verdict(subject, DecisionVerb.WITHDRAW, decision.id, why))
    return bool(mine)


def subjects(actor: Actor, world: World, incident_id: str) -> tuple[str, ...]:
    """The keys of all that was found, which a decision may speak of, explanations first; none before an analysis."""
    require(actor, Verb.READ, incident_id)
    found: list[str] = []
    if (causes := world.documents.latest(incident_id, "causes")) is not None:
        found += [hypothesis.key for hypothesis in decode(causes.data, Document[CausesBody]).body.hypotheses]
    if (actions := world.documents.latest(incident_id, "actions")) is not None:
        found += [item.key for item in decode(actions.data, Document[ActionsBody]).body.items]
    if (timeline := world.documents.latest(incident_id, "timeline")) is not None:
        told = decode(timeline.data, Document[TimelineBody]).body
        found += [milestone.key for milestone in told.milestones] + [event.key for event in told.events]
    return tuple(dict.fromkeys(found))


def contribute(
    actor: Actor, world: World, incident_id: str, subject: str, kind: ContributionKind, text: str
) -> Contribution:
    """Append a star, vote or comment beside a subject."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    contribution = Contribution(
        world.ids.new("contribution"), incident_id, subject, kind, text, actor.id, world.clock.now()
    )
    world.ledger.append(contribution)
    return contribution
