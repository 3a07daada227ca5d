"""Error budgets with numbers reckoned by hand: phases that cut through steps, windows, calendars, slices of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stages.build import Told, at, evidence_of, settle, window
from tests.stages.outage import HARM, PAGED, ROLLED_BACK, WELL, outage, outage_case

from secondstory.algorithms.burn import shared_out, trailing_sums
from secondstory.model.budget import Phase, Span
from secondstory.model.evidence import Answers
from secondstory.model.impact import Burn, ImpactBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask, OccurrenceQuery, OutcomeQuery
from secondstory.model.system import Budgeting, BurnAlert, Calendar, CalendarUnit, Objective
from secondstory.model.timeline import Milestone, MilestoneKind
from secondstory.model.window import Moment, Provenance
from secondstory.stages.impact import assess_impact
from secondstory.stages.impact.periods import calendar_period, periods_of
from secondstory.stages.impact.phases import burn_of_parts, phase_parts
from secondstory.stages.impact.tally import Tally, in_units
from secondstory.stages.impact.windows import Lead, burn_windows
from secondstory.stages.timeline import find_timeline

HOUR = timedelta(hours=1)
BERLIN = "2026-01-01T00:00:00"
SOME, LATER, EARLY = (datetime.fromisoformat(f"{year}-01-01") for year in (2001, 2040, 1990))
GOOD = Objective("shop", "shop", 0.99, timedelta(days=30), "availability", None)


def impact_of(case: Case, told: Told) -> ImpactBody:
    evidence = evidence_of(case, told)
    timeline = find_timeline(case, evidence, Answers({}))
    assert not isinstance(timeline, Ask)
    return settle(lambda answers: assess_impact(case, evidence, timeline, answers), told)


def milestones(**moments: tuple[float, float] | None) -> dict[MilestoneKind, Milestone]:
    """Milestones in seconds after the tests' start; those left out are not known, and say so."""
    found = {}
    for kind in MilestoneKind:
        bounds = moments.get(kind.value)
        moment = None if bounds is None else Moment(at(bounds[0]), at(bounds[1]), Provenance.RECORDED)
        reason = f"{kind.value} {'is told' if moment else 'is not known'}."
        found[kind] = Milestone(kind, f"milestone/{kind.value}", moment, reason, ("ev-1",))
    return found


def tally(total: Sequence[float], bad: Sequence[float], step_s: float = 10, first_s: float = 0) -> Tally:
    starts = first_s + step_s * np.arange(len(bad), dtype=np.float64)
    return Tally("ev-1", step_s, starts, np.array(total, np.float64), np.array(bad, np.float64), np.zeros(len(bad)))


def ends(span: Span | None) -> tuple[float, float, float]:
    assert span is not None
    return span.low, span.value, span.high


def test_bad_requests_fall_on_the_phases_that_they_lie_in() -> None:
    known = milestones(
        impact_began=(0, 0), detected=(15, 15), acknowledged=(20, 20), mitigation_began=(40, 40), resolved=(60, 60)
    )
    parts = phase_parts(window(0, 60), known)
    burns = burn_of_parts(parts, window(0, 60), tally([20] * 6, [10, 20, 4, 6, 8, 2]), Span(100, 200, 400))
    assert [one.phases for one in burns] == [(phase,) for phase in Phase]
    # The second step (10 s to 20 s, 20 bad) is cut at 15 s: half of it was undetected.
    assert [one.bad.value for one in burns] == [20, 10, 10, 10]
    assert [one.bad.low for one in burns] == [10, 0, 10, 10]
    assert [one.bad.high for one in burns] == [30, 20, 10, 10]
    assert burns[0].spent == Span(10 / 400, 20 / 200, 30 / 100)
    assert [part.length_s.value for part in parts] == [15, 5, 20, 20]


def test_a_milestone_that_is_an_interval_makes_both_its_phases_ranges() -> None:
    known = milestones(impact_began=(0, 0), detected=(10, 30), acknowledged=(40, 40), resolved=(60, 60))
    parts = phase_parts(window(0, 60), known)
    burns = burn_of_parts(parts, window(0, 60), tally([9] * 6, [1] * 6), Span(10, 10, 10))
    assert parts[0].length_s == Span(10, 20, 30)
    assert burns[0].bad == Span(1, 2, 3)
    assert burns[1].bad == Span(1, 2, 3)


def test_without_an_acknowledgement_the_phases_on_both_sides_are_one_part_and_say_why() -> None:
    known = milestones(impact_began=(0, 0), detected=(10, 10), mitigation_began=(40, 40), resolved=(60, 60))
    parts = phase_parts(window(0, 60), known)
    assert [part.phases for part in parts] == [
        (Phase.UNDETECTED,),
        (Phase.UNACKNOWLEDGED, Phase.DIAGNOSING),
        (Phase.MITIGATING,),
    ]
    assert parts[1].reason == "acknowledged is not known."
    burns = burn_of_parts(parts, window(0, 60), tally([9] * 6, [1, 2, 3, 4, 5, 6]), Span(10, 10, 10))
    assert [one.bad.value for one in burns] == [1, 9, 11]


def test_nothing_but_the_impact_known_leaves_one_part_with_all_reasons() -> None:
    (part,) = phase_parts(window(0, 60), milestones(impact_began=(0, 5)))
    assert part.phases == tuple(Phase)
    assert part.reason.count("is not known.") == 4


def test_a_milestone_out_of_order_gives_an_empty_phase_and_is_said() -> None:
    known = milestones(impact_began=(0, 0), detected=(30, 30), acknowledged=(10, 10), resolved=(60, 60))
    parts = phase_parts(window(0, 60), known)
    assert parts[1].length_s == Span(0, 0, 0)
    assert "precedes" in parts[1].reason
    burns = burn_of_parts(parts, window(0, 60), tally([9] * 6, [1] * 6), Span(10, 10, 10))
    assert [one.bad.value for one in burns] == [3, 0, 3]


def test_an_alert_before_the_impact_leaves_nothing_undetected() -> None:
    known = milestones(impact_began=(0, 0), detected=(-50, -50), acknowledged=(20, 20), resolved=(60, 60))
    parts = phase_parts(window(0, 60), known)
    assert parts[0].length_s == Span(0, 0, 0)
    assert parts[1].length_s == Span(20, 20, 20)


amounts = st.lists(st.floats(0, 1e6), min_size=1, max_size=30)


@given(amounts, st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), max_size=6), st.floats(0.1, 60))
def test_the_parts_add_up_to_the_whole_and_lie_in_their_ranges(
    bad: list[float], bounds: list[tuple[float, float]], step_s: float
) -> None:
    starts = step_s * np.arange(len(bad), dtype=np.float64)
    low, end = (0.0, 0.0, 0.0), len(bad) * step_s
    cuts = [low]
    for first, second in sorted((min(pair), max(pair)) for pair in bounds):
        first, second = max(first, cuts[-1][0]), max(second, cuts[-1][2])
        cuts.append((first, (first + second) / 2, second))
    cuts.append((max(end, cuts[-1][0]), max(end, cuts[-1][1]), max(end, cuts[-1][2])))
    shares = shared_out(starts, step_s, np.array(bad), tuple(cuts))
    assert math.isclose(sum(value for _, value, _ in shares), math.fsum(bad), rel_tol=1e-9, abs_tol=1e-9)
    assert all(least <= value <= most for least, value, most in shares)


@given(amounts, st.floats(0.1, 60), st.floats(0.1, 500))
def test_trailing_sums_are_what_adding_up_by_hand_gives(bad: list[float], step_s: float, length_s: float) -> None:
    starts = step_s * np.arange(len(bad), dtype=np.float64)
    found = trailing_sums(starts, step_s, np.array(bad), length_s)
    for at_step, end in enumerate((starts + step_s).tolist()):
        parts = [max(0.0, min(1.0, (s + step_s - (end - length_s)) / step_s)) for s in starts[: at_step + 1].tolist()]
        by_hand = math.fsum(amount * part for amount, part in zip(bad, parts, strict=False))
        assert math.isclose(found[at_step], by_hand, rel_tol=1e-6, abs_tol=1e-6 * max(1.0, *bad))


def test_burn_rates_look_back_an_hour_and_six_and_say_when_an_alert_would_have_crossed() -> None:
    # Ten requests a minute, all good for six hours; then half of them fail for 30 minutes.
    bad = [0.0] * 360 + [5.0] * 30
    lead = Lead(at(0), tally([10.0] * 390, bad, step_s=60), Span(1 / 6, 1 / 6, 1 / 6))
    page = BurnAlert("page", 10.0, HOUR, timedelta(minutes=2), "page")
    hour, six, alert = burn_windows(replace(GOOD, alerts=(page,)), lead, window(360 * 60, 390 * 60))
    # 150 bad of 600 requests is a quarter, 25 times the one per cent allowed; of six hours it is 150 of 3,600.
    assert ends(hour.peak) == pytest.approx((25, 25, 25))
    assert (hour.recorded_ratio, hour.threshold) == (1.0, 14.4)
    assert six.peak.value == pytest.approx(150 / 3600 * 100)
    assert six.crossed_at is None  # 4.17 times stays below six
    # 14.4 times is 86.4 bad of an hour's 600: reached with the 18th bad minute. The page needs 60 bad and two minutes.
    assert hour.crossed_at == at((360 + 18) * 60)
    assert alert.crossed_at == at((360 + 12 + 2) * 60)


def test_what_was_not_recorded_of_a_lookback_widens_the_burn_rate() -> None:
    lead = Lead(at(0), tally([10.0] * 6, [5.0] * 6, step_s=60), Span(0.1, 0.15, 0.2))
    hour = burn_windows(GOOD, lead, window(0, 360))[0]
    # 30 bad of 60 requests; the 54 minutes before may have brought 324, 486 or 648 good ones.
    assert ends(hour.peak) == pytest.approx([30 / (60 + more) * 100 for more in (648, 486, 0)])
    assert hour.recorded_ratio == pytest.approx(0.1)
    assert "90 %" in hour.basis


def test_slices_of_time_are_bad_by_their_own_share_of_good_requests() -> None:
    counts = tally([10, 10, 10, 10, 10, 10], [0, 1, 5, 5, 0, 2])
    sliced = replace(GOOD, budgeting=Budgeting.SLICES, slice=timedelta(seconds=20), slice_target_ratio=0.9)
    slices = in_units(counts, sliced)
    assert slices is not None
    # Of three slices the first has 95 % good requests, the second 50 %, the third 90 %, which is just enough.
    assert (slices.total.sum(), slices.bad.tolist()) == (3, [0, 0, 0.5, 0.5, 0, 0])
    ratios = in_units(counts, replace(sliced, budgeting=Budgeting.SLICE_RATIOS))
    assert ratios is not None
    assert ratios.bad.sum() == pytest.approx(0.05 + 0.5 + 0.1)
    assert in_units(counts, replace(sliced, slice=timedelta(seconds=5))) is None


@pytest.mark.parametrize(
    ("calendar", "time", "start", "end"),
    [
        (("2026-01-01T00:00:00", "UTC", 1, CalendarUnit.MONTH), (2026, 3, 15), "2026-03-01T00:00", "2026-04-01T00:00"),
        (("2026-01-01T00:00:00", "UTC", 3, CalendarUnit.MONTH), (2025, 12, 31), "2025-10-01T00:00", "2026-01-01T00:00"),
        (("2026-01-31T00:00:00", "UTC", 1, CalendarUnit.MONTH), (2026, 2, 10), "2026-01-31T00:00", "2026-02-28T00:00"),
        # Clocks in Berlin go forward on 29 March: that day has 23 hours.
        ((BERLIN, "Europe/Berlin", 1, CalendarUnit.DAY), (2026, 3, 29), "2026-03-28T23:00", "2026-03-29T22:00"),
        (("2026-01-01T06:30:00", "UTC", 2, CalendarUnit.HOUR), (2026, 1, 1), "2025-12-31T22:30", "2026-01-01T00:30"),
        (("2026-01-05T00:00:00", "UTC", 7, CalendarUnit.DAY), (2026, 1, 1), "2025-12-29T00:00", "2026-01-05T00:00"),
    ],
)  # fmt: skip
def test_calendar_periods_follow_the_zones_clocks(
    calendar: tuple[str, str, int, CalendarUnit], time: tuple[int, int, int], start: str, end: str
) -> None:
    found = calendar_period(Calendar(*calendar), datetime(*time, tzinfo=UTC))
    assert (f"{found.start:%Y-%m-%dT%H:%M}", f"{found.end:%Y-%m-%dT%H:%M}") == (start, end)


@given(
    st.datetimes(SOME, LATER, timezones=st.just(UTC)),
    st.datetimes(EARLY, LATER),
    st.sampled_from(list(CalendarUnit)),
    st.integers(1, 40),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe"]),
)
def test_every_time_lies_in_its_calendar_period_and_periods_meet(
    time: datetime, anchor: datetime, unit: CalendarUnit, count: int, zone: str
) -> None:
    calendar = Calendar(anchor.isoformat(), zone, count, unit)
    period = calendar_period(calendar, time)
    assert period.start <= time < period.end
    assert calendar_period(calendar, period.end).start == period.end


def test_harm_over_a_months_end_is_told_by_month() -> None:
    calendar = Calendar("2026-01-01T00:00:00", "UTC", 1, CalendarUnit.DAY)
    daily = replace(GOOD, period=timedelta(days=1), calendar=calendar)
    night = window(14 * 3600, 16 * 3600)  # the tests begin at 09:00
    assert [one.start.hour for one in periods_of(daily, night)] == [0, 0]
    told = outage(shift_s=15 * 3600 - 900)
    case = replace(outage_case(shift_s=15 * 3600 - 900), objectives=(replace(daily, service="gateway"),))
    (burn,) = impact_of(case, told).burns
    first, second = burn.periods
    assert (first.kind, first.window.end) == ("calendar", second.window.start)
    assert first.bad > 0 and second.bad > 0
    assert first.bad + second.bad == pytest.approx(burn.bad)


def burn_of(objective: Objective, told: Told | None = None) -> Burn:
    (burn,) = impact_of(replace(outage_case(), objectives=(objective,)), told or outage()).burns
    return burn


def test_the_outages_budget_by_phase_adds_up_and_its_parts_hold_the_truth() -> None:
    body = impact_of(outage_case(), outage())
    (burn,) = body.burns
    assert sum(one.bad.value for one in burn.phases) == pytest.approx(burn.bad)
    assert sum(one.spent.value for one in burn.phases) == pytest.approx(burn.spent.value)
    lengths = (PAGED - HARM, 20, ROLLED_BACK - 2 - PAGED - 20, WELL - ROLLED_BACK + 2)
    for part, length in zip(body.parts, lengths, strict=True):
        assert part.length_s.low - 5 <= length <= part.length_s.high + 5
    assert burn.budget is not None and burn.spent.value == pytest.approx(burn.bad / burn.budget.value)


def test_each_term_is_defined_with_the_objectives_own_numbers() -> None:
    sentences = {one.term: one.sentence for one in burn_of(replace(GOOD, service="gateway")).definitions}
    assert list(sentences) == ["indicator", "objective", "period", "budget", "consumption", "burn_rate"]
    assert "99 %" in sentences["objective"] and "30 days" in sentences["period"] and "1 %" in sentences["budget"]


def test_a_budget_of_slices_is_known_exactly() -> None:
    sliced = replace(
        GOOD, service="gateway", budgeting=Budgeting.SLICES, slice=timedelta(seconds=60), slice_target_ratio=0.95
    )
    burn = burn_of(sliced)
    # 30 days hold 43,200 minutes, of which 432 may be bad.
    assert ends(burn.budget) == pytest.approx((432, 432, 432))
    assert burn.spent.low == burn.spent.high == pytest.approx(burn.bad / 432)
    assert (burn.unit, burn.total) == ("slices", 4)


def test_without_reactions_the_parts_still_cover_all_that_was_burned() -> None:
    told = outage()
    told.rows[OccurrenceQuery] = [row for row in told.rows[OccurrenceQuery] if row["kind"] in ("alert", "deploy")]
    body = impact_of(outage_case(), told)
    assert [part.phases for part in body.parts][1] == (Phase.UNACKNOWLEDGED, Phase.DIAGNOSING)
    assert body.parts[1].reason
    assert sum(one.bad.value for one in body.burns[0].phases) == pytest.approx(body.burns[0].bad)


def test_where_only_some_requests_were_kept_counts_and_budget_are_ranges() -> None:
    whole, sampled = outage(), outage()
    for row in sampled.rows[OutcomeQuery]:
        row |= {"seen": round(row["total"] / 10), "failed_seen": round(row["failed"] / 10)}
    every, some = impact_of(outage_case(), whole), impact_of(outage_case(), sampled)
    figures = {one.key: one for one in some.figures}
    failed = figures["figure/requests_failed"]
    assert failed.low < failed.value < failed.high
    assert failed.value == next(one.value for one in every.figures if one.key == failed.key)
    # 10 requests a span: the variance is nine times the count.
    assert failed.high - failed.value == pytest.approx(1.96 * (9 * failed.value) ** 0.5, rel=0.2)
    assert figures["figure/failed_share"].high > next(o.high for o in every.figures if o.key == "figure/failed_share")
    assert some.burns[0].spent.low < every.burns[0].spent.low and some.burns[0].spent.high > every.burns[0].spent.high
    (mine,), (theirs,) = (body.burns[0].periods for body in (some, every))
    assert mine.spent.low < theirs.spent.low and mine.spent.high > theirs.spent.high
    assert all(
        one.bad.low <= other.bad.low for one, other in zip(some.burns[0].phases, every.burns[0].phases, strict=True)
    )


def test_shifting_all_clocks_changes_no_number() -> None:
    def numbers(body: ImpactBody) -> object:
        burn = body.burns[0]
        windows = [(one.peak, one.threshold, one.recorded_ratio) for one in burn.windows]
        steps = [replace(step, time=at(0)) for step in body.blast.steps] if body.blast else []
        return burn.phases, burn.spent.value, windows, [part.length_s for part in body.parts], steps

    shift_s = 86_400 * 40 + 3_600
    moved = impact_of(outage_case(shift_s=shift_s), outage(shift_s=shift_s))
    assert numbers(moved) == numbers(impact_of(outage_case(), outage()))
