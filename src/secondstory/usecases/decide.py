"""Appends what a person decided or contributed to an incident's ledger."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb
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
