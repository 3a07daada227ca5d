"""Each method of the causes stage on data whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.stages.build import (
    STEP_S,
    Row,
    Told,
    at,
    case_of,
    evidence_of,
    gauge,
    happened,
    recorded,
    served,
    settle,
    times,
    window,
)

import secondstory.stages.causes.methods
from secondstory.model.causes import MethodRun
from secondstory.model.incident import Alarm, Case
from secondstory.model.query import (
    EdgeSignalQuery,
    LogPatternQuery,
    MetricSignalQuery,
    OperationQuery,
    TopologyQuery,
    TracePatternQuery,
)
from secondstory.model.system import System
from secondstory.registry import extensions
from secondstory.stages.causes import find_causes
from secondstory.stages.causes.method import Method
from secondstory.stages.timeline import find_timeline

SERVICES = ("front", "middle", "back")
EDGES = (("front", "middle"), ("middle", "back"))
METHODS = extensions(secondstory.stages.causes.methods, Method)
CASE = case_of(
    window(600, 900),
    system=System(edges=EDGES, entry_services=("front",), metric_step_s=STEP_S),
    alarm=Alarm(at(760), "front", "error_ratio"),
)


def calm() -> Told:
    """Three services that serve without trouble."""
    told, draw = Told(), np.random.default_rng(1)
    for service in SERVICES:
        served(told, service, [(time, 50, 0, float(draw.normal(40, 2))) for time in times(0, 1200)])
    return told


def said_by(name: str, told: Told, case: Case = CASE) -> MethodRun:
    evidence = evidence_of(case, told)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), told)
    body = settle(lambda answers: find_causes(case, evidence, timeline, answers), told)
    return next(run for run in body.methods if run.name == name)


def pattern(service: str, text: str, severity: str, before: int, now: int) -> Row:
    return {
        "service": service,
        "pattern": text,
        "severity": severity,
        "rows": now,
        "reference_rows": before,
        "traces": now,
        "reference_traces": before,
        "first_time": at(700),
        "last_time": at(800),
        "sample": text,
    }


def operation(service: str, name: str, before_ms: float, now_ms: float, **more: float) -> Row:
    row: Row = {"service": service, "operation": name}
    for side, own_ms in (("", now_ms), ("reference_", before_ms)):
        row |= {f"{side}spans": 400.0, f"{side}failed": 0.0, f"{side}children_mean": 0.0}
        row |= {f"{side}{column}": own_ms for column in ("p50_ms", "p95_ms", "self_p50_ms", "self_p95_ms")}
    return row | more


def test_a_signal_that_moves_beyond_its_own_restlessness_ranks_first() -> None:
    told, draw = calm(), np.random.default_rng(2)
    restless = [(time, float(draw.normal(50, 20))) for time in times(0, 1200)]
    moved = [(time, float(draw.normal(80 if at(700) <= time < at(880) else 50, 2))) for time in times(0, 1200)]
    gauge(told, "front", "queue.depth", restless)
    gauge(told, "back", "queue.depth", moved)
    first = said_by("deviation", told).ranking[0]
    assert (first.service, first.indicator) == ("back", "queue.depth")


def test_a_level_that_the_incident_found_is_not_one_that_it_made() -> None:
    told, draw = calm(), np.random.default_rng(3)
    stale = [(time, float(draw.normal(90 if at(500) <= time < at(1000) else 50, 1))) for time in times(0, 1200)]
    fresh = [(time, float(draw.normal(70 if at(700) <= time < at(880) else 50, 1))) for time in times(0, 1200)]
    gauge(told, "front", "queue.depth", stale)
    gauge(told, "back", "queue.depth", fresh)
    case = replace(CASE, incident=replace(CASE.incident, reference=(window(0, 500), window(1000, 1200))))
    assert said_by("deviation", told, case).ranking[0].service == "back"


def test_the_line_that_vanished_and_the_error_that_came_are_found() -> None:
    told = calm()
    recorded(told, "logs", "back", times(0, 1200))
    usual = [pattern("middle", f"handled a part Middle#{part}", "info", 400, 200) for part in range(8)]
    told.tell(LogPatternQuery, *usual)
    told.tell(LogPatternQuery, pattern("back", "read rows Store#31", "info", 400, 200))
    told.tell(LogPatternQuery, pattern("back", "sent rows Store#34", "info", 400, 0))
    told.tell(LogPatternQuery, pattern("back", "no rows Store#37", "error", 0, 200))
    ranking = said_by("log_novelty", told).ranking
    assert [(place.service, place.indicator) for place in ranking[:2]] == [
        ("back", "no rows Store#37"),
        ("back", "sent rows Store#34"),
    ]
    assert all(place.service == "back" for place in ranking)


def test_own_time_is_booked_on_the_service_that_spent_it() -> None:
    told = calm()
    told.tell(OperationQuery, *(operation("front", f"GET /{page}", 10, 10.5) for page in range(8)))
    told.tell(OperationQuery, operation("back", "SELECT", 5, 400))
    ranking = said_by("operation_change", told).ranking
    assert {(place.service, place.indicator) for place in ranking} == {("back", "SELECT")}


def test_requests_that_end_early_make_fewer_calls_onward() -> None:
    told = calm()
    told.tell(OperationQuery, *(operation("front", f"GET /{page}", 10, 10.5) for page in range(8)))
    told.tell(OperationQuery, operation("middle", "POST", 9, 9, children_mean=0.1, reference_children_mean=3.0))
    assert said_by("operation_change", told).ranking[0].indicator == "POST"


def test_a_slow_edge_is_booked_on_its_callee() -> None:
    told = calm()
    ends = [("front", f"leaf{number}") for number in range(9)] + [("middle", "back")]
    for caller, callee in ends:
        told.tell(TopologyQuery, {"caller": caller, "callee": callee, "calls": 900.0, "failed": 0.0})
        for time in times(0, 1200):
            slow = callee == "back" and at(700) <= time < at(880)
            row = {"caller": caller, "callee": callee, "time": time, "calls": 9.0, "failed": 0.0}
            told.tell(EdgeSignalQuery, {**row, "p50_ms": 5.0, "p95_ms": 300.0 if slow else 10.0})
    ranking = said_by("edge_change", told).ranking
    assert {place.service for place in ranking} == {"back"}


def test_a_gap_on_every_edge_of_a_service_is_booked_on_that_service() -> None:
    told = calm()
    ends = [("front", f"leaf{number}") for number in range(9)] + [("front", "middle"), ("middle", "back")]
    for caller, callee in ends:
        told.tell(TopologyQuery, {"caller": caller, "callee": callee, "calls": 900.0, "failed": 0.0})
        for time in times(0, 1200):
            slow = "middle" in (caller, callee) and at(700) <= time < at(880)
            row = {"caller": caller, "callee": callee, "time": time, "calls": 9.0, "failed": 0.0}
            told.tell(EdgeSignalQuery, {**row, "p50_ms": 5.0, "p95_ms": 9.0, "gap_p95_ms": 400.0 if slow else -2.0})
    ranking = said_by("edge_change", told).ranking
    assert [place.service for place in ranking] == ["middle", "middle"]


def test_the_new_version_is_compared_with_the_old_one_in_the_same_minutes() -> None:
    told = calm()
    happened(told, at(690), "deploy", "back 2.0", "back")
    draw = np.random.default_rng(4)
    for version, mean, start_s in (("1.9", 20.0, 600), ("2.0", 90.0, 700)):
        recorded(told, "metrics", "back", times(start_s, 900), version)
        for time in times(start_s, 900):
            value = float(draw.normal(mean, 1))
            row: Row = {"service": "back", "name": "reply.latency", "kind": "gauge", "unit": "ms", "attributes": "{}"}
            row |= {"statistic": "value", "time": time, "samples": 1}
            told.tell(MetricSignalQuery, {**row, "version": version, "value": value})
    gauge(told, "back", "reply.latency", [(time, float(draw.normal(25, 1))) for time in times(0, 1200)], unit="ms")
    first = said_by("new_against_old", told).ranking[0]
    assert (first.service, first.indicator) == ("back", "reply.latency")
    assert "2.0" in first.sentence


def test_who_left_the_band_first_is_raised_and_who_followed_its_callee_is_not() -> None:
    told, draw = Told(), np.random.default_rng(5)
    for service, begin_s in (("back", 700), ("middle", 730), ("front", 760)):
        rows = [(t, 50, 25 if at(begin_s) <= t < at(880) else 0, float(draw.normal(40, 2))) for t in times(0, 1200)]
        served(told, service, rows)
    scores = {place.service: place.score for place in said_by("onset_order", told).ranking}
    assert scores["back"] > 0
    assert scores["middle"] > 0
    assert "front" not in scores


def test_the_later_change_weighs_more_and_one_after_the_alarm_nothing() -> None:
    told = calm()
    happened(told, at(100), "deploy", "front 5", "front")
    happened(told, at(640), "config", "back limits", "back")
    happened(told, at(800), "deploy", "middle 7", "middle")
    scores = {place.service: place.score for place in said_by("change_proximity", told).ranking}
    assert scores["back"] > scores["front"] > 0 > scores["middle"]


def test_a_changed_service_is_suspected_when_only_its_unchanged_caller_fails() -> None:
    told, draw = Told(), np.random.default_rng(8)
    for service in SERVICES:
        failed = 25 if service == "middle" else 0
        rows = [(t, 50, failed if at(700) <= t < at(880) else 0, float(draw.normal(40, 2))) for t in times(0, 1200)]
        served(told, service, rows)
    assert said_by("changed_callee", told).state == "no data"
    happened(told, at(690), "deploy", "back 2.0", "back")
    first = said_by("changed_callee", told).ranking[0]
    assert (first.service, first.indicator) == ("back", "back 2.0")
    happened(told, at(695), "deploy", "middle 7", "middle")
    assert said_by("changed_callee", told).ranking[0].score < first.score


def test_a_changed_service_is_not_suspected_for_a_caller_whose_other_callee_fails() -> None:
    told, draw = Told(), np.random.default_rng(8)
    for service in SERVICES:
        failed = 0 if service == "front" else 25
        rows = [(t, 50, failed if at(700) <= t < at(880) else 0, float(draw.normal(40, 2))) for t in times(0, 1200)]
        served(told, service, rows)
    happened(told, at(690), "deploy", "aside 2.0", "aside")
    edges = (*EDGES, ("middle", "aside"))
    served(told, "aside", [(t, 50, 0, float(draw.normal(40, 2))) for t in times(0, 1200)])
    case = replace(CASE, system=replace(CASE.system, edges=edges))
    strongest = said_by("deviation", told, case).ranking[0].score
    assert all(place.score < 0.2 * strongest for place in said_by("changed_callee", told, case).ranking)


def test_a_step_that_no_longer_follows_is_found_and_its_caller_stays_behind() -> None:
    told = calm()

    def pair(service: str, event: str, following: str, before: int, now: int, kind: str = "line") -> None:
        row = {"service": service, "kind": kind, "event": event, "following": following}
        told.tell(TracePatternQuery, {**row, "times": now, "reference_times": before})

    for part in range(20):
        pair("front", f"Page#{part}", f"Page#{part + 1}", 200, 400)
    pair("back", "Store#31", "Store#34", 200, 0)
    pair("back", "Store#31", "", 0, 400)
    pair("middle", "Cart.add", "back Store.find", 200, 400, kind="call")
    pair("middle", "Cart.add", "", 200, 400, kind="begin")
    ranking = said_by("event_order", told).ranking
    assert {place.service for place in ranking} == {"back"}
    assert ranking[0].indicator in ("Store#31 → Store#34", "Store#31")


def test_few_failures_of_few_requests_do_not_outrank_many_of_many() -> None:
    told, draw = Told(), np.random.default_rng(5)
    for service, requests, failed in (("front", 1000, 100), ("middle", 20, 4), ("back", 1000, 100)):
        rows = [
            (t, requests, failed if at(700) <= t < at(880) else 0, float(draw.normal(40, 2))) for t in times(0, 1200)
        ]
        served(told, service, rows)
    strengths = {place.service: place.score for place in reversed(said_by("deviation", told).ranking)}
    assert strengths["middle"] < 0.2 * strengths["back"]


def test_waits_that_began_before_the_fault_are_none_of_its_doing() -> None:
    told, draw = calm(), np.random.default_rng(9)
    for service, wait_s in (("front", 3000.0), ("back", 20.0)):
        waits = [(t, wait_s if at(760) <= t < at(820) else float(draw.normal(1, 0.1))) for t in times(0, 1200)]
        gauge(told, service, "client.wait", waits, unit="s")
    first = said_by("deviation", told).ranking[0]
    assert (first.service, first.indicator) == ("back", "client.wait")


def test_a_failing_callee_explains_its_caller_and_what_cannot_be_reached_is_lowered() -> None:
    told, draw = Told(), np.random.default_rng(6)
    for service in ("front", "middle", "back", "island"):
        rows = [(t, 50, 25 if at(700) <= t < at(880) else 0, float(draw.normal(40, 2))) for t in times(0, 1200)]
        served(told, service, rows)
    scores = {place.service: place.score for place in said_by("topology", told).ranking}
    assert scores["front"] < 0
    assert scores["middle"] < 0
    assert scores["island"] < 0
    assert "back" not in scores


@pytest.mark.parametrize(
    "method", extensions(secondstory.stages.causes.methods, Method), ids=lambda method: method.name
)
def test_every_method_says_what_it_needs_and_rests_its_ranking_on_evidence(method: Method) -> None:
    assert method.summary
    assert method.needs
    told = calm()
    served(told, "back", [(time, 9, 9, 900.0) for time in times(700, 880)])
    run = said_by(method.name, told)
    assert run.state in ("ran", "no data")
    assert (run.state == "no data") == bool(run.detail)
    assert all(place.evidence_ids and place.sentence for place in run.ranking)


def test_versions_that_only_took_turns_are_not_compared() -> None:
    told = calm()
    happened(told, at(690), "deploy", "back 2.0", "back")
    recorded(told, "metrics", "back", times(0, 693), "1.9")
    recorded(told, "metrics", "back", times(692, 1200), "2.0")
    run = said_by("new_against_old", told)
    assert (run.state, run.ranking) == ("no data", ())
    assert run.detail == "No change is on record after which two versions ran side by side."
