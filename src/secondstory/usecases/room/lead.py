"""Begins and ends a meeting, and lets somebody in: what is more than one event of its room."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import NotFound
from secondstory.model.room import Box, Captured, Ended, Happened, ItemKind, Joined, Started
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.cards import cards_of
from secondstory.usecases.meeting_plan.reading import boxes_of, plan_of_meeting
from secondstory.usecases.room.log import begin, happen, room_now
from secondstory.usecases.room.minutes import settle, settle_ended


@dataclass(frozen=True)
class Asked:
    """How to begin; what is left out comes from the plan of the meeting."""

    title: str = ""
    rule: str = ""
    boxes: tuple[Box, ...] = ()


def start_meeting(actor: Actor, world: World, incident_id: str, asked: Asked) -> Happened:
    """Begin the next meeting, as it was planned. Raises NotAllowed, NotFound, BadInput while one is on.

    The one before has its minutes first, also where the process died in which it ended.
    """
    require(actor, Verb.LEAD, incident_id)
    title = asked.title or get_incident(world, incident_id).title
    boxes = asked.boxes or _planned(actor, world, incident_id)
    settle_ended(actor, world, incident_id)
    started = Started(title, boxes, asked.rule or say("room.rule"))
    return begin(actor, world, incident_id, started)


def end_meeting(actor: Actor, world: World, incident_id: str) -> Happened:
    """End the meeting that is on, and make its minutes. Raises NotAllowed, NotFound, BadInput where it is over."""
    happened = happen(actor, world, incident_id, Ended())
    settle(actor, world, incident_id)
    return happened


def come_in(actor: Actor, world: World, incident_id: str) -> bool:
    """Note that the actor is in the room, once, and again with another role or after having left.

    False where nothing had to be noted. Raises NotAllowed, NotFound.
    """
    room, role = room_now(world, incident_id), actor.role_in(incident_id)
    if room is None or not room.is_live or any((one.actor, one.role) == (actor.id, role) for one in room.present):
        return False
    happen(actor, world, incident_id, Joined(role))
    return True


def show_card(actor: Actor, world: World, incident_id: str, card_id: str) -> Happened:
    """Put an anonymous card on the board, for everybody in the room. Raises NotAllowed, NotFound, BadInput."""
    card = next((one for one in cards_of(actor, world, incident_id) if one.id == card_id), None)
    if card is None:
        raise NotFound(say("anonymous.no_card", card=card_id), say("anonymous.no_card_next"))
    return happen(actor, world, incident_id, Captured(f"card-{card_id}", ItemKind.CARD, card.text, key=card_id))


def _planned(actor: Actor, world: World, incident_id: str) -> tuple[Box, ...]:
    """The agenda as it is planned; of a meeting in two sittings the second one, after the first was held."""
    plan = plan_of_meeting(actor, world, incident_id)
    sittings = 2 if plan.sitting(2) else 1
    return boxes_of(plan, len(world.meetings.of(incident_id)) % sittings + 1)
