"""Keeps the journal of a live meeting in step with the rail in memory: what is not on disk counts nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from secondstory.model.actor import Actor, Role
from secondstory.model.errors import BadInput
from secondstory.model.hearing import JournalEntry, JournalWhat
from secondstory.model.room import Room
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.replies import known_of
from secondstory.usecases.room.rail import Rail

Make = Callable[[Rail], Iterator[JournalWhat]]
"""What is to be written, one after the other: each sees the rail with those before it."""
_KNOWN_FOR = timedelta(minutes=1)


def caught_up(world: World, incident_id: str, room: Room) -> Rail:
    """The rail with all that the journal holds. Call it in `world.rails.turn`."""
    now = world.clock.now()
    rail = world.rails.known(incident_id, room.number)
    if not isinstance(rail, Rail):
        rail = Rail(room.number, known_of(_listener(incident_id), world, incident_id), now)
    elif now - rail.known_at > _KNOWN_FOR:
        rail.know(known_of(_listener(incident_id), world, incident_id), now)
    for entry in world.journal.since(incident_id, room.number, rail.seq):
        rail.take(entry)
    world.rails.keep(incident_id, room.number, rail)
    return rail


def write(world: World, incident_id: str, room: Room, make: Make) -> tuple[Rail, int]:
    """Write what `make` gives, durably, and fold it in; how many entries there were. Call it in `world.rails.turn`.

    Raises BadInput where the meeting is over: its journal is destroyed in a turn, after it was said to be over.
    """
    while True:
        if not any(one.number == room.number and one.is_live for one in world.meetings.of(incident_id)):
            raise BadInput(say("rail.not_on"), say("rail.not_on_next"))
        rail = caught_up(world, incident_id, room)
        entries = []
        # Folded before it is on disk, so that the next is read in its light; whatever fails takes the rail with it.
        world.rails.keep(incident_id, room.number, None)
        for what in make(rail):
            entries.append(JournalEntry(rail.seq + 1, world.clock.now(), what))
            rail.take(entries[-1])
        if not entries or world.journal.append(incident_id, room.number, tuple(entries)):
            world.rails.keep(incident_id, room.number, rail)
            return rail, len(entries)


def _listener(incident_id: str) -> Actor:
    """Sees this incident alone, for a rail is read by facilitators who may see no other."""
    return Actor("listener", roles=((incident_id, Role.FACILITATOR),))
