"""After the end of a meeting: distils the room into minutes, lets the next clock run, and forgets the rest.

Each step may be done again after a process that died in the middle; the server's chores finish what was left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.anonymous import FEWEST_ANSWERS
from secondstory.model.conduct import Step
from secondstory.model.errors import NotFound
from secondstory.model.meeting import (
    AccountTold,
    ActionHeld,
    BoxHeld,
    EvidenceCalled,
    Meeting,
    MeetingRecord,
    PollHeld,
)
from secondstory.model.plan import Ownership as Owned
from secondstory.model.plan import Plan, PlannedAction
from secondstory.model.room import (
    Box,
    BoxStretched,
    BreakBegan,
    BreakEnded,
    Captured,
    ConsentAsked,
    Consented,
    Ended,
    Happened,
    Item,
    ItemKind,
    Joined,
    OwnerAnswered,
    Ownership,
    Poll,
    Room,
    RoomEvent,
    Shown,
    Started,
    StepBegan,
    VerifierAnswered,
)
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.stages.meeting.room import seconds_in
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.conduct import conduct_of, tick_step
from secondstory.usecases.plan import plan_now
from secondstory.usecases.room.keeping import Kept, captures_of
from secondstory.usecases.room.log import last_meeting, room_at
from secondstory.usecases.room.notes import notes_text
from secondstory.usecases.timeline_now import amended

_COURSE = (Started, StepBegan, BoxStretched, BreakBegan, BreakEnded, Shown, Ended)
_ANSWERED = (OwnerAnswered, VerifierAnswered)
_STAYS: tuple[type[RoomEvent], ...] = (*_COURSE, Joined, Captured, *_ANSWERED, ConsentAsked, Consented)
"""What of a room's log outlives the meeting: its course and its board. Hands, votes and messages are gone."""
_OWNED = {
    Owned.NONE: Ownership.NOBODY,
    Owned.PROPOSED: Ownership.ASKED,
    Owned.ACCEPTED: Ownership.ACCEPTED,
    Owned.DECLINED: Ownership.DECLINED,
}


def settle(actor: Actor, world: World, incident_id: str) -> Meeting:
    """The minutes of the last meeting, made if they are missing; for who leads it, and for the server's chores."""
    require(actor, Verb.LEAD, incident_id)
    meeting = last_meeting(world, incident_id)
    if meeting is None or meeting.is_live:
        raise NotFound(say("minutes.not_held"), say("minutes.not_held_next", incident=incident_id))
    return meeting if meeting.is_settled else _settle(actor, world, meeting)


def settle_ended(actor: Actor, world: World, incident_id: str) -> int:
    """Make the minutes of every meeting that is over and has none, also of those before the one that is on; how many.

    A process may die at the end of a meeting, and the next one begin before anything looked after it.
    """
    require(actor, Verb.LEAD, incident_id)
    last_meeting(world, incident_id)  # which ends it where it is half ended
    left = [one for one in world.meetings.of(incident_id) if not one.is_live and not one.is_settled]
    for meeting in left:
        _settle(actor, world, meeting)
    return len(left)


def _settle(actor: Actor, world: World, meeting: Meeting) -> Meeting:
    incident_id, room = meeting.incident_id, room_at(world, meeting)
    if meeting.record is None:
        meeting = replace(meeting, record=minutes_of(actor, world, incident_id, room))
        world.meetings.keep(meeting)
    _tick(actor, world, meeting)
    _reduce(world, meeting, room)
    meeting = replace(meeting, is_settled=True)
    world.meetings.keep(meeting)
    return meeting


def settle_all(actor: Actor, world: World) -> int:
    """Make the minutes that a process which died left undone; gives how many."""
    led = (one.id for one in world.incidents.visible_to(actor) if may(actor, Verb.LEAD, one.id))
    return sum(settle_ended(actor, world, incident_id) for incident_id in led)


def minutes_of(actor: Actor, world: World, incident_id: str, room: Room) -> MeetingRecord:
    """What the room holds, as minutes; of one that is on, as if it ended now."""
    require(actor, Verb.READ, incident_id)
    start = room.clock.started_at or world.clock.now()
    stop = room.clock.ended_at or world.clock.now()
    kept = {one.id: one for _, one in captures_of(world.ledger.decisions(incident_id))}
    board = room.board
    acts = (one for one in board if one.line.kind is ItemKind.ACTION)
    return MeetingRecord(
        held=Window(start, stop),
        decisions=_texts(board, ItemKind.DECISION),
        parking_lot=_texts(board, ItemKind.PARKED),
        number=room.number,
        agenda=tuple(_box(one.box, seconds_in(room.clock, one.box.key, stop)) for one in room.clock.boxes),
        present=tuple(dict.fromkeys(one.actor for one in room.people)),
        accounts=tuple(_account(world, incident_id, board, kept)),
        hypotheses=_texts(board, ItemKind.HYPOTHESIS),
        factors=_texts(board, ItemKind.FACTOR),
        actions=with_owners_now(plan_now(actor, world, incident_id), tuple(_held(one) for one in acts)),
        evidence_called=tuple(
            EvidenceCalled(one.line.text, one.line.owner) for one in board if one.line.kind is ItemKind.EVIDENCE
        ),
        polls=tuple(_poll(one) for one in room.polls),
        discussed=room.discussed,
        notes=notes_text(actor, world, incident_id, room.number).text,
    )


def minutes_kept(actor: Actor, world: World, incident_id: str) -> tuple[MeetingRecord, ...]:
    """The minutes of every meeting that has ended. Raises NotFound where there are none."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    found = tuple(one.record for one in world.meetings.of(incident_id) if one.record is not None)
    if not found:
        raise NotFound(say("minutes.not_held"), say("minutes.not_held_next", incident=incident_id))
    return found


def _box(box: Box, spent_s: float) -> BoxHeld:
    return BoxHeld(box.title, box.minutes, round(spent_s / 60, 1))


def _poll(poll: Poll) -> PollHeld:
    """Counts from so many answers on as the room itself was told them."""
    counts = tuple((choice, sum(vote[1] == place for vote in poll.votes)) for place, choice in enumerate(poll.choices))
    return PollHeld(poll.question, counts if len(poll.votes) >= FEWEST_ANSWERS else ())


def _texts(board: tuple[Item, ...], kind: ItemKind) -> tuple[str, ...]:
    return tuple(one.line.text for one in board if one.line.kind is kind)


def _account(world: World, incident_id: str, board: tuple[Item, ...], kept: dict[str, Kept]) -> Iterable[AccountTold]:
    told = [one for one in board if one.line.kind is ItemKind.ACCOUNT]
    if not told:
        return
    has_timeline = world.documents.latest(incident_id, "finding:timeline") is not None
    events = amended(world, incident_id)[1].events if has_timeline else ()
    times = {event.key: event.moment.earliest for event in events}
    for one in told:
        speaker = kept[one.line.id].speaker if one.line.id in kept else ""
        yield AccountTold(one.line.text, speaker, times.get(one.line.key))


def with_owners_now(plan: Plan, actions: tuple[ActionHeld, ...]) -> tuple[ActionHeld, ...]:
    """Actions of a meeting with the words, owner and day that the plan has now; those taken out of it as they were."""
    planned = {one.key: one for one in plan.actions}
    return tuple(_now(planned[one.key]) if one.key in planned else one for one in actions)


def _now(one: PlannedAction) -> ActionHeld:
    verifier = one.verifier if one.verifying in (Owned.PROPOSED, Owned.ACCEPTED) else ""
    return ActionHeld(one.key, one.title, one.owner, _OWNED[one.ownership].value, one.due, verifier)


def _held(item: Item) -> ActionHeld:
    line = item.line
    return ActionHeld(line.key, line.text, line.owner, item.ownership.value, line.due, line.verifier)


def _tick(actor: Actor, world: World, meeting: Meeting) -> None:
    """The meeting was held: the clock of the summary runs from its end."""
    if meeting.ended_at is None:
        return
    done = conduct_of(actor, world, meeting.incident_id).step(Step.MEETING).done
    if done is None or done < meeting.ended_at:
        tick_step(actor, world, meeting.incident_id, Step.MEETING, (meeting.ended_at, say("wrap_up.why_ended")))


def _reduce(world: World, meeting: Meeting, room: Room) -> None:
    """Keep the course and the board of the room; the minutes, which are kept already, hold what else is to stay."""
    there = {one.line.id for one in room.board}
    with world.rooms.turn(meeting.incident_id):
        log = world.room_log.since(meeting.incident_id, meeting.number, 0)
        stays = [one for one in log if isinstance(one.event, _STAYS) and _is_there(one, there)]
        numbered = tuple(replace(one, seq=seq) for seq, one in enumerate(stays, 1))
        world.room_log.reduce(meeting.incident_id, meeting.number, numbered)
        world.rooms.keep(meeting.incident_id, replace(room, polls=(), told=(), hands=()))


def _is_there(happened: Happened, there: set[str]) -> bool:
    """False for a line that was struck, and for what was answered to it."""
    event = happened.event
    ident = event.id if isinstance(event, Captured) else event.item if isinstance(event, _ANSWERED) else None
    return ident is None or ident in there
