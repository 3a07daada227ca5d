"""The room as somebody in it sees it: who voted what stays in the log, who did not agree is told to facilitators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.anonymous import FEWEST_ANSWERS
from secondstory.model.room import ConsentState, Item, Poll, Room, RoomClock
from secondstory.model.room_seen import (
    BoxSeen,
    ClockSeen,
    ConsentSeen,
    HandSeen,
    LineSeen,
    MessageSeen,
    OwnConsent,
    OwnSeen,
    OwnVote,
    PersonSeen,
    PollSeen,
    RoomParts,
    RoomSeen,
    RoomState,
    ShownSeen,
)
from secondstory.ports import World
from secondstory.stages.meeting.catching_up import catch_up
from secondstory.stages.meeting.room import must_agree
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.room.log import room_now

OWNER = "owner"
NO_ROOM = Room(0)
"""The room of an incident before its first meeting."""


def see_room(actor: Actor, world: World, incident_id: str) -> RoomSeen:
    """The room of the last meeting as the actor sees it; before the first one, an empty one that waits.

    Raises NotAllowed, or NotFound without such an incident.
    """
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    room, now = room_now(world, incident_id) or NO_ROOM, world.clock.now()
    leads = may(actor, Verb.LEAD, incident_id)
    told: dict[str, object] = {name: part(room, leads) for name, part in PARTS.items()}
    parts = RoomParts(**told, own=owns(room).get(actor.id, OwnSeen()))  # type: ignore[arg-type]  # by its own names
    role = actor.role_in(incident_id) or OWNER
    return RoomSeen(room.number, room.seq, now, actor.id, role, leads, parts, catch_up(room, now))


def owns(room: Room) -> dict[str, OwnSeen]:
    """What each person said that others do not see as theirs."""
    votes: dict[str, list[OwnVote]] = {}
    consents: dict[str, list[OwnConsent]] = {}
    for poll in room.polls:
        for actor, choice in poll.votes:
            votes.setdefault(actor, []).append(OwnVote(poll.id, choice))
    for state in room.consents:
        for actor in (*state.yes, *state.no):
            consents.setdefault(actor, []).append(OwnConsent(state.what, actor in state.yes))
    return {
        actor: OwnSeen(tuple(votes.get(actor, ())), tuple(consents.get(actor, ())))
        for actor in votes.keys() | consents.keys()
    }


def _clock(room: Room, _leads: bool) -> ClockSeen:
    clock = room.clock
    boxes = tuple(
        BoxSeen(one.box.key, one.box.step, one.box.title, one.box.minutes, one.box.aims, one.spent_s)
        for one in clock.boxes
    )
    return ClockSeen(
        state=state_of(clock),
        title=room.title,
        started_at=clock.started_at,
        ended_at=clock.ended_at,
        boxes=boxes,
        current=clock.current,
        since=clock.since,
        break_until=clock.break_until,
        led_by=clock.led_by,
    )


def state_of(clock: RoomClock) -> RoomState:
    """Where the meeting is."""
    if clock.ended_at is not None:
        return RoomState.ENDED
    if clock.started_at is None:
        return RoomState.WAITING
    return RoomState.LIVE if clock.break_until is None else RoomState.BREAK


def _poll(poll: Poll) -> PollSeen:
    counted = Counter(choice for _actor, choice in poll.votes)
    tells = len(poll.votes) >= FEWEST_ANSWERS  # closed or open: one or two answers say whose they are
    counts = tuple(counted[choice] for choice in range(len(poll.choices))) if tells else None
    return PollSeen(poll.id, poll.question, poll.choices, poll.is_open, len(poll.votes), counts)


def _line(item: Item) -> LineSeen:
    line = item.line
    return LineSeen(
        id=line.id,
        kind=line.kind,
        text=line.text,
        key=line.key,
        owner=line.owner,
        due=line.due,
        verifier=line.verifier,
        about=line.about,
        by=item.by,
        at=item.at,
        box=item.box,
        ownership=item.ownership,
        verifying=item.verifying,
    )


def _consent(state: ConsentState, people: tuple[str, ...], leads: bool) -> ConsentSeen:
    answered = {*state.yes, *state.no}
    silent = tuple(one for one in people if one not in answered)
    return ConsentSeen(
        what=state.what,
        asked_by=state.asked_by,
        asked_at=state.asked_at,
        agreed=len(state.yes),
        refused=len(state.no),
        silent=len(silent),
        refused_by=state.no if leads else None,
        silent_by=silent if leads else None,
    )


def _consents(room: Room, leads: bool) -> tuple[ConsentSeen, ...]:
    return tuple(_consent(one, must_agree(room, one), leads) for one in room.consents)


PARTS: dict[str, Callable[[Room, bool], object]] = {
    "clock": _clock,
    "shown": lambda room, _: ShownSeen(room.shown, *room.shown_at, room.discussed),
    "rule": lambda room, _: room.rule,
    "hands": lambda room, _: tuple(HandSeen(one.actor, one.at, one.about) for one in room.hands),
    "polls": lambda room, _: tuple(_poll(one) for one in room.polls),
    "board": lambda room, _: tuple(_line(one) for one in room.board),
    "told": lambda room, _: tuple(MessageSeen(one.id, one.actor, one.at, one.text, one.about) for one in room.told),
    "consents": _consents,
    "people": lambda room, _: tuple(PersonSeen(one.actor, one.role, one.joined_at) for one in room.people),
}
"""How each part that is the same for many is made of the room; the second argument: for one who leads."""

_RESTS_ON: dict[str, tuple[str, ...]] = {
    "clock": ("clock", "title"),
    "shown": ("shown", "shown_at", "discussed"),
    "consents": ("consents", "people"),
}


def changed_parts(before: Room, after: Room) -> tuple[str, ...]:
    """The names of the parts that may be other than before."""
    return tuple(
        name
        for name in PARTS
        if any(getattr(before, one) != getattr(after, one) for one in _RESTS_ON.get(name, (name,)))
    )
