"""Clocks of single systems: their correction goes before that of their kind of record, and old ones stay valid."""

from datetime import UTC, datetime, timedelta

import pytest
from bench.timeline_fold import found, said

from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.timeline import TimelineBody
from secondstory.stages.timeline import fold_timeline, source_of, system_of

AT = datetime(2026, 3, 1, 13, tzinfo=UTC)


def corrected(source: str, seconds: float, number: int = 0) -> Decision:
    return Decision(f"d-{number}", "i", f"source/{source}", DecisionVerb.MARK, str(seconds), "late", "owner", AT)


@pytest.fixture(scope="module")
def body() -> TimelineBody:
    return found(400)


def moves(body: TimelineBody, *given: Decision) -> dict[str, timedelta]:
    """How far each event moved, of those that did."""
    before = {one.key: one.moment.earliest for one in body.events}
    now = {one.key: one.moment.earliest for one in fold_timeline(body, given).events}
    return {key: now[key] - time for key, time in before.items() if now[key] != time}


def test_only_what_the_system_wrote_moves(body: TimelineBody) -> None:
    theirs = {one.key for one in body.events if system_of(one) == "alert/service-1"}
    moved = moves(body, corrected("alert/service-1", 12))
    assert 0 < len(theirs) < sum(source_of(one) == "alert" for one in body.events)
    assert moved == dict.fromkeys(theirs, timedelta(seconds=12))


def test_a_systems_correction_goes_before_that_of_its_kind_in_either_order(body: TimelineBody) -> None:
    given = corrected("alert", -5, 1), corrected("alert/service-1", 12, 2)
    moved = moves(body, *given)
    assert moved == moves(body, *reversed(given))
    by_key = {one.key: one for one in body.events}
    assert {system_of(by_key[key]) for key, by in moved.items() if by == timedelta(seconds=12)} == {"alert/service-1"}
    assert all(by == timedelta(seconds=-5) for key, by in moved.items() if system_of(by_key[key]) != "alert/service-1")
    assert {source_of(by_key[key]) for key in moved} == {"alert"}


def test_the_timeline_stays_in_order_and_names_what_was_recorded(body: TimelineBody) -> None:
    now = fold_timeline(body, (*said(400, 20), corrected("status", 3600)))
    assert [(one.moment.earliest, one.key) for one in now.events] == sorted(
        (one.moment.earliest, one.key) for one in now.events
    )
    (shown, *_) = [one for one in now.events if source_of(one) == "status"]
    assert shown.amended is not None and shown.amended.recorded is not None and shown.amended.correction_s == 3600


def test_what_is_measured_has_one_clock(body: TimelineBody) -> None:
    signal = next(one for one in body.events if one.kind == "signal")
    assert system_of(signal) is None and source_of(signal) == "signals"
