"""What a crash loop and a retry storm alone predict: each row could have failed, and fails for who is told wrongly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.stages.build import Told, at, case_of, evidence_of, happened, served, settle, times, window

from secondstory.model.causes import CausesBody, Mechanism
from secondstory.model.codec import encode
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.incident import Alarm
from secondstory.model.matrix import Cell, Result
from secondstory.model.proposal import Proposal
from secondstory.model.query import EdgeSignalQuery
from secondstory.model.system import System
from secondstory.stages.causes import find_causes, fold_causes
from secondstory.stages.timeline import find_timeline

CHAIN = (("gateway", "checkout"), ("checkout", "orders"), ("gateway", "catalogue"))
FAULT = window(700, 880)


def recorded(
    *, stops: tuple[float, ...] = (), grows_at: float | None = None, requests: float = 50.0, elsewhere: bool = False
) -> Told:
    """orders fails from 700 s to 880 s and its callers with it; calls to it grow ninefold from `grows_at` on.

    `requests` come to checkout in each step of the fault, 50 before. `elsewhere`: an orchestrator tells of others.
    """
    told = Told()
    for service in ("gateway", "checkout", "orders", "catalogue"):
        fails = service != "catalogue"
        many = requests if service == "checkout" else 50.0
        points = [
            (t, many if FAULT.holds(t) else 50, 20 if FAULT.holds(t) and fails else 0, 40.0) for t in times(0, 1200)
        ]
        served(told, service, points)
    for caller, callee in CHAIN:
        fails, grows = callee != "catalogue", callee == "orders" and grows_at is not None
        for time in times(0, 1200):
            count = 450.0 if grows and grows_at is not None and at(grows_at) <= time < FAULT.end else 50.0
            row = {"caller": caller, "callee": callee, "time": time, "calls": count, "p50_ms": 20.0, "p95_ms": 40.0}
            told.tell(
                EdgeSignalQuery,
                {**row, "failed": 0.9 * count if FAULT.holds(time) and fails else 0.0, "gap_p95_ms": 1.0},
            )
    for second in stops:
        happened(told, at(second), "orchestrator", "stopped", "orders", attributes={"reason": "BackOff"})
    if elsewhere:
        happened(told, at(650), "orchestrator", "scaled", "catalogue", attributes={"reason": "ScalingReplicaSet"})
    return told


def weighed(told: Told, *proposals: Proposal) -> CausesBody:
    system = System(edges=tuple(sorted(CHAIN)), entry_services=("gateway",), metric_step_s=5)
    case = case_of(window(600, 950), system=system, alarm=Alarm(at(760), "gateway", "error_ratio"))
    evidence = evidence_of(case, told)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), told)
    found = settle(lambda answers: find_causes(case, evidence, timeline, answers), told)
    now = datetime(2026, 3, 3, tzinfo=UTC)
    said = [
        Decision(f"d-{n}", "inc-1", one.key, DecisionVerb.ADD, encode(one, Proposal).decode(), "", "owner", now)
        for n, one in enumerate(proposals)
    ]
    return fold_causes(found, tuple(said))


def cell(body: CausesBody, title: str, hypothesis: str) -> Cell:
    assert body.matrix is not None
    row = next(row for row in body.matrix.rows if row.title == title)
    return next(one for one in row.cells if one.hypothesis == hypothesis)


LOOPS = Proposal("orders", "It restarts all the time.", Mechanism.CRASH_LOOP)
ELSEWHERE = Proposal("catalogue", "The catalogue is the beginning.", Mechanism.ERRORS)
STORM = Proposal("checkout", "Checkout retries without end.", Mechanism.RETRY_STORM)
STOPS, FIRST = "Instances of orders stop", "orders stops before it fails"


@pytest.mark.parametrize(
    ("stops", "stop", "first"),
    [
        ((690, 720, 750), Result.HELD, Result.HELD),
        ((690,), Result.FAILED, Result.HELD),  # one is no loop
        ((), Result.FAILED, Result.SILENT),  # an orchestrator tells of others
        ((800, 830), Result.FAILED, Result.FAILED),  # it failed a hundred seconds before anything stopped
    ],
)
def test_a_crash_loop_needs_stops_in_time_and_before_the_failures(
    stops: tuple[float, ...], stop: Result, first: Result
) -> None:
    body = weighed(recorded(stops=stops, elsewhere=True), LOOPS)
    told = cell(body, STOPS, LOOPS.key)
    assert (told.result, bool(told.evidence_ids)) == (stop, True)
    if first is not Result.SILENT:
        assert cell(body, FIRST, LOOPS.key).result is first


def test_where_nobody_tells_of_stops_a_crash_loop_can_neither_hold_nor_fail() -> None:
    assert cell(weighed(recorded(), LOOPS), STOPS, LOOPS.key).result is Result.UNTOLD


def test_stops_speak_against_who_puts_the_beginning_elsewhere_and_not_for_who_was_made_from_them() -> None:
    body = weighed(recorded(stops=(690, 720, 750)), ELSEWHERE)
    machine = body.hypotheses[0]
    assert (machine.service, machine.mechanism) == ("orders", Mechanism.CRASH_LOOP)
    assert cell(body, STOPS, machine.key).circular
    assert cell(body, FIRST, machine.key).result is Result.HELD
    assert cell(body, STOPS, ELSEWHERE.key).result is Result.FAILED


@pytest.mark.parametrize(
    ("grows_at", "requests", "repeats", "after", "demand"),
    [
        (740.0, 50.0, Result.HELD, Result.HELD, Result.HELD),
        (660.0, 50.0, Result.HELD, Result.FAILED, Result.HELD),  # they grew before anything failed
        (740.0, 450.0, Result.FAILED, Result.HELD, Result.FAILED),  # as many more came in
        (None, 50.0, Result.FAILED, Result.UNTOLD, Result.HELD),
    ],
)
def test_a_retry_storm_multiplies_calls_after_they_fail_and_without_more_requests(
    grows_at: float | None, requests: float, repeats: Result, after: Result, demand: Result
) -> None:
    body = weighed(recorded(grows_at=grows_at, requests=requests), STORM)
    assert cell(body, "Calls from checkout to orders for each request", STORM.key).result is repeats
    assert cell(body, "What came first on calls from checkout to orders", STORM.key).result is after
    assert cell(body, "Requests that come to checkout", STORM.key).result is demand
