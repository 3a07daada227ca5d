"""Begins and ends a meeting, and lets somebody in: what is more than one event of its room."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.actor import Actor
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import Box, Ended, Happened, Joined, Started
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.room.log import begin, happen, room_now
from secondstory.usecases.room.minutes import settle

_MINUTES = {
    AgendaStep.OPENING: 5,
    AgendaStep.TIMELINE: 18,
    AgendaStep.CAUSES: 12,
    AgendaStep.FACTORS: 8,
    AgendaStep.ACTIONS: 9,
    AgendaStep.DISCUSSION: 4,
    AgendaStep.CLOSING: 4,
}


@dataclass(frozen=True)
class Asked:
    """How to begin; what is left out comes from the plan of the meeting."""

    title: str = ""
    rule: str = ""
    boxes: tuple[Box, ...] = ()


def start_meeting(actor: Actor, world: World, incident_id: str, asked: Asked) -> Happened:
    """Begin the next meeting, as it was planned. Raises NotAllowed, NotFound, BadInput while one is on."""
    title = asked.title or get_incident(world, incident_id).title
    started = Started(title, asked.boxes or _hour(), asked.rule or say("room.rule"))
    return begin(actor, world, incident_id, started)


def end_meeting(actor: Actor, world: World, incident_id: str) -> Happened:
    """End the meeting that is on, and make its minutes. Raises NotAllowed, NotFound, BadInput where it is over."""
    happened = happen(actor, world, incident_id, Ended())
    settle(actor, world, incident_id)
    return happened


def come_in(actor: Actor, world: World, incident_id: str) -> bool:
    """Note that the actor is in the room, once, and again with another role; False where nothing had to be noted.

    Raises NotAllowed, NotFound.
    """
    room, role = room_now(world, incident_id), actor.role_in(incident_id)
    if room is None or not room.is_live or any((one.actor, one.role) == (actor.id, role) for one in room.people):
        return False
    happen(actor, world, incident_id, Joined(role))
    return True


def _hour() -> tuple[Box, ...]:
    """The steps in the guides' order, in sixty minutes."""
    return tuple(
        Box(step.name.lower(), step, say(f"room.box_{step.name.lower()}"), _MINUTES[step]) for step in _MINUTES
    )
