"""The cascade hop by hop: how the failure travelled, and what a missing protection would have spared, as a range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tests.stages.build import Told, at, case_of, evidence_of, gauge, served, settle, window

from secondstory.model.cascade import Guard, GuardState, Protection, Travel
from secondstory.model.causes import Hop, Mechanism
from secondstory.model.incident import Alarm
from secondstory.model.query import EdgeSignalQuery
from secondstory.model.system import System
from secondstory.stages.causes import find_causes
from secondstory.stages.timeline import find_timeline

HARM, WELL, STEP_S = 700.0, 880.0, 5.0
Calls = Callable[[bool], tuple[float, float]]  # harmed: calls a step, client's less server's ms


def hop_of(
    calls: Calls, *, others_fail: int = 0, queue: bool = False, pool: bool = True, over_the_call: bool = True
) -> Hop:
    """gateway calls store; store fails from HARM on. 50 requests a step come in, `others_fail` of them elsewhere."""
    told, draw = Told(), np.random.default_rng(3)
    seconds = np.arange(0, 1200, STEP_S).tolist()
    bad = {second: HARM <= second < WELL for second in seconds}
    for service, usual in (("store", 20), ("gateway", 40)):
        failed = 50 if service == "store" else 30 + others_fail
        points = [
            (at(s), 100, failed if bad[s] else 0, float(draw.normal(3000 if bad[s] else usual, 1))) for s in seconds
        ]
        served(told, service, points)
    for second in seconds:
        count, gap = calls(bad[second])
        harmed = bad[second] and over_the_call
        p95 = float(draw.normal(3000 if harmed else 20, 1))
        row = {"caller": "gateway", "callee": "store", "time": at(second), "calls": count, "p50_ms": p95 / 2}
        told.tell(EdgeSignalQuery, {**row, "failed": 30.0 if harmed else 0.0, "p95_ms": p95, "gap_p95_ms": gap})
    if queue:
        gauge(told, "store", "requests.queue", [(at(s), 80.0 if bad[s] else 1.0) for s in seconds])
    gauge(told, "store", "db.pool.connections", [(at(s), 10.0 if bad[s] and pool else 3.0) for s in seconds])
    gauge(told, "store", "db.pool.max", [(at(s), 10.0) for s in seconds])
    system = System(edges=(("gateway", "store"),), entry_services=("gateway",), metric_step_s=5)
    case = case_of(window(600, 950), system=system, alarm=Alarm(at(760), "gateway", "error_ratio"))
    evidence = evidence_of(case, told)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), told)
    body = settle(lambda answers: find_causes(case, evidence, timeline, answers), told)
    (hop,) = body.cascade
    assert (hop.callee, hop.caller) == ("store", "gateway")
    return hop


def ways(hop: Hop) -> set[Travel]:
    return {sign.way for sign in hop.signs}


def guard(hop: Hop, wanted: Guard) -> Protection | None:
    return next((one for one in hop.protections if one.guard is wanted), None)


def test_a_full_pool_and_failed_calls_are_told_and_the_breaker_that_was_missing_is_reckoned() -> None:
    hop = hop_of(lambda _bad: (30.0, 1.0))
    assert {Travel.EXHAUSTED, Travel.ERRORS, Travel.WAITING} <= ways(hop)
    assert not {Travel.RETRIES, Travel.TIMEOUT, Travel.QUEUE} & ways(hop)
    breaker = guard(hop, Guard.CIRCUIT_BREAKER)
    assert breaker is not None
    assert breaker.state is GuardState.MISSING
    assert breaker.spared is not None
    # 180 s of harm at 6 calls a second, all failing: 1,080 calls, less what passes before it opens.
    assert 0.9 * (180 - 35) * 6 <= breaker.spared.low < breaker.spared.high <= 180 * 6
    assert breaker.assumption


def test_the_mechanism_of_a_hop_is_what_was_measured_on_its_call() -> None:
    def told(calls: Calls, *, queue: bool = False) -> Mechanism:
        return hop_of(calls, queue=queue, pool=False).mechanism

    assert hop_of(lambda _bad: (30.0, 1.0)).mechanism is Mechanism.POOL_EXHAUSTED
    assert told(lambda _bad: (30.0, 1.0)) is Mechanism.ERRORS
    assert told(lambda _bad: (30.0, 1.0), queue=True) is Mechanism.QUEUE_GROWTH
    assert told(lambda bad: (30.0, -1000.0 if bad else 1.0)) is Mechanism.TIMEOUT
    assert told(lambda bad: (300.0 if bad else 100.0, 1.0)) is Mechanism.RETRY_STORM
    # The caller and the callee both fail, but not over this call, so nothing tells that one led to the other.
    assert hop_of(lambda _bad: (30.0, 1.0), pool=False, over_the_call=False).mechanism is Mechanism.UNKNOWN


def test_repeated_calls_are_measured_as_calls_out_for_each_request_in() -> None:
    hop = hop_of(lambda bad: (300.0 if bad else 100.0, 1.0))
    sign = next(sign for sign in hop.signs if sign.way is Travel.RETRIES)
    assert "3 to 3 times" in sign.sentence
    budget = guard(hop, Guard.RETRY_BUDGET)
    assert budget is not None
    assert budget.spared is not None
    assert 0.8 * 180 * 36 <= budget.spared.low < budget.spared.high <= 185 * 40


def test_another_mix_of_requests_is_not_taken_for_repeated_calls() -> None:
    assert Travel.RETRIES not in ways(hop_of(lambda bad: (60.0 if bad else 20.0, 1.0)))


def test_callers_that_give_up_before_the_callee_ends_show_their_limit() -> None:
    hop = hop_of(lambda bad: (30.0, -1000.0 if bad else 1.0))
    sign = next(sign for sign in hop.signs if sign.way is Travel.TIMEOUT)
    assert "a limit of about 2 s" in sign.sentence
    limit = guard(hop, Guard.TIMEOUT)
    assert limit is not None
    assert limit.state is GuardState.LATE
    assert limit.spared is not None
    assert limit.spared.unit == "s"
    # 6 calls a second for 180 s, each waiting 1.8 s longer than worth while: all of them at most, a twentieth at least.
    assert limit.spared.low < 0.06 * 180 * 6 * 1.8 < 0.9 * 180 * 6 * 1.8 < limit.spared.high <= 185 * 6 * 1.8


def test_calls_without_any_limit_are_said_to_have_none() -> None:
    limit = guard(hop_of(lambda _bad: (30.0, 1.0)), Guard.TIMEOUT)
    assert limit is not None
    assert limit.state is GuardState.MISSING


def test_a_breaker_that_held_calls_back_late_is_not_called_missing() -> None:
    breaker = guard(hop_of(lambda bad: (30.0 if not bad else 10.0, 1.0)), Guard.CIRCUIT_BREAKER)
    assert breaker is None or breaker.state is GuardState.LATE


def test_a_growing_queue_asks_for_shedding_and_other_failures_of_the_caller_for_a_bulkhead() -> None:
    hop = hop_of(lambda _bad: (30.0, 1.0), others_fail=40, queue=True)
    assert Travel.QUEUE in ways(hop)
    assert guard(hop, Guard.LOAD_SHEDDING) is not None
    bulkhead = guard(hop, Guard.BULKHEAD)
    assert bulkhead is not None
    assert bulkhead.spared is not None
    assert bulkhead.spared.unit == "requests"
    assert guard(hop_of(lambda _bad: (30.0, 1.0)), Guard.BULKHEAD) is None
