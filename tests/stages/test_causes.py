"""The causes stage on small told outages: what leads, what is only near in time, and when nothing can be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stages import outage as shiftable
from tests.stages.build import (
    STEP_S,
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

from secondstory.model.causes import CausesBody, Mechanism, Part, Standing, Verdict
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.incident import Alarm, Case
from secondstory.model.query import EdgeSignalQuery, TopologyQuery
from secondstory.model.system import System
from secondstory.stages.causes import find_causes, fold_causes
from secondstory.stages.timeline import find_timeline

FAULT_S = 700
CHAIN = (("gateway", "checkout"), ("checkout", "orders"), ("gateway", "catalogue"))
CASE = case_of(
    window(600, 900),
    system=System(edges=CHAIN, entry_services=("gateway",), metric_step_s=STEP_S),
    alarm=Alarm(at(760), "gateway", "error_ratio"),
)


def wobble(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def outage(
    told: Told,
    *,
    faulty: bool = True,
    names: dict[str, str] | None = None,
    pool: bool = True,
    lag_s: tuple[float, float, float] = (0, 10, 20),
) -> None:
    """orders fails from FAULT_S on, its callers after it; catalogue stays well."""
    called = names or {}
    draw = wobble(7)
    for service, lag in zip(("orders", "checkout", "gateway"), lag_s, strict=True):
        rows = []
        for time in times(0, 1200):
            bad = faulty and at(FAULT_S + lag) <= time < at(880)
            rows.append((time, 50, 20 if bad else 0, float(draw.normal(900 if bad else 40, 3))))
        served(told, called.get(service, service), rows)
    served(told, called.get("catalogue", "catalogue"), [(t, 60, 0, float(draw.normal(15, 1))) for t in times(0, 1200)])
    if pool:
        level = [
            (t, float(draw.normal(3, 0.4)) if not faulty or t < at(FAULT_S - 40) or t >= at(880) else 10.0)
            for t in times(0, 1200)
        ]
        gauge(told, called.get("orders", "orders"), "db.pool.connections", level)
        gauge(told, called.get("orders", "orders"), "db.pool.max", [(t, 10.0) for t in times(0, 1200)])


def causes_of(case: Case, told: Told) -> CausesBody:
    evidence = evidence_of(case, told)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), told)
    return settle(lambda answers: find_causes(case, evidence, timeline, answers), told)


def ranked(body: CausesBody) -> list[str]:
    return [service for service, _ in body.services]


def test_the_deepest_service_leads_and_its_callers_are_explained() -> None:
    told = Told()
    outage(told)
    body = causes_of(CASE, told)
    leader = body.hypotheses[0]
    assert (body.verdict, leader.service, leader.part) == (Verdict.SUPPORTED, "orders", Part.INITIATING)
    assert leader.mechanism is Mechanism.POOL_EXHAUSTED
    assert leader.indicator == "db.pool.connections"
    assert [(hop.callee, hop.caller) for hop in body.cascade] == [("orders", "checkout"), ("checkout", "gateway")]
    assert ranked(body)[-1] == "catalogue"


def test_without_metrics_the_same_service_leads() -> None:
    told = Told()
    outage(told, pool=False)
    assert causes_of(CASE, told).hypotheses[0].service == "orders"


def test_a_deploy_of_the_leader_is_its_trigger_though_another_lies_nearer() -> None:
    told = Told()
    outage(told)
    happened(told, at(650), "deploy", "orders 1.8.0", "orders")
    happened(told, at(695), "deploy", "catalogue 3.1", "catalogue")
    body = causes_of(CASE, told)
    assert [(found.part, found.service) for found in body.hypotheses[:2]] == [
        (Part.INITIATING, "orders"),
        (Part.TRIGGER, "orders"),
    ]
    assert body.hypotheses[1].change_key == body.hypotheses[0].change_key is not None
    assert body.hypotheses[1].confidence <= body.hypotheses[0].confidence


def test_an_innocent_deploy_does_not_make_a_healthy_service_lead() -> None:
    told = Told()
    outage(told)
    happened(told, at(695), "deploy", "catalogue 3.1", "catalogue")
    body = causes_of(CASE, told)
    assert body.hypotheses[0].service == "orders"
    assert body.hypotheses[0].change_key is None


def test_a_change_after_the_alarm_triggers_nothing() -> None:
    told = Told()
    outage(told)
    happened(told, at(800), "deploy", "orders 1.7.0 again", "orders")
    assert all(found.part is not Part.TRIGGER for found in causes_of(CASE, told).hypotheses)


def test_a_noisy_processor_beside_the_path_does_not_lead() -> None:
    told = Told()
    outage(told)
    draw = wobble(3)
    load = [(t, float(draw.normal(0.9 if at(650) <= t < at(850) else 0.1, 0.02))) for t in times(0, 1200)]
    gauge(told, "catalogue", "process.cpu.utilization", load)
    assert causes_of(CASE, told).hypotheses[0].service == "orders"


def test_a_calm_record_names_no_cause() -> None:
    told = Told()
    outage(told, faulty=False)
    happened(told, at(650), "deploy", "orders 1.8.0", "orders")
    calm = replace(CASE, incident=replace(CASE.incident, alarm=None))
    body = causes_of(calm, told)
    assert (body.verdict, body.confidence, body.hypotheses, body.cascade) == (Verdict.NONE, 0.0, (), ())
    assert "no cause is named" in body.separating
    assert set(ranked(body)) == {"gateway", "checkout", "orders", "catalogue"}


def test_two_equal_leaders_are_inconclusive_and_what_would_separate_them_is_said() -> None:
    told = Told()
    draw = wobble(5)
    for service in ("left", "right", "gateway"):
        served(
            told,
            service,
            [(t, 50, 20 if at(700) <= t < at(880) else 0, float(draw.normal(40, 2))) for t in times(0, 1200)],
        )
    edges = (("gateway", "left"), ("gateway", "right"))
    system = System(edges=edges, entry_services=("gateway",), metric_step_s=STEP_S)
    body = causes_of(replace(CASE, system=system), told)
    assert body.verdict is Verdict.INCONCLUSIVE
    assert body.confidence < 0.5
    assert "left" in body.separating
    assert "right" in body.separating


def test_nothing_recorded_is_no_cause_and_every_method_says_why() -> None:
    body = causes_of(CASE, Told())
    assert body.verdict is Verdict.NONE
    assert all(run.state == "no data" and run.detail for run in body.methods)


def test_unknown_changes_are_said_against_a_hypothesis() -> None:
    told = Told()
    outage(told)
    blind = replace(CASE, system=replace(CASE.system, changes_known=False))
    against = [argument.sentence for argument in causes_of(blind, told).hypotheses[0].arguments_against]
    assert any("changes" in sentence for sentence in against)


def test_a_probe_is_never_a_candidate() -> None:
    told = Told()
    outage(told)
    probed = replace(CASE, system=replace(CASE.system, probes=("gateway",)))
    assert "gateway" not in ranked(causes_of(probed, told))


def test_what_a_caller_sees_is_booked_on_the_callee() -> None:
    told = Told()
    draw = wobble(9)
    edge = []
    for time in times(0, 1200):
        slow = at(700) <= time < at(880)
        row = {"caller": "gateway", "callee": "vault", "time": time, "calls": 40.0, "failed": 0.0, "p50_ms": 10.0}
        edge.append({**row, "p95_ms": float(draw.normal(800 if slow else 20, 2))})
    told.tell(EdgeSignalQuery, *edge)
    told.tell(TopologyQuery, {"caller": "gateway", "callee": "vault", "calls": 9000.0, "failed": 0.0})
    served(told, "gateway", [(t, 40, 0, 830.0 if at(700) <= t < at(880) else 60.0) for t in times(0, 1200)])
    recorded(told, "spans", "gateway", times(0, 1200))
    alarm = Alarm(at(760), "gateway", "latency_p95_ms")
    case = case_of(window(600, 900), system=System(entry_services=("gateway",), metric_step_s=STEP_S), alarm=alarm)
    assert causes_of(case, told).hypotheses[0].service == "vault"


@pytest.mark.parametrize("leave_out", ["pool", "changes", "edges"])
def test_removing_a_source_never_makes_a_wrong_answer_sure(leave_out: str) -> None:
    told = Told()
    outage(told, pool=leave_out != "pool")
    if leave_out != "changes":
        happened(told, at(650), "deploy", "orders 1.8.0", "orders")
    case = CASE if leave_out != "edges" else replace(CASE, system=replace(CASE.system, edges=()))
    body = causes_of(case, told)
    assert body.hypotheses[0].service == "orders" or body.verdict is not Verdict.SUPPORTED


@settings(max_examples=10)
@given(st.permutations(["gateway", "checkout", "orders", "catalogue"]))
def test_renaming_services_permutes_the_ranking_only(names: list[str]) -> None:
    as_named = dict(zip(("gateway", "checkout", "orders", "catalogue"), names, strict=True))
    plain, renamed = Told(), Told()
    outage(plain)
    outage(renamed, names=as_named)
    edges = tuple(sorted((as_named[caller], as_named[callee]) for caller, callee in CHAIN))
    system = replace(CASE.system, edges=edges, entry_services=(as_named["gateway"],))
    alarm = Alarm(at(760), as_named["gateway"], "error_ratio")
    case = replace(CASE, system=system, incident=replace(CASE.incident, alarm=alarm))
    expected = {as_named[service]: pytest.approx(score) for service, score in causes_of(CASE, plain).services}
    assert dict(causes_of(case, renamed).services) == expected


@settings(max_examples=5)
@given(st.integers(-400, 400), st.integers(0, 86_399))
def test_a_shifted_clock_shifts_no_ranking(days: int, seconds: int) -> None:
    shift_s = days * 86_400 + seconds
    plain = causes_of(shiftable.outage_case(), shiftable.outage())
    shifted = causes_of(shiftable.outage_case(shift_s=shift_s), shiftable.outage(shift_s=shift_s))
    assert (shifted.verdict, shifted.services, shifted.indicators) == (plain.verdict, plain.services, plain.indicators)


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    plain, shuffled = Told(), Told()
    outage(plain)
    outage(shuffled)
    for rows in shuffled.rows.values():
        Random(seed).shuffle(rows)
    assert causes_of(CASE, plain) == causes_of(CASE, shuffled)


def decision(verb: DecisionVerb, subject: str, number: int, text: str = "") -> Decision:
    when = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(minutes=number)
    return Decision(f"d-{number}", "inc-1", subject, verb, text, "", "owner", when)


def test_people_reorder_hypotheses_and_may_take_that_back() -> None:
    told = Told()
    outage(told)
    found = causes_of(CASE, told)
    first, second = found.hypotheses[:2]
    rejected = fold_causes(found, (decision(DecisionVerb.REJECT, first.key, 1),))
    assert rejected.hypotheses[-1].standing is Standing.REJECTED
    assert rejected.hypotheses[0].key == second.key
    assert rejected.confidence == second.confidence
    undone = fold_causes(
        found, (decision(DecisionVerb.REJECT, first.key, 1), decision(DecisionVerb.WITHDRAW, "-", 2, "d-1"))
    )
    assert undone == fold_causes(found, ())
    accepted = fold_causes(found, (decision(DecisionVerb.ACCEPT, second.key, 1),))
    assert (accepted.hypotheses[0].key, accepted.hypotheses[0].standing) == (second.key, Standing.ACCEPTED)


def test_a_decision_on_a_vanished_hypothesis_is_an_orphan_and_others_are_not_ours() -> None:
    told = Told()
    outage(told)
    found = causes_of(CASE, told)
    gone = decision(DecisionVerb.ACCEPT, "hypothesis/nobody/nothing", 1)
    other = decision(DecisionVerb.ACCEPT, "milestone/detected", 2)
    assert fold_causes(found, (gone, other)).orphaned_decisions == ("d-1",)
