"""The impact stage: what is counted on a told outage, and what is said to be unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.stages.build import Told, at, evidence_of, settle
from tests.stages.outage import HARM, PAGED, WELL, outage, outage_case

from secondstory.model.codec import canonical_json
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.evidence import Answers
from secondstory.model.impact import Figure, ImpactBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask, OccurrenceQuery, OutcomeQuery, SpanSignalQuery, UsersHitQuery
from secondstory.model.system import Objective
from secondstory.stages.impact import assess_impact
from secondstory.stages.impact.reach import hops_from
from secondstory.stages.timeline import find_timeline, fold_timeline


def impact_of(case: Case, told: Told) -> ImpactBody:
    evidence = evidence_of(case, told)
    found = find_timeline(case, evidence, Answers({}))
    assert not isinstance(found, Ask)
    timeline = fold_timeline(found, case.decisions)
    return settle(lambda answers: assess_impact(case, evidence, timeline, answers), told)


def figure(body: ImpactBody, key: str) -> Figure:
    return next(one for one in (*body.figures, *body.durations) if one.key == key)


def test_requests_are_counted_while_users_were_hit() -> None:
    told = outage()
    body = impact_of(outage_case(), told)
    assert body.window is not None
    assert at(HARM - 10) <= body.window.start <= at(HARM)
    assert at(WELL) <= body.window.end <= at(WELL + 10)
    rows = [row for row in told.rows[OutcomeQuery] if row["service"] == "gateway" and body.window.holds(row["time"])]
    total, failed = sum(row["total"] for row in rows), sum(row["failed"] for row in rows)
    assert figure(body, "figure/requests_total").value == total
    assert figure(body, "figure/requests_failed").value == failed
    share = figure(body, "figure/failed_share")
    assert share.value == pytest.approx(failed / total) and share.low < share.value < share.high
    assert figure(body, "figure/failed_share_peak").value >= share.value
    excess = figure(body, "figure/excess_failures")
    assert 0 < excess.low < excess.value < failed


def test_latency_is_told_before_and_during() -> None:
    body = impact_of(outage_case(), outage())
    before, during = (
        figure(body, "figure/latency_p95_before/gateway"),
        figure(body, "figure/latency_p95_during/gateway"),
    )
    assert 60 <= before.value <= 63
    assert 4000 <= during.value <= 4200
    assert before.low <= before.value <= before.high


def test_durations_hold_the_truth() -> None:
    body = impact_of(outage_case(), outage())
    truth = {
        "duration/time_to_detect": PAGED - HARM,
        "duration/time_to_acknowledge": 20,
        "duration/time_to_mitigate": WELL - HARM,
        "duration/time_to_recover": WELL + 50 - HARM,
    }
    assert {one.key for one in body.durations} == truth.keys()
    for key, seconds in truth.items():
        assert figure(body, key).low <= seconds <= figure(body, key).high
    mitigate, recover = figure(body, "duration/time_to_mitigate"), figure(body, "duration/time_to_recover")
    assert mitigate.high < truth["duration/time_to_recover"]  # the alert that ended later does not blur it
    assert mitigate.low <= recover.low and mitigate.high <= recover.high


def test_reach_follows_calls_from_the_entry_in_order_of_onset() -> None:
    reach = impact_of(outage_case(), outage()).reach
    assert {one.service: one.hops_from_entry for one in reach} == {"gateway": 0, "checkout": 1, "orders": 2}
    assert list(reach) == sorted(reach, key=lambda one: one.moment.earliest)
    orders = next(one for one in reach if one.service == "orders")
    assert orders.error_ratio_during == pytest.approx(1.0)
    assert orders.error_ratio_before is not None and orders.error_ratio_before < 0.05


def test_hops_count_the_shortest_way_and_survive_circles() -> None:
    edges = (("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("x", "y"))
    assert hops_from(("a",), edges) == {"a": 0, "b": 1, "c": 1}


def test_the_budget_is_a_range_because_the_traffic_of_the_period_is_guessed() -> None:
    body = impact_of(outage_case(), outage())
    (burn,) = body.burns
    assert burn.total == figure(body, "figure/requests_total").value
    assert burn.burn_rate == pytest.approx(burn.bad / burn.total / 0.01)
    # Eight requests a second for 28 days allow 193,536 failures.
    assert burn.spent.value == pytest.approx(burn.bad / 193_536, rel=0.03)
    assert burn.spent.low < burn.spent.value < burn.spent.high


def test_a_latency_objective_counts_slow_requests_by_its_own_limit() -> None:
    slow = Objective("gateway-latency", "gateway", 0.95, timedelta(days=7), "latency", 500.0)
    case = replace(outage_case(), objectives=(*outage_case().objectives, slow))
    told = outage()
    body = impact_of(case, told)
    assert [query.slow_ms for query in told.asked if isinstance(query, OutcomeQuery)] == [500.0, 500.0]
    assert figure(body, "figure/requests_slow/500ms").value == figure(body, "figure/requests_failed").value
    assert [burn.objective for burn in body.burns] == ["gateway-availability", "gateway-latency"]


def test_users_are_exact_where_every_request_names_one_and_a_range_where_not() -> None:
    told = outage()
    hit = figure(impact_of(outage_case(), told), "figure/users_hit")
    assert (hit.low, hit.value, hit.high) == (70, 70, 70)
    told.rows[UsersHitQuery][0] |= {"requests_with_user": 880.0}
    body = impact_of(outage_case(), told)
    partly = figure(body, "figure/users_hit")
    assert partly.low == 70 and partly.high > 70
    assert any("50%" in sentence for sentence in body.unknowns)
    told.rows[UsersHitQuery][0] |= {"users": None, "users_failed": None, "requests_with_user": 0.0}
    body = impact_of(outage_case(), told)
    assert not any(one.unit == "users" for one in body.figures)
    assert any("users were hit is not known" in sentence for sentence in body.unknowns)


def test_without_harm_at_the_entry_there_is_no_impact_and_it_says_why() -> None:
    body = impact_of(outage_case(), outage(fault=False))
    assert (body.window, body.figures, body.burns, body.reach) == (None, (), (), ())
    assert "No failure or latency signal" in body.unknowns[0]


def test_what_was_not_given_or_recorded_is_unknown() -> None:
    told = outage()
    told.rows[OccurrenceQuery] = []
    body = impact_of(replace(outage_case(), objectives=()), told)
    text = " ".join(body.unknowns)
    for sentence in ("No service level objective", "Not known: time to detect", "says what slow is"):
        assert sentence in text
    assert {one.key for one in body.durations} == {"duration/time_to_mitigate", "duration/time_to_recover"}


def test_an_objective_of_an_unmeasured_service_is_said() -> None:
    other = Objective("mail", "mailer", 0.9, timedelta(days=7), "availability", None)
    body = impact_of(replace(outage_case(), objectives=(other,)), outage())
    assert body.burns == ()
    assert any("budget of mail" in sentence for sentence in body.unknowns)


def test_a_marked_milestone_moves_the_stretch_and_the_durations() -> None:
    text = f"{at(HARM + 50).isoformat()}/{at(HARM + 50).isoformat()}"
    mark = Decision("dec-1", "inc-1", "milestone/impact_began", DecisionVerb.MARK, text, "said so", "owner", at(5000))
    body = impact_of(replace(outage_case(), decisions=(mark,)), outage())
    assert body.window is not None and body.window.start == at(HARM + 50)
    detect = figure(body, "duration/time_to_detect")
    assert (detect.low, detect.high) == (0, 0)
    assert "dec-1" in detect.evidence_ids


def test_rows_in_any_order_give_the_same() -> None:
    shuffled = outage()
    for rows in shuffled.rows.values():
        rows.reverse()
    assert canonical_json(impact_of(outage_case(), shuffled)) == canonical_json(impact_of(outage_case(), outage()))


def test_an_outage_that_never_ends_counts_to_the_end_of_the_window() -> None:
    told = outage()
    for kind in (SpanSignalQuery, OutcomeQuery):
        told.rows[kind] = [row for row in told.rows[kind] if row["time"] < at(WELL - 20)]
    case = outage_case()
    body = impact_of(case, told)
    assert body.window is not None and body.window.end == case.incident.window.end
    assert any("Not known: time to mitigate, time to recover" in sentence for sentence in body.unknowns)
