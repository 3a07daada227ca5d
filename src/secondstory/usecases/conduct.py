"""The steps from the end of an outage to its published document: when they are planned, when done, and the clocks."""

from __future__ import annotations

from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.conduct import CONDUCT, Conduct, Known, Step, reckon
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Incident
from secondstory.model.incident_record import IncidentRecord
from secondstory.model.publication import CIRCULATED
from secondstory.model.status import Status
from secondstory.model.window import format_time, wall_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, decide, withdraw_all
from secondstory.usecases.incident_record import cleaned, record_now, resolved_at
from secondstory.usecases.policy import read_policy


def conduct_of(actor: Actor, world: World, incident_id: str) -> Conduct:
    """Steps and clocks of an incident as they stand now. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    incident = get_incident(world, incident_id)
    return conduct_now(world, incident, record_now(world, incident))


def conduct_now(world: World, incident: Incident, record: IncidentRecord) -> Conduct:
    """The same for who has asked already whether the actor may."""
    known = known_now(world, incident, record)
    said = world.ledger.decisions(incident.id)
    return reckon(record, incident.time_zone, read_policy(world), known, said)


def known_now(world: World, incident: Incident, record: IncidentRecord) -> Known:
    """What is known to have happened, from the evidence and from what was published and sent."""
    return Known(
        resolved_at(world, incident.id),
        world.freezer.frozen_at(incident.id),
        _published_at(world, record, incident.id),
        _circulated_at(world, incident.id),
    )


def plan_step(actor: Actor, world: World, incident_id: str, step: Step, said: tuple[datetime, str]) -> Conduct:
    """Plan a step for a time; `said` is (time, why)."""
    require(actor, Verb.DECIDE, incident_id)
    _append(actor, world, incident_id, f"{step.value}/planned", said)
    return conduct_of(actor, world, incident_id)


def tick_step(actor: Actor, world: World, incident_id: str, step: Step, said: tuple[datetime | None, str]) -> Conduct:
    """Say that a step is done, now or at an earlier time; of the meeting the end counts. Raises BadInput on the future.

    `said` is (time, why).
    """
    require(actor, Verb.DECIDE, incident_id)
    now = world.clock.now()
    at = said[0] or now
    if at > now:
        zone = get_incident(world, incident_id).time_zone
        told = f"{wall_time(at, zone):%Y-%m-%d %H:%M}"
        raise BadInput(say("conduct.future", step=_name(step), time=told), say("conduct.future_next"))
    _append(actor, world, incident_id, f"{step.value}/done", (at, said[1]))
    return conduct_of(actor, world, incident_id)


def untick_step(actor: Actor, world: World, incident_id: str, step: Step) -> Conduct:
    """Take back what was planned and ticked by hand; what is known from what happened stays. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    why, verbs = say("incident.taken_back"), (DecisionVerb.MARK,)
    done = withdraw_all(actor, world, incident_id, f"{CONDUCT}{step.value}/done", why, verbs)
    # A tick first: whoever ticked by mistake still means the plan.
    if not done and not withdraw_all(actor, world, incident_id, f"{CONDUCT}{step.value}/planned", why, verbs):
        raise NotFound(say("conduct.nothing_said", step=_name(step)), say("conduct.nothing_said_next"))
    return conduct_of(actor, world, incident_id)


def _append(actor: Actor, world: World, incident_id: str, what: str, said: tuple[datetime, str]) -> Decision:
    (why,) = cleaned(world, (said[1].strip(),))
    verdict = Verdict(f"{CONDUCT}{what}", DecisionVerb.MARK, format_time(said[0]), why)
    return decide(actor, world, incident_id, verdict)


def _name(step: Step) -> str:
    return say(f"conduct.step_{step.value}")


def _published_at(world: World, record: IncidentRecord, incident_id: str) -> datetime | None:
    """When the first version was published here, or somebody said that it was, somewhere else."""
    versions = (one.at for one in world.publications.of(incident_id))
    said = (one.at for one in record.changes if one.field == "status" and one.value == Status.PUBLISHED)
    return min((*versions, *said), default=None)


def _circulated_at(world: World, incident_id: str) -> datetime | None:
    """When the first letter with a version had been sent."""
    letters = (one for one in world.outbox.posted(incident_id) if one.key.startswith(CIRCULATED))
    return min((one.sent_at for one in letters if one.sent_at is not None), default=None)
