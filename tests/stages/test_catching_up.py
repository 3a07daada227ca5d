"""What a latecomer is told counts in words that fit: one minute is no minutes."""

from datetime import UTC, datetime, timedelta

from secondstory.model.conversation import AgendaStep
from secondstory.model.room import Box, Ended, Happened, Room, Started
from secondstory.stages.meeting.catching_up import catch_up
from secondstory.stages.meeting.room import apply_event, planned_window

BEGUN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BOXES = (Box("open", AgendaStep.OPENING, "Opening", 1), Box("time", AgendaStep.TIMELINE, "Timeline", 20))


def room() -> Room:
    return apply_event(Room(1), Happened(1, BEGUN, "owner", Started("Outage", BOXES, "What and how.")))


def test_minutes_are_told_as_one_says_them() -> None:
    told = catch_up(room(), BEGUN + timedelta(minutes=1, seconds=10))
    assert told == ("The meeting began a minute ago.", "Now: Opening, 1 of one minute.")
    assert catch_up(room(), BEGUN + timedelta(minutes=7))[0] == "The meeting began 7 minutes ago."


def test_the_end_by_the_agenda_counts_from_the_true_begin() -> None:
    assert planned_window(Room(1).clock) is None
    window = planned_window(apply_event(room(), Happened(2, BEGUN + timedelta(minutes=9), "owner", Ended())).clock)
    assert window is not None and window.end == BEGUN + timedelta(minutes=21)


def test_in_the_first_minute_nothing_was_missed() -> None:
    assert catch_up(room(), BEGUN + timedelta(seconds=20)) == ("The meeting has just begun.",)
