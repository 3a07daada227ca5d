"""Room events to the room as it stands, one after the other; and why one may not happen now. Pure.

The log holds only what was allowed when it happened, so `apply_event` refuses nothing: what fits no more changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from secondstory.model.room import (
    TOLD_KEPT,
    BoxSpent,
    BoxStretched,
    BreakBegan,
    BreakEnded,
    Captured,
    ConsentAsked,
    Consented,
    ConsentState,
    Ended,
    Hand,
    HandLowered,
    HandRaised,
    Happened,
    Item,
    ItemKind,
    Joined,
    LeadTaken,
    Left,
    Message,
    OwnerAnswered,
    Ownership,
    Person,
    Poll,
    PollClosed,
    PollOpened,
    Room,
    RoomClock,
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
from secondstory.model.window import Window


def apply_event(room: Room, happened: Happened) -> Room:
    """The room after one more event."""
    change = _CHANGES.get(type(happened.event))
    changed = change(room, happened, happened.event) if change is not None else room
    return replace(changed, seq=happened.seq)


def refusal(room: Room, event: RoomEvent) -> str:
    """Why it may not happen now: the key of a text below `room.`; "" = it may."""
    if isinstance(event, Started):
        return "is_on" if room.is_live else ""
    if not room.is_live:
        return "over" if room.clock.ended_at is not None else "not_begun"
    if isinstance(event, StepBegan | BoxStretched):
        return "" if any(one.box.key == event.box for one in room.clock.boxes) else "no_box"
    if isinstance(event, Voted):
        return _why_no_vote(room.poll(event.poll), event.choice)
    if isinstance(event, PollOpened):
        return "is_used" if room.poll(event.id) else ""
    if isinstance(event, PollClosed):
        return "" if room.poll(event.poll) else "no_poll"
    if isinstance(event, Told):
        return "is_used" if any(one.id == event.id for one in room.told) else ""
    if isinstance(event, Captured):
        return "is_used" if room.item(event.id) else ""
    if isinstance(event, OwnerAnswered | VerifierAnswered | Struck):
        return "" if room.item(event.item) else "no_item"
    if isinstance(event, Consented):
        return "" if any(one.what is event.what for one in room.consents) else "not_asked"
    return ""


def is_repeated(room: Room, actor: str, event: RoomEvent) -> bool:
    """True for what is in the room already because its sender got no answer and sent it again."""
    if isinstance(event, Told):
        return (event.id, actor) in room.told_ids  # many people write more than is kept while one of them tries again
    if isinstance(event, PollOpened):
        poll = room.poll(event.id)
        return poll is not None and poll.is_open and (poll.question, poll.choices) == (event.question, event.choices)
    if isinstance(event, ConsentAsked):
        asked = next((one for one in room.consents if one.what is event.what), None)
        return asked is not None and asked.asked_by == actor and not asked.yes and not asked.no
    if isinstance(event, Captured):
        item = room.item(event.id)
        return item is not None and (item.by, item.line.kind, item.line.text) == (actor, event.kind, event.text)
    if isinstance(event, Left):
        return all(one.actor != event.whose for one in room.present)
    return False


def must_agree(room: Room, state: ConsentState) -> tuple[str, ...]:
    """Whose yes is needed: of all who are there, and of who said no and left. Only asking anew forgets a no."""
    return tuple(one.actor for one in room.people if one.left_at is None or one.actor in state.no)


def planned_window(clock: RoomClock) -> Window | None:
    """From the true begin to the end by the agenda as it stands; None before the begin, or without any minutes."""
    length = timedelta(minutes=sum(one.box.minutes for one in clock.boxes))
    if clock.started_at is None or not length:
        return None
    return Window(clock.started_at, clock.started_at + length)


def seconds_in(clock: RoomClock, box: str, now: datetime) -> float:
    """Seconds spent in a box until now, without breaks."""
    spent = next((one.spent_s for one in clock.boxes if one.box.key == box), 0.0)
    return spent + (_running_s(clock, now) if box == clock.current else 0.0)


def _why_no_vote(poll: Poll | None, choice: int) -> str:
    if poll is None:
        return "no_poll"
    if not poll.is_open:
        return "poll_closed"
    return "" if 0 <= choice < len(poll.choices) else "no_choice"


def _running_s(clock: RoomClock, now: datetime) -> float:
    if clock.since is None or clock.break_until is not None:
        return 0.0
    return max(((clock.ended_at or now) - clock.since).total_seconds(), 0.0)


def _paused(clock: RoomClock, now: datetime) -> RoomClock:
    """With the present stretch counted into its box, and none running."""
    boxes = tuple(
        BoxSpent(one.box, one.spent_s + _running_s(clock, now)) if one.box.key == clock.current else one
        for one in clock.boxes
    )
    return replace(clock, boxes=boxes, since=None)


def _started(room: Room, told: Happened, event: Started) -> Room:
    boxes = tuple(BoxSpent(box) for box in event.boxes)
    clock = RoomClock(told.at, None, boxes, boxes[0].box.key, told.at, None, told.actor)
    return replace(room, title=event.title, clock=clock, rule=event.rule)


def _step_began(room: Room, told: Happened, event: StepBegan) -> Room:
    clock = _paused(room.clock, told.at)
    return replace(room, clock=replace(clock, current=event.box, since=told.at, break_until=None))


def _box_stretched(room: Room, _told: Happened, event: BoxStretched) -> Room:
    boxes = tuple(
        replace(one, box=replace(one.box, minutes=event.minutes)) if one.box.key == event.box else one
        for one in room.clock.boxes
    )
    return replace(room, clock=replace(room.clock, boxes=boxes))


def _shown(room: Room, _told: Happened, event: Shown) -> Room:
    discussed = room.discussed if event.subject in ("", *room.discussed) else (*room.discussed, event.subject)
    return replace(room, shown=event.subject, shown_at=(event.place, event.of), discussed=discussed)


def _rule_shown(room: Room, _told: Happened, event: RuleShown) -> Room:
    return replace(room, rule=event.text)


def _joined(room: Room, told: Happened, event: Joined) -> Room:
    known = any(one.actor == told.actor for one in room.people)
    if known:
        people = tuple(
            replace(one, role=event.role, left_at=None) if one.actor == told.actor else one for one in room.people
        )
    else:
        people = (*room.people, Person(told.actor, event.role, told.at))
    return replace(room, people=people)


def _left(room: Room, told: Happened, event: Left) -> Room:
    people = tuple(replace(one, left_at=told.at) if one.actor == event.whose else one for one in room.people)
    return replace(room, people=people)


def _hand_raised(room: Room, told: Happened, event: HandRaised) -> Room:
    if any(one.actor == told.actor for one in room.hands):
        hands = tuple(replace(one, about=event.about) if one.actor == told.actor else one for one in room.hands)
    else:
        hands = (*room.hands, Hand(told.actor, told.at, event.about))
    return replace(room, hands=hands)


def _hand_lowered(room: Room, _told: Happened, event: HandLowered) -> Room:
    return replace(room, hands=tuple(one for one in room.hands if one.actor != event.whose))


def _poll_opened(room: Room, _told: Happened, event: PollOpened) -> Room:
    earlier = tuple(replace(one, is_open=False) for one in room.polls)  # one question at a time
    return replace(room, polls=(*earlier, Poll(event.id, event.question, event.choices)))


def _voted(room: Room, told: Happened, event: Voted) -> Room:
    def with_vote(poll: Poll) -> Poll:
        others = tuple(vote for vote in poll.votes if vote[0] != told.actor)
        return replace(poll, votes=(*others, (told.actor, event.choice)))

    return replace(room, polls=tuple(with_vote(one) if one.id == event.poll else one for one in room.polls))


def _poll_closed(room: Room, _told: Happened, event: PollClosed) -> Room:
    return replace(
        room, polls=tuple(replace(one, is_open=False) if one.id == event.poll else one for one in room.polls)
    )


def _told_it(room: Room, told: Happened, event: Told) -> Room:
    message = Message(event.id, told.actor, told.at, event.text, event.about)
    told_ids = room.told_ids.with_one((event.id, told.actor))
    return replace(room, told=(*room.told, message)[-TOLD_KEPT:], told_ids=told_ids)


def _captured(room: Room, told: Happened, event: Captured) -> Room:
    is_action = event.kind is ItemKind.ACTION
    asked = (Ownership.ASKED if is_action and who else Ownership.NOBODY for who in (event.owner, event.verifier))
    return replace(room, board=(*room.board, Item(event, told.actor, told.at, room.clock.current, *asked)))


def _owner_answered(room: Room, told: Happened, event: OwnerAnswered) -> Room:
    def answered(item: Item) -> Item:
        said = Ownership.ACCEPTED if event.yes else Ownership.DECLINED
        owner = item.line.owner or told.actor
        if item.line.verifier != owner:
            return replace(item, ownership=said, line=replace(item.line, owner=owner))
        line = replace(item.line, owner=owner, verifier="")  # who does it does not verify it
        return replace(item, ownership=said, verifying=Ownership.NOBODY, line=line)

    return replace(room, board=tuple(answered(one) if one.line.id == event.item else one for one in room.board))


def _verifier_answered(room: Room, _told: Happened, event: VerifierAnswered) -> Room:
    said = Ownership.ACCEPTED if event.yes else Ownership.DECLINED
    board = (replace(one, verifying=said) if one.line.id == event.item else one for one in room.board)
    return replace(room, board=tuple(board))


def _struck(room: Room, _told: Happened, event: Struck) -> Room:
    return replace(room, board=tuple(one for one in room.board if one.line.id != event.item))


def _break_began(room: Room, told: Happened, event: BreakBegan) -> Room:
    until = told.at + timedelta(minutes=event.minutes)
    return replace(room, clock=replace(_paused(room.clock, told.at), break_until=until))


def _break_ended(room: Room, told: Happened, _event: BreakEnded) -> Room:
    if room.clock.break_until is None:
        return room
    return replace(room, clock=replace(room.clock, since=told.at, break_until=None))


def _consent_asked(room: Room, told: Happened, event: ConsentAsked) -> Room:
    others = tuple(one for one in room.consents if one.what is not event.what)
    return replace(room, consents=(*others, ConsentState(event.what, told.actor, told.at)))


def _consented(room: Room, told: Happened, event: Consented) -> Room:
    def said(state: ConsentState) -> ConsentState:
        yes = tuple(one for one in state.yes if one != told.actor)
        no = tuple(one for one in state.no if one != told.actor)
        return (
            replace(state, yes=(*yes, told.actor), no=no)
            if event.yes
            else replace(state, yes=yes, no=(*no, told.actor))
        )

    return replace(room, consents=tuple(said(one) if one.what is event.what else one for one in room.consents))


def _lead_taken(room: Room, told: Happened, _event: LeadTaken) -> Room:
    return replace(room, clock=replace(room.clock, led_by=told.actor))


def _ended(room: Room, told: Happened, _event: Ended) -> Room:
    clock = replace(_paused(room.clock, told.at), ended_at=told.at, break_until=None)
    polls = tuple(replace(one, is_open=False) for one in room.polls)
    return replace(room, clock=clock, hands=(), polls=polls)


_CHANGES: dict[type, Callable[[Room, Happened, Any], Room]] = {
    Started: _started,
    StepBegan: _step_began,
    BoxStretched: _box_stretched,
    Shown: _shown,
    RuleShown: _rule_shown,
    Joined: _joined,
    Left: _left,
    HandRaised: _hand_raised,
    HandLowered: _hand_lowered,
    PollOpened: _poll_opened,
    Voted: _voted,
    PollClosed: _poll_closed,
    Told: _told_it,
    Captured: _captured,
    OwnerAnswered: _owner_answered,
    VerifierAnswered: _verifier_answered,
    Struck: _struck,
    BreakBegan: _break_began,
    BreakEnded: _break_ended,
    ConsentAsked: _consent_asked,
    Consented: _consented,
    LeadTaken: _lead_taken,
    Ended: _ended,
}
