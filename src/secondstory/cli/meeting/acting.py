"""How the verbs of the room act in it: through the server that runs on this data, else on the records."""

from __future__ import annotations

from collections.abc import Callable

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.room import Room, RoomEvent
from secondstory.ports import World
from secondstory.texts import counted, say
from secondstory.usecases.room.log import happen, room_now, room_of
from secondstory.usecases.room.view import NO_ROOM, see_room

Act = tuple[str, dict[str, object], RoomEvent]
"""What is done: the route, its body, and the same as an event of the room."""


def act_in(incident: str, act: Callable[[Room], Act], *, as_json: bool) -> None:
    """Do what `act` makes of the room as it stands, then print where the meeting is. Raises what the room refuses."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        verb, body, event = act(room_now(world, incident_id) or NO_ROOM)
        asked = Change("POST", of(incident_id, "meeting", verb), body)
        do(asked, lambda: happen(LOCAL_OWNER, world, incident_id, event))
        tell(world, incident_id, as_json=as_json)


def tell(world: World, incident_id: str, *, as_json: bool) -> None:
    """One line on where the meeting is, or the whole room as JSON: as its pages see it, without who voted what."""
    if as_json:
        print_json(see_room(LOCAL_OWNER, world, incident_id))
        return
    room = room_of(LOCAL_OWNER, world, incident_id)
    clock = room.clock
    here = next((one.box for one in clock.boxes if one.box.key == clock.current), None)
    if not room.is_live or here is None:
        say_line(say("room.told_over"))
        return
    place = [one.box.key for one in clock.boxes].index(here.key) + 1
    hands = len(room.hands)
    say_line(counted("room.told", here.minutes, title=here.title, place=place, of=len(clock.boxes), hands=hands))
