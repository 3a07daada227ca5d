"""Legal hold: whoever leads the review says that nothing of an incident may go, and why, and lifts it again."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, Conflict
from secondstory.model.retention import Hold
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident

MOST_WHY = 500


@dataclass(frozen=True)
class HoldState:
    """Whether an incident is held, since when, by whom and why."""

    hold: Hold | None


def hold_of(actor: Actor, world: World, incident_id: str) -> HoldState:
    """The hold of an incident. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return HoldState(held(world, incident_id))


def set_hold(actor: Actor, world: World, incident_id: str, *, on: bool, why: str) -> HoldState:
    """Put an incident under legal hold, or lift it. Raises BadInput without a reason."""
    require(actor, Verb.HOLD, incident_id)
    get_incident(world, incident_id)
    if not why.strip():
        raise BadInput(say("retention.no_why"), say("retention.no_why_next"))
    reason = why.strip()[:MOST_WHY]
    world.audit.remark(say("retention.did_hold" if on else "retention.did_lift", why=reason))
    if on:
        world.holds.save(Hold(incident_id, actor.id, world.clock.now(), reason))
    else:
        world.holds.lift(incident_id)
    return HoldState(held(world, incident_id))


def held(world: World, incident_id: str) -> Hold | None:
    """The hold for who has asked already whether the actor may."""
    return next((one for one in world.holds.all() if one.incident_id == incident_id), None)


def require_not_held(world: World, incident_id: str) -> None:
    """Raise Conflict where the incident is under legal hold."""
    hold = held(world, incident_id)
    if hold is not None:
        facts = {"incident": incident_id, "actor": hold.actor_id, "day": f"{hold.at:%Y-%m-%d}", "why": hold.why}
        raise Conflict(say("retention.held", **facts), say("retention.held_next", incident=incident_id))
