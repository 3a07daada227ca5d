"""Lets things happen in the room: who may, whether it fits, then durably into the log and into the room."""

from __future__ import annotations

from dataclasses import replace

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.meeting import Meeting
from secondstory.model.room import (
    BoxStretched,
    BreakBegan,
    BreakEnded,
    Captured,
    ConsentAsked,
    Consented,
    Ended,
    HandLowered,
    HandRaised,
    Happened,
    Joined,
    LeadTaken,
    Left,
    OwnerAnswered,
    PollClosed,
    PollOpened,
    Room,
    RoomEvent,
    RuleShown,
    Shown,
    Started,
    StepBegan,
    Struck,
    Told,
    VerifierAnswered,
    Voted,
)
from secondstory.ports import World
from secondstory.stages.meeting.room import apply_event, is_repeated, refusal
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.room.closing import close_journal
from secondstory.usecases.room.wording import plain

NEEDS: dict[type, Verb] = {
    Joined: Verb.READ,
    HandRaised: Verb.CONTRIBUTE,
    HandLowered: Verb.CONTRIBUTE,
    Voted: Verb.CONTRIBUTE,
    Told: Verb.CONTRIBUTE,
    Consented: Verb.READ,  # who only watches is heard in the call all the same, and is waited for
    OwnerAnswered: Verb.CONTRIBUTE,
    VerifierAnswered: Verb.CONTRIBUTE,
    Captured: Verb.DECIDE,
    Struck: Verb.DECIDE,
}
_LED = (Started, StepBegan, BoxStretched, Shown, RuleShown, PollOpened, PollClosed)
_LED_TOO = (BreakBegan, BreakEnded, ConsentAsked, LeadTaken, Left, Ended)
NEEDS |= dict.fromkeys((*_LED, *_LED_TOO), Verb.LEAD)
"""What one must be allowed for each kind of event."""


def room_now(world: World, incident_id: str) -> Room | None:
    """The room of the last meeting, live or over, for who has asked already whether the actor may; None before any."""
    meeting = _last(world, incident_id)
    if meeting is None:
        return None
    with world.rooms.turn(incident_id):
        return _caught_up(world, meeting)


def room_of(actor: Actor, world: World, incident_id: str) -> Room:
    """The room of the last meeting. Raises NotFound where no meeting was begun."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    room = room_now(world, incident_id)
    if room is None:
        raise NotFound(say("room.no_meeting", incident=incident_id), say("room.no_meeting_next", incident=incident_id))
    return room


def begin(actor: Actor, world: World, incident_id: str, started: Started) -> Happened:
    """Begin the next meeting. Raises BadInput while one is on."""
    require(actor, Verb.LEAD, incident_id)
    get_incident(world, incident_id)
    event = plain(world, started)
    with world.rooms.turn(incident_id):
        last, number = _last(world, incident_id), 1
        if last is not None:
            last = _as_its_room(world, last)
            if _caught_up(world, last).is_live:
                raise BadInput(say("room.is_on"), say("room.is_on_next"))
            number = last.number if last.is_live else last.number + 1  # live: a process died before it began
        meeting = Meeting(incident_id, number, world.clock.now())
        world.meetings.keep(meeting)
        return _append(actor, world, meeting, event)


def happen(actor: Actor, world: World, incident_id: str, event: RoomEvent) -> Happened:
    """Let one thing happen in the room of the meeting that is on. It is durable on return, and once if sent again.

    Raises NotAllowed, NotFound where nothing was begun, BadInput where it does not fit the room as it stands.
    """
    require(actor, NEEDS[type(event)], incident_id)
    get_incident(world, incident_id)
    event = plain(world, event)
    with world.rooms.turn(incident_id):
        meeting = _last(world, incident_id)
        if meeting is None:
            raise NotFound(
                say("room.no_meeting", incident=incident_id), say("room.no_meeting_next", incident=incident_id)
            )
        happened = _append(actor, world, meeting, event)
        if isinstance(event, Ended):
            _as_its_room(world, meeting)
        return happened


def last_meeting(world: World, incident_id: str) -> Meeting | None:
    """The last meeting, for who has asked already whether the actor may. One that a process left half ended is ended:
    its log says that it is over, so nobody could end it again, nor begin the next."""
    with world.rooms.turn(incident_id):
        meeting = _last(world, incident_id)
        return _as_its_room(world, meeting) if meeting is not None else None


def room_at(world: World, meeting: Meeting) -> Room:
    """The room of any meeting, also an earlier one, for who has asked already whether the actor may."""
    with world.rooms.turn(meeting.incident_id):
        return _caught_up(world, meeting)


def is_any_on(actor: Actor, world: World) -> bool:
    """Whether a meeting is on in any incident."""
    require(actor, Verb.ADMINISTER, None)
    found = (last_meeting(world, incident.id) for incident in world.incidents.visible_to(actor))
    return any(meeting is not None and meeting.is_live for meeting in found)


def _last(world: World, incident_id: str) -> Meeting | None:
    return next(reversed(world.meetings.of(incident_id)), None)


def _as_its_room(world: World, meeting: Meeting) -> Meeting:
    """Over, and its journal destroyed, where its room is over."""
    room = _caught_up(world, meeting) if meeting.is_live else None
    if room is None or room.clock.ended_at is None:
        return meeting
    world.meetings.keep(replace(meeting, ended_at=room.clock.ended_at))
    return close_journal(world, replace(meeting, ended_at=room.clock.ended_at), room)


def _append(actor: Actor, world: World, meeting: Meeting, event: RoomEvent) -> Happened:
    incident_id = meeting.incident_id
    while True:
        room = _caught_up(world, meeting)
        if room.is_live and is_repeated(room, actor.id, event):
            return Happened(room.seq, world.clock.now(), actor.id, event)
        why_not = refusal(room, event)
        if why_not:
            raise BadInput(say(f"room.{why_not}"), say(f"room.{why_not}_next"))
        _refuse_for_others(actor, incident_id, room, event)
        happened = Happened(room.seq + 1, world.clock.now(), actor.id, event)
        if world.room_log.append(incident_id, meeting.number, happened):
            world.rooms.keep(incident_id, apply_event(room, happened))
            return happened


def _caught_up(world: World, meeting: Meeting) -> Room:
    """The room with what other processes let happen in it; a room that has changed is kept."""
    before = world.rooms.known(meeting.incident_id, meeting.number) or Room(meeting.number)
    room = before
    for happened in world.room_log.since(meeting.incident_id, meeting.number, before.seq):
        room = apply_event(room, happened)
    if room is not before:
        world.rooms.keep(meeting.incident_id, room)
    return room


def _refuse_for_others(actor: Actor, incident_id: str, room: Room, event: RoomEvent) -> None:
    """Who contributes lowers their own hand and answers for themselves."""
    if isinstance(event, HandLowered) and event.whose != actor.id:
        require(actor, Verb.LEAD, incident_id)
    if isinstance(event, OwnerAnswered):
        item = room.item(event.item)
        if item is not None and item.line.owner not in ("", actor.id):
            raise NotAllowed(say("room.not_asked_you", owner=item.line.owner), say("room.not_asked_you_next"))
    if isinstance(event, VerifierAnswered):
        item = room.item(event.item)
        if item is not None and item.line.verifier != actor.id:
            raise NotAllowed(say("room.not_your_look"), say("room.not_your_look_next"))
