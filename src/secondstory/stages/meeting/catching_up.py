"""What somebody who comes late should know of the meeting, in a few sentences. Pure."""

from __future__ import annotations

from datetime import datetime

from secondstory.model.room import Item, ItemKind, Ownership, Room
from secondstory.stages.meeting.room import seconds_in
from secondstory.texts import counted, say

_QUOTED = 3  # decisions that are told in words; the board has all


def catch_up(room: Room, now: datetime) -> tuple[str, ...]:
    """Since when, what is done, where we are, what was decided, what is still asked; () unless a meeting is on."""
    if not room.is_live or room.clock.started_at is None:
        return ()
    minutes = max(int((now - room.clock.started_at).total_seconds() // 60), 0)
    sentences = (
        counted("catch_up.began", minutes) if minutes else say("catch_up.just_began"),
        *(_where(room, now) if minutes else ()),  # in the first minute nobody has missed where we are
        *_settled(room),
    )
    return tuple(one for one in sentences if one)


def _where(room: Room, now: datetime) -> tuple[str, ...]:
    clock = room.clock
    done = [one.box.title for one in clock.boxes if one.box.key != clock.current and one.spent_s]
    here = next((one.box for one in clock.boxes if one.box.key == clock.current), None)
    said = [say("catch_up.done", parts=", ".join(done))] if done else []
    if here is not None:
        spent = int(seconds_in(clock, here.key, now) // 60)
        said.append(counted("catch_up.here", here.minutes, part=here.title, spent=spent))
    if clock.break_until is not None:
        said.append(say("catch_up.on_break"))
    return tuple(said)


def _settled(room: Room) -> tuple[str, ...]:
    decided = _of(room, ItemKind.DECISION)
    actions, parked = _of(room, ItemKind.ACTION), _of(room, ItemKind.PARKED)
    said = [say("catch_up.decided", text=one.line.text.rstrip(".")) for one in decided[-_QUOTED:]]
    if len(decided) > _QUOTED:
        said.append(counted("catch_up.more", len(decided) - _QUOTED))
    if actions:
        taken = sum(one.ownership is Ownership.ACCEPTED for one in actions)
        said.append(say("catch_up.actions", count=len(actions), taken=taken))
    if parked:
        said.append(say("catch_up.parked", count=len(parked)))
    poll = next((one for one in room.polls if one.is_open), None)
    if poll is not None:
        said.append(say("catch_up.poll", question=poll.question))
    return tuple(said)


def _of(room: Room, kind: ItemKind) -> list[Item]:
    return [one for one in room.board if one.line.kind is kind]
