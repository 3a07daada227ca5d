"""What whoever leads writes down for themselves while a meeting is on, such as words to close with.

It lies in the meeting's journal, under the key that dies with it: nobody else reads it, no backup holds it, and at the
end it is gone. Who wants to keep it copies it out before. The words stay as they were typed, for they go nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, Conflict
from secondstory.model.hearing import OwnNotes
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.room.hear import rail_of_room
from secondstory.usecases.room.journal import write
from secondstory.usecases.room.log import room_of
from secondstory.usecases.room.rail import Rail

MOST_LETTERS = 20_000


@dataclass(frozen=True)
class OwnNotesNow:
    """One's own notes. `version`: of these words, 0 = nothing was written; `is_live`: False = the journal is gone."""

    text: str
    version: int
    is_live: bool


def own_notes(actor: Actor, world: World, incident_id: str) -> OwnNotesNow:
    """What the actor wrote in the meeting that is on; nothing once it is over. Raises NotAllowed, NotFound."""
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    if not room.is_live:
        return OwnNotesNow("", 0, is_live=False)
    with world.rails.turn(incident_id):
        return _now(rail_of_room(world, incident_id, room), actor)


def write_own_notes(actor: Actor, world: World, incident_id: str, said: tuple[str, int]) -> OwnNotesNow:
    """Keep one's own notes in place of those of a version; `said` is (text, version). Durable on return.

    Raises NotAllowed, NotFound, BadInput where the meeting is over or the text too long, Conflict where the actor
    wrote something else meanwhile, in another window.
    """
    require(actor, Verb.LEAD, incident_id)
    text, version = said
    if len(text) > MOST_LETTERS:
        raise BadInput(say("own_notes.too_long", most=MOST_LETTERS), say("own_notes.too_long_next"))
    room = room_of(actor, world, incident_id)

    def made(rail: Rail) -> Iterator[OwnNotes]:
        before = _now(rail, actor)
        if before.text == text:
            return  # sent again
        if before.version != version:
            raise Conflict(say("own_notes.changed"), say("own_notes.changed_next"))
        yield OwnNotes(actor.id, text)

    with world.rails.turn(incident_id):
        rail, _ = write(world, incident_id, room, made)
        return _now(rail, actor)


def _now(rail: Rail, actor: Actor) -> OwnNotesNow:
    version, text = rail.own_notes.get(actor.id, (0, ""))
    return OwnNotesNow(text, version, is_live=True)
