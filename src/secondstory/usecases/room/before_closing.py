"""What a facilitator looks at before the meeting is closed: who was not heard, and what was asked and not answered.

It is made of the journal and the cards, so it is for who leads alone and ends with the meeting. Nothing of it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor, Role
from secondstory.model.anonymous import InputKind
from secondstory.model.hearing import Heard
from secondstory.model.room import ItemKind, Ownership, Room
from secondstory.model.utterance import SpeakerRole
from secondstory.ports import World
from secondstory.usecases.room.hear import rail_of_room
from secondstory.usecases.room.keeping import captures_of
from secondstory.usecases.room.log import room_of
from secondstory.usecases.room.offering import invitation
from secondstory.usecases.room.rail import Rail

_RESPONDS = (SpeakerRole.ENGINEER, SpeakerRole.UNKNOWN)


@dataclass(frozen=True)
class Unheard:
    """A responder who came in and of whom nothing was heard. `ask`: what to ask, of their place on the record."""

    role: str
    joined_at: datetime
    hand_is_up: bool
    ask: str


@dataclass(frozen=True)
class Unanswered:
    """A question of fact from an executive that nobody has dealt with. `answer`: what the card says, "" = no card."""

    cue: int
    speaker: str  # a token or a name; "" = unknown
    text: str
    answer: str


@dataclass(frozen=True)
class BeforeClosing:
    """What is open, all of it empty once the meeting is over.

    `captions`: cues that were heard of speech; without any, who spoke is not known. `strangers`: voices in them that
    belong to nobody in the room, one of which may be somebody who counts as not heard.
    """

    is_live: bool
    captions: int
    strangers: int
    unheard: tuple[Unheard, ...]
    questions: tuple[Unanswered, ...]
    cards: int  # anonymous ones that were not put up


def before_closing(actor: Actor, world: World, incident_id: str) -> BeforeClosing:
    """What is open in the meeting that is on. Raises NotAllowed, NotFound before any meeting."""
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    if not room.is_live:
        return BeforeClosing(is_live=False, captions=0, strangers=0, unheard=(), questions=(), cards=0)
    with world.rails.turn(incident_id):
        rail = rail_of_room(world, incident_id, room)
        known = {one.actor for one in room.people} | {
            name for name, role in rail.roles.items() if role not in _RESPONDS
        }
        return BeforeClosing(
            is_live=True,
            captions=sum(rail.voices.values()),
            strangers=len(rail.voices.keys() - known),
            unheard=tuple(_unheard(world, incident_id, room, rail)),
            questions=tuple(_unanswered(one) for one in rail.owed),
            cards=_cards_left(world, incident_id, room),
        )


def _unheard(world: World, incident_id: str, room: Room, rail: Rail) -> list[Unheard]:
    """Responders who neither spoke nor wrote, and of whom nothing is on the board that they told or took on."""
    told = {one.id: one.speaker for _, one in captures_of(world.ledger.decisions(incident_id))}
    heard = rail.voices.keys() | rail.wrote | {one.actor for one in room.told}
    for item in room.board:
        heard |= {item.by, told.get(item.line.id, "")}
        heard |= {item.line.owner} if item.ownership in (Ownership.ACCEPTED, Ownership.DECLINED) else set()
    hands = {one.actor for one in room.hands}
    silent = [one for one in room.people if one.role is Role.RESPONDER and one.actor not in heard]
    ranked = sorted(silent, key=lambda one: one.actor not in hands)  # who asks to speak comes first
    return [
        Unheard(one.actor, one.joined_at, one.actor in hands, invitation(rail.dossier, one.actor)) for one in ranked
    ]


def _unanswered(heard: Heard) -> Unanswered:
    answer = heard.card.text if heard.card is not None else ""
    return Unanswered(heard.cue.number, heard.cue.speaker or "", heard.cue.text, answer)


def _cards_left(world: World, incident_id: str, room: Room) -> int:
    waiting = {one.id for one in world.unsigned.cards.of(incident_id, InputKind.CARD)}
    return len(waiting - {one.line.key for one in room.board if one.line.kind is ItemKind.CARD})
