"""Windows are half open and in UTC; their algebra loses and invents no time."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.signal import Grid
from secondstory.model.window import Moment, Provenance, Window, format_time, hull, merged, parse_time

START = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS = st.integers(0, 500)
WINDOWS = st.tuples(SECONDS, st.integers(1, 200)).map(
    lambda pair: Window(START + timedelta(seconds=pair[0]), START + timedelta(seconds=pair[0] + pair[1]))
)


def instants(window: Window) -> set[int]:
    begin = int((window.start - START).total_seconds())
    return set(range(begin, begin + int(window.seconds)))


@given(WINDOWS, WINDOWS)
def test_what_is_cut_out_and_what_is_left_make_the_whole(window: Window, other: Window) -> None:
    left = [instants(piece) for piece in window.without(other)]
    common = window.clip(other)
    inside = instants(common) if common else set()
    assert set().union(*left, inside) == instants(window)
    assert not inside.intersection(*left) or not left


@given(st.lists(WINDOWS, min_size=1))
def test_merged_windows_hold_the_same_time_and_stay_apart(windows: list[Window]) -> None:
    pieces = merged(tuple(windows))
    assert set().union(*map(instants, pieces)) == set().union(*map(instants, windows))
    assert all(first.end < second.start for first, second in pairwise(pieces))
    assert hull(tuple(windows)) == Window(pieces[0].start, pieces[-1].end)


def test_the_end_is_outside() -> None:
    window = Window(START, START + timedelta(seconds=10))
    assert window.holds(START)
    assert not window.holds(window.end)


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=2)), ZoneInfo("Europe/Berlin")])
def test_a_window_that_is_not_in_utc_is_refused(zone: timezone | ZoneInfo | None) -> None:
    local = datetime(2026, 7, 1, 12, tzinfo=zone)
    with pytest.raises(ValueError, match="UTC"):
        Window(local, local + timedelta(hours=1))


def test_an_empty_or_reversed_window_is_refused() -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        Window(START, START)


def test_a_moment_may_have_width_but_no_negative_one() -> None:
    later = START + timedelta(seconds=8)
    assert Moment(START, later, Provenance.MEASURED).middle == START + timedelta(seconds=4)
    with pytest.raises(ValueError, match="earliest"):
        Moment(later, START, Provenance.MEASURED)


def test_the_hour_that_a_zone_repeats_stays_two_hours() -> None:
    first, second = parse_time("2026-10-25T02:30:00+02:00"), parse_time("2026-10-25T02:30:00+01:00")
    assert second - first == timedelta(hours=1)
    assert format_time(first) == "2026-10-25T00:30:00.000000Z"


def test_a_time_without_an_offset_is_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match="names no offset"):
        parse_time("2026-01-01T00:00:00")


def test_a_grid_of_two_pieces_counts_steps_from_the_start_of_each() -> None:
    first = Window(START, START + timedelta(seconds=25))
    second = Window(START + timedelta(seconds=103), START + timedelta(seconds=123))
    grid = Grid((first, second), 10)
    assert [(grid.time(step) - START).total_seconds() for step in range(grid.count)] == [0, 10, 20, 103, 113]
    assert grid.mask(second).tolist() == [False, False, False, True, True]
    assert grid.mask(first).tolist() == [True, True, False, False, False]
