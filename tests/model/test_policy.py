"""The policy: working days in the zone where the work is done, and rules that cannot be broken."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.codec import canonical_json, decode
from secondstory.model.incident import Severity
from secondstory.model.policy import DEFAULT_POLICY, Policy, Sprint

FRIDAY_NIGHT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def test_a_weekend_and_a_holiday_are_stepped_over() -> None:
    assert DEFAULT_POLICY.working_days_after(FRIDAY_NIGHT, 1, "UTC") == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    free = replace(DEFAULT_POLICY, holidays=(date(2026, 11, 23),))
    assert free.working_days_after(FRIDAY_NIGHT, 1, "UTC") == datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def test_the_day_is_that_of_the_zone_and_the_wall_time_survives_the_change_of_clocks() -> None:
    # Friday night in UTC is Saturday in Tokyo, where one working day later is Monday.
    assert DEFAULT_POLICY.working_days_after(FRIDAY_NIGHT, 1, "Asia/Tokyo") == datetime(
        2026, 11, 22, 23, 30, tzinfo=UTC
    )
    friday_noon_in_berlin = datetime(2026, 10, 23, 10, tzinfo=UTC)  # the clocks go back on the 25th
    later = DEFAULT_POLICY.working_days_after(friday_noon_in_berlin, 1, "Europe/Berlin")
    assert later == datetime(2026, 10, 26, 11, tzinfo=UTC)


@given(
    st.integers(0, 90_000).map(lambda hours: FRIDAY_NIGHT + timedelta(hours=hours)),
    st.integers(1, 30),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
)
def test_more_days_end_later_and_a_week_has_five(start: datetime, days: int, zone: str) -> None:
    due = DEFAULT_POLICY.working_days_after(start, days, zone)
    assert due > DEFAULT_POLICY.working_days_after(start, days - 1, zone)
    whole_weeks, rest = divmod(days, 5)
    assert timedelta(days=7 * whole_weeks - 3) < due - start < timedelta(days=7 * whole_weeks + rest + 3)


def test_an_action_is_due_by_severity_and_never_on_a_day_of_rest() -> None:
    agreed = date(2026, 11, 21)  # a Saturday; fourteen days later is one too
    assert DEFAULT_POLICY.action_due(Severity.SEV1, agreed) == date(2026, 12, 7)
    assert DEFAULT_POLICY.action_due(Severity.SEV2, agreed) == date(2026, 12, 21)


def test_a_sprint_ends_every_so_many_weeks_and_never_on_a_day_of_rest() -> None:
    told = replace(DEFAULT_POLICY, sprint=Sprint(date(2026, 12, 4), 3), holidays=(date(2026, 12, 25),))
    assert told.sprint_ends(date(2026, 11, 22)) == (date(2026, 12, 4), date(2026, 12, 24))
    assert told.sprint_ends(date(2026, 12, 4)) == (date(2026, 12, 4), date(2026, 12, 24))
    assert told.sprint_ends(date(2026, 12, 5)) == (date(2026, 12, 24), date(2027, 1, 15))
    assert told.sprint_ends(date(2026, 12, 25)) == (date(2027, 1, 15), date(2027, 2, 5))
    assert DEFAULT_POLICY.sprint_ends(date(2026, 12, 4)) is None
    with pytest.raises(ValueError, match="0 weeks"):
        Sprint(date(2026, 12, 4), 0)


def test_a_policy_travels_and_refuses_what_cannot_hold() -> None:
    assert decode(canonical_json(DEFAULT_POLICY), Policy) == DEFAULT_POLICY
    with pytest.raises(ValueError, match="meeting_days of SEV1 is 0"):
        replace(DEFAULT_POLICY.of(Severity.SEV1), meeting_days=0)
    with pytest.raises(ValueError, match="one rule for each of SEV1"):
        replace(DEFAULT_POLICY, rules=DEFAULT_POLICY.rules[1:])
