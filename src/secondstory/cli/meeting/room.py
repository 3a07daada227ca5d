"""`secondstory meeting room`: where the meeting is, who waits for the word, and what is on the board."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.room import Room, RoomClock
from secondstory.model.room_seen import PollSeen
from secondstory.model.window import wall_time
from secondstory.stages.meeting.room import seconds_in
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.room.log import room_of
from secondstory.usecases.room.view import see_room


def room(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    as_json: bool = typer.Option(False, "--json", help="Print the room as JSON."),
) -> None:
    """Show the room of the last meeting."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        now, zone = world.clock.now(), get_incident(world, incident_id).time_zone
        there = room_of(LOCAL_OWNER, world, incident_id)
        seen = see_room(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(seen)
        return
    say_line(f"{there.title}  ·  {_state(there.clock, zone)}")
    clock = there.clock
    print_table(
        say("room.agenda"),
        ("part", "key", "minutes", "spent"),
        [
            (
                ("▸ " if one.box.key == clock.current else "  ") + one.box.title,
                one.box.key,
                str(one.box.minutes),
                f"{seconds_in(clock, one.box.key, now) / 60:.1f}",
            )
            for one in clock.boxes
        ],
    )
    if there.hands:
        say_line("hands: " + ", ".join(hand.actor for hand in there.hands))
    _print_polls(seen.parts.polls)
    _print_board(there)


def _print_polls(polls: tuple[PollSeen, ...]) -> None:
    rows = [
        (
            one.question,
            say("room.poll_open" if one.is_open else "room.poll_over"),
            str(one.answered),
            say("minutes.poll_few")
            if one.counts is None
            else ", ".join(f"{choice}: {count}" for choice, count in zip(one.choices, one.counts, strict=True)),
        )
        for one in polls
    ]
    if rows:
        print_table(say("room.polls"), ("question", "", "answers", "how"), rows)


def _print_board(there: Room) -> None:
    rows = [(one.line.kind.value, one.line.text, one.line.owner, f"{one.line.due or ''}") for one in there.board]
    if rows:
        print_table(say("room.board"), ("kind", "text", "owner", "due"), rows)


def _state(clock: RoomClock, zone: str) -> str:
    if clock.started_at is None:
        return say("room.state_waiting")
    if clock.ended_at is not None:
        return say("room.state_ended", time=f"{wall_time(clock.ended_at, zone):%H:%M}")
    if clock.break_until is not None:
        return say("room.state_break", time=f"{wall_time(clock.break_until, zone):%H:%M}")
    return say("room.state_live", time=f"{wall_time(clock.started_at, zone):%H:%M}")
