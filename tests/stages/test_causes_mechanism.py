"""How a leading service fails is told from what only that mechanism shows, and look-alikes are told apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.stages.build import STEP_S, Told, at, case_of, evidence_of, gauge, happened, served, settle, times, window

from secondstory.model.causes import CausesBody, Mechanism, Verdict
from secondstory.model.incident import Alarm
from secondstory.model.query import EdgeSignalQuery
from secondstory.model.system import System
from secondstory.stages.causes import find_causes
from secondstory.stages.timeline import find_timeline

FAULT = window(700, 880)
CHAIN = (("gateway", "checkout"), ("checkout", "orders"))
CASE = case_of(
    window(600, 900),
    system=System(edges=CHAIN, entry_services=("gateway",), metric_step_s=STEP_S),
    alarm=Alarm(at(760), "gateway", "error_ratio"),
)


def shop(told: Told, *, failing: float = 0.4, slow_ms: float = 40, silent: tuple[str, ...] = ()) -> None:
    """orders fails or slows in the fault, its callers with it; what is `silent` serves nothing in it."""
    draw = np.random.default_rng(7)
    for service in ("orders", "checkout", "gateway"):
        rows = []
        for time in times(0, 1200):
            hit = FAULT.holds(time)
            requests = 0 if hit and service in silent else 50
            p95_ms = float(draw.normal(slow_ms if hit else 40, 3))
            rows.append((time, requests, requests * failing if hit else 0, p95_ms))
        served(told, service, rows)


def calls(
    told: Told, caller: str, callee: str, *, times_more: float = 1, failing: float = 0.4, slow_ms: float = 40
) -> None:
    """Calls along an edge, `times_more` of them in the fault."""
    draw = np.random.default_rng(8)
    for time in times(0, 1200):
        hit = FAULT.holds(time)
        count = 50.0 * (times_more if hit else 1)
        p95_ms = float(draw.normal(slow_ms if hit else 40, 3))
        told.tell(
            EdgeSignalQuery,
            {
                "caller": caller,
                "callee": callee,
                "time": time,
                "calls": count,
                "failed": count * failing if hit else 0.0,
                "p50_ms": p95_ms / 2,
                "p95_ms": p95_ms,
                "gap_p95_ms": 1.0,
            },
        )


def causes_of(told: Told, alarmed: bool = True) -> CausesBody:
    case = CASE if alarmed else replace(CASE, incident=replace(CASE.incident, alarm=None))
    evidence = evidence_of(case, told)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), told)
    return settle(lambda answers: find_causes(case, evidence, timeline, answers), told)


def mechanism(told: Told) -> tuple[str, Mechanism]:
    leader = causes_of(told).hypotheses[0]
    return leader.service, leader.mechanism


def test_memory_that_climbs_and_falls_back_is_a_leak() -> None:
    told = Told()
    shop(told)
    climbs = [(t, 100e6 + (40e6 * (n % 8) if FAULT.holds(t) else 0)) for n, t in enumerate(times(0, 1200))]
    gauge(told, "orders", "process.memory.usage", climbs, unit="By")
    assert mechanism(told) == ("orders", Mechanism.MEMORY_LEAK)


def test_memory_that_climbs_once_and_stays_is_no_leak() -> None:
    told = Told()
    shop(told)
    gauge(told, "orders", "process.memory.usage", [(t, 400e6 if FAULT.holds(t) else 100e6) for t in times(0, 1200)])
    assert mechanism(told)[1] is not Mechanism.MEMORY_LEAK


@pytest.mark.parametrize(("stops", "expected"), [(1, Mechanism.CRASH), (3, Mechanism.CRASH_LOOP)])
def test_unbidden_stops_are_a_crash_and_several_a_loop_even_after_a_deploy(stops: int, expected: Mechanism) -> None:
    told = Told()
    shop(told)
    happened(told, at(690), "deploy", "orders 1.8.0", "orders")
    for number in range(stops):
        happened(told, at(710 + 30 * number), "orchestrator", "stopped", "orders", attributes={"reason": "BackOff"})
    assert mechanism(told) == ("orders", expected)


def test_starts_and_stops_of_a_roll_out_are_no_crash() -> None:
    told = Told()
    shop(told)
    happened(told, at(690), "deploy", "orders 1.8.0", "orders")
    for second, reason in ((700, "Started"), (710, "Killing"), (720, "Killing")):
        happened(told, at(second), "orchestrator", "replica", "orders", attributes={"reason": reason})
    assert mechanism(told) == ("orders", Mechanism.ERRORS)


def test_a_count_of_restarts_that_grows_is_a_loop_without_any_event() -> None:
    told = Told()
    shop(told)
    counted = [(t, float(sum(t >= at(s) for s in (710, 750, 800)))) for t in times(0, 1200)]
    gauge(told, "orders", "k8s.container.restart.count", counted, unit="{restart}")
    assert mechanism(told) == ("orders", Mechanism.CRASH_LOOP)


@pytest.mark.parametrize(("times_more", "storm"), [(9.0, True), (3.0, False)])
def test_calls_beyond_usual_retries_that_mostly_fail_are_a_storm(times_more: float, storm: bool) -> None:
    told = Told()
    shop(told)
    calls(told, "gateway", "checkout")
    calls(told, "checkout", "orders", times_more=times_more, failing=0.9)
    service, told_mechanism = mechanism(told)
    assert service in ("checkout", "orders")
    assert (told_mechanism is Mechanism.RETRY_STORM) is storm


def test_a_client_that_counts_its_retries_shows_a_storm_without_spans_of_its_calls() -> None:
    told = Told()
    shop(told)
    again = [(t, 200.0 if FAULT.holds(t) else 0.0) for t in times(0, 1200)]
    more = {"unit": "{request}", "statistic": "rate", "attributes": {"server.address": "orders"}}
    gauge(told, "checkout", "http.client.request.retries", again, **more)
    happened(told, at(695), "config", "checkout: another retry policy", "checkout")
    assert mechanism(told)[1] is Mechanism.RETRY_STORM


def test_failures_after_a_changed_setting_are_a_bad_configuration_and_after_a_deploy_just_errors() -> None:
    for kind, expected in (("config", Mechanism.BAD_CONFIGURATION), ("deploy", Mechanism.ERRORS)):
        told = Told()
        shop(told)
        happened(told, at(695), kind, "orders: a new value", "orders")
        assert mechanism(told) == ("orders", expected)


def test_a_leaf_that_is_slow_to_its_callers_is_a_slow_dependency() -> None:
    told = Told()
    shop(told, failing=0.0, slow_ms=900)
    for caller, callee in CHAIN:
        calls(told, caller, callee, failing=0.0, slow_ms=900)
    assert mechanism(told) == ("orders", Mechanism.SLOW_DEPENDENCY)


def test_a_service_that_nobody_calls_any_more_has_not_crashed() -> None:
    told = Told()
    shop(told, silent=("orders",))
    calls(told, "gateway", "checkout", failing=0.4)
    calls(told, "checkout", "orders", times_more=0.0)
    assert all(found.mechanism is not Mechanism.CRASH for found in causes_of(told).hypotheses)


def test_a_service_that_is_called_and_serves_nothing_has_crashed() -> None:
    told = Told()
    shop(told, silent=("orders",))
    calls(told, "gateway", "checkout")
    calls(told, "checkout", "orders", failing=1.0)
    assert mechanism(told) == ("orders", Mechanism.CRASH)


def test_one_failed_request_on_a_calm_day_names_no_cause() -> None:
    told = Told()
    shop(told, failing=0.0)
    once = [(t, 1.0 if t == at(750) else 0.0) for t in times(0, 1200)]
    gauge(told, "orders", "bank.errors", once, unit="1/s")
    body = causes_of(told, alarmed=False)
    assert (body.verdict, body.hypotheses) == (Verdict.NONE, ())


def test_a_caller_to_whom_all_callees_fail_while_they_serve_well_leads() -> None:
    told = Told()
    draw = np.random.default_rng(9)
    for service in ("gateway", "checkout", "orders", "payment"):
        failing = service in ("gateway", "checkout")
        rows = [(t, 50, 20 if failing and FAULT.holds(t) else 0, float(draw.normal(40, 3))) for t in times(0, 1200)]
        served(told, service, rows)
    calls(told, "gateway", "checkout")
    calls(told, "checkout", "orders", failing=1.0)
    calls(told, "checkout", "payment", failing=1.0)
    assert causes_of(told).hypotheses[0].service == "checkout"
