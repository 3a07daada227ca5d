"""Destroys the journals of meetings that are over, also where the server died before it could."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.ports import World
from secondstory.usecases.room.closing import close_journal
from secondstory.usecases.room.log import last_meeting, room_at


def clear_journals(actor: Actor, world: World) -> int:
    """How many were destroyed; one of an incident that was deleted goes without leaving anything."""
    require(actor, Verb.ADMINISTER, None)
    gone = 0
    for incident_id, number in world.journals_left.left():
        last_meeting(world, incident_id)  # which ends it where it is half ended
        meeting = next((one for one in world.meetings.of(incident_id) if one.number == number), None)
        if meeting is not None and meeting.is_live:
            continue
        if meeting is not None:
            close_journal(world, meeting, room_at(world, meeting))
        else:
            world.rails.keep(incident_id, number, None)
            world.journal.destroy(incident_id, number)
        gone += 1
    return gone
