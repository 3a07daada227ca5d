"""The matrix of competing hypotheses: what each predicts, what became of it, and what people may add, mark and undo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest
from tests.stages.build import Told, at, case_of, evidence_of, gauge, happened, served, settle, times, window

from secondstory.model.causes import CausesBody, Hypothesis, Mechanism, Part, Standing
from secondstory.model.codec import encode
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb
from secondstory.model.incident import Alarm
from secondstory.model.matrix import Cell, Column, Matrix, Result
from secondstory.model.proposal import Proposal
from secondstory.model.query import EdgeSignalQuery, LogPatternQuery, LogSignalQuery
from secondstory.model.system import System
from secondstory.stages.causes import find_causes, fold_causes
from secondstory.stages.timeline import find_timeline

DEPLOYED, FULL, HARM, UNDONE, WELL = 640.0, 660.0, 700.0, 870.0, 880.0
EDGES = (
    ("checkout", "orders"),
    ("checkout", "payment"),
    ("gateway", "catalogue"),
    ("gateway", "checkout"),
    ("orders", "store"),
)
USUAL_MS = {"gateway": 60, "checkout": 40, "orders": 20, "payment": 15, "catalogue": 10}
HARMED = ("gateway", "checkout", "orders")


def harmed(service: str, second: float) -> bool:
    return service in HARMED and HARM <= second < WELL


@cache
def found(*, tidied: bool = False) -> CausesBody:
    """The pool of orders fills after a deploy; orders, checkout and the gateway fail until it is rolled back.

    `tidied`: orders is deployed once more when all is well again.
    """
    told, draw, seconds = Told(), np.random.default_rng(5), np.arange(0, 1200, 5.0).tolist()
    for service, usual in USUAL_MS.items():
        points = [
            (at(s), 50, 30 if harmed(service, s) else 0, float(draw.normal(900 if harmed(service, s) else usual, 1)))
            for s in seconds
        ]
        served(told, service, points)
    for caller, callee in EDGES:
        bad = callee in HARMED
        told.tell(EdgeSignalQuery, *(_called(caller, callee, s, bad and HARM <= s < WELL, draw) for s in seconds))
    used = [(at(s), 10.0 if FULL <= s < WELL else float(draw.normal(3, 0.3))) for s in seconds]
    gauge(told, "orders", "db.pool.connections", used)
    gauge(told, "orders", "db.pool.waiting", [(at(s), 10.0 if HARM <= s < WELL else 0.0) for s in seconds])
    gauge(told, "orders", "db.pool.max", [(time, 10.0) for time, _ in used])
    gauge(told, "payment", "process.cpu.utilization", [(at(s), float(draw.normal(0.2, 0.01))) for s in seconds])
    happened(told, at(DEPLOYED), "deploy", "orders 1.8.0", "orders")
    happened(told, at(UNDONE), "deploy", "orders 1.7.4", "orders")
    if tidied:
        happened(told, at(WELL + 30), "deploy", "orders 1.7.5", "orders")
    _logs(told)
    system = System(edges=EDGES, entry_services=("gateway",), metric_step_s=5)
    case = case_of(window(600, 950), system=system, alarm=Alarm(at(760), "gateway", "error_ratio"))
    evidence = evidence_of(case, told)
    timeline = settle(lambda answers: find_timeline(case, evidence, answers), told)
    return settle(lambda answers: find_causes(case, evidence, timeline, answers), told)


def _called(caller: str, callee: str, second: float, bad: bool, draw: np.random.Generator) -> dict[str, object]:
    usual = USUAL_MS.get(callee, 5)
    p95 = float(draw.normal(900 if bad else usual, 1))
    ends = {"caller": caller, "callee": callee, "time": at(second)}
    return {**ends, "calls": 50.0, "failed": 50.0 if bad else 0.0, "p50_ms": p95 / 2, "p95_ms": p95, "gap_p95_ms": 1.0}


def _logs(told: Told) -> None:
    usual = {"severity": "info", "traces": 0, "reference_traces": 0, "first_time": at(0), "last_time": at(1200)}
    for service in ("orders", "payment"):
        told.tell(
            LogSignalQuery, *({"service": service, "severity": "info", "time": t, "rows": 5} for t in times(0, 1200))
        )
        row = {"service": service, "pattern": "done", "rows": 350, "reference_rows": 850, "sample": "done", **usual}
        told.tell(LogPatternQuery, row)
    new = {"severity": "error", "pattern": "no connection", "sample": "no connection", "rows": 90, "reference_rows": 0}
    told.tell(LogPatternQuery, {**usual, **new, "service": "orders"})


def decided(verb: DecisionVerb, subject: str, number: int, text: str = "", why: str = "") -> Decision:
    when = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(minutes=number)
    return Decision(f"d-{number}", "inc-1", subject, verb, text, why, "owner", when)


def added(proposal: Proposal, number: int = 1) -> Decision:
    return decided(DecisionVerb.ADD, proposal.key, number, encode(proposal, Proposal).decode())


def matrix_of(body: CausesBody) -> Matrix:
    assert body.matrix is not None
    return body.matrix


def cells_of(body: CausesBody, key: str) -> dict[str, Cell]:
    """The cells of a hypothesis by the row's title."""
    return {row.title: cell for row in matrix_of(body).rows for cell in row.cells if cell.hypothesis == key}


def column_of(body: CausesBody, key: str) -> Column:
    return next(one for one in matrix_of(body).columns if one.hypothesis == key)


def by_service(body: CausesBody, service: str) -> Hypothesis:
    return next(one for one in body.hypotheses if one.service == service and one.part is Part.INITIATING)


def test_the_right_hypothesis_has_nothing_against_it_and_its_rivals_fail_on_what_they_call() -> None:
    body = fold_causes(found(), ())
    leader, rival = by_service(body, "orders"), by_service(body, "gateway")
    assert matrix_of(body).order[0] == leader.key
    assert column_of(body, leader.key).against_low == 0
    cells = cells_of(body, rival.key)
    assert cells["Calls from checkout to orders"].result is Result.FAILED
    assert "stay as fast" in cells["Calls from checkout to orders"].prediction
    assert cells["A limit of orders is reached"].result is Result.FAILED
    assert cells["orders 1.7.4 at 10:14:30 ends it"].result is Result.FAILED


def test_a_change_made_when_all_was_well_again_speaks_against_nobody() -> None:
    body = fold_causes(found(tidied=True), ())
    assert column_of(body, by_service(body, "orders").key).against_low == 0
    assert not any("1.7.5" in row.title for row in matrix_of(body).rows)


def test_every_told_cell_could_have_failed_by_a_time_on_an_edge_and_names_its_evidence() -> None:
    body = fold_causes(found(), ())
    cell = cells_of(body, by_service(body, "orders").key)["Calls from checkout to orders"]
    assert cell.prediction == "Calls from checkout to orders fail or slow down by 10:11:45."
    assert cell.evidence_ids
    told = [one for row in matrix_of(body).rows for one in row.cells if one.result in (Result.HELD, Result.FAILED)]
    assert all(one.prediction and one.observed and one.evidence_ids for one in told)


def test_no_hypothesis_is_tested_on_the_signal_that_it_was_made_from() -> None:
    body = fold_causes(found(), ())
    rival = by_service(body, "gateway")
    assert rival.indicator == "error_ratio"
    own = cells_of(body, rival.key)["Requests that gateway serves"]
    assert (own.circular, own.result) == (True, Result.SILENT)
    assert own.observed == "The hypothesis was made from error_ratio, so this does not count for it."
    other = cells_of(body, rival.key)["Calls from checkout to orders"]
    assert (other.circular, other.result) == (False, Result.FAILED)
    of_leader = cells_of(body, by_service(body, "orders").key)["Requests that gateway serves"]
    assert of_leader.result is Result.HELD


def test_rows_that_separate_most_come_first_and_what_all_share_separates_nothing() -> None:
    rows = matrix_of(fold_causes(found(), ())).rows
    assert [row.separates for row in rows] == sorted((row.separates for row in rows), reverse=True)
    assert rows[0].separates > 0
    shared = next(row for row in rows if row.title == "Calls from gateway to catalogue")
    assert shared.separates == 0


WRONG = Proposal("payment", "The bank was slow again.", Mechanism.LATENCY)
WRITTEN = encode(WRONG, Proposal).decode()


def test_a_persons_wrong_hypothesis_is_tested_like_the_machines_and_fails() -> None:
    body = fold_causes(found(), (added(WRONG),))
    own = next(one for one in body.hypotheses if one.key == WRONG.key)
    assert (own.words, own.decision_ids, own.confidence) == (WRONG.words, ("d-1",), 0.0)
    cells = cells_of(body, WRONG.key)
    assert cells["Calls from checkout to payment"].result is Result.FAILED
    assert cells["Calls from checkout to payment"].prediction.startswith("Calls from checkout to payment slow down")
    assert cells["Calls from checkout to orders"].result is Result.FAILED
    assert column_of(body, WRONG.key).against_low > column_of(body, by_service(body, "orders").key).against_low + 2
    assert own.arguments_against
    assert body.orphaned_decisions == ()


def test_a_persons_right_hypothesis_stands_beside_the_machines() -> None:
    right = Proposal("orders", "Connections leak.", Mechanism.POOL_EXHAUSTED, indicator="db.pool.connections")
    body = fold_causes(found(), (added(right),))
    assert column_of(body, right.key).against_low == 0
    assert cells_of(body, right.key)["db.pool.connections of orders"].result is Result.HELD


def test_a_hypothesis_about_the_way_between_two_services_clears_both_ends() -> None:
    network = Proposal("checkout", "Packets are lost on the way.", Mechanism.ERRORS, peer="payment")
    cells = cells_of(fold_causes(found(), (added(network),)), network.key)
    assert cells["Calls from checkout to payment"].result is Result.FAILED


def test_what_hid_it_or_slowed_recovery_does_not_compete_for_the_beginning() -> None:
    hid = Proposal("orders", "Nobody watched the pool.", part=Part.HID_IT)
    body = fold_causes(found(), (added(hid),))
    assert column_of(body, hid.key).place == 0
    assert hid.key not in matrix_of(body).order


def test_a_service_without_any_signal_cannot_be_told_and_the_query_that_would_tell_is_named() -> None:
    dark = Proposal("store", "The disk of the database was full.", Mechanism.RESOURCE_EXHAUSTED)
    body = fold_causes(found(), (added(dark),))
    assert cells_of(body, dark.key)["Resources of store fill up"].result is Result.UNTOLD
    row = next(row for row in matrix_of(body).rows if row.title == "Resources of store fill up")
    assert row.ask == "Read processor, memory, disk and handles of store from 10:10:00 to 10:15:50."
    column = column_of(body, dark.key)
    assert column.against_high > column.against_low


def test_a_marked_cell_changes_the_ranking_keeps_the_machines_result_and_can_be_taken_back() -> None:
    plain = fold_causes(found(), ())
    leader = by_service(plain, "orders")
    subjects = [cell.subject for cell in cells_of(plain, leader.key).values() if cell.result is Result.HELD]
    marks = tuple(
        decided(DecisionVerb.MARK, subject, number, "failed", "The probe lies.")
        for number, subject in enumerate(subjects, start=1)
    )
    body = fold_causes(found(), marks)
    assert matrix_of(body).order[0] != leader.key
    marked = next(cell for cell in cells_of(body, leader.key).values() if cell.decision_ids)
    assert (marked.machine, marked.result, marked.reason) == (Result.HELD, Result.FAILED, "The probe lies.")
    undone = tuple(decided(DecisionVerb.WITHDRAW, "-", 100 + n, mark.id) for n, mark in enumerate(marks))
    assert fold_causes(found(), (*marks, *undone)) == plain


def test_accepting_and_rejecting_reorders_and_what_is_rejected_no_longer_competes() -> None:
    plain = fold_causes(found(), ())
    leader = by_service(plain, "orders")
    body = fold_causes(found(), (added(WRONG), decided(DecisionVerb.REJECT, leader.key, 2)))
    assert body.hypotheses[-1].standing is Standing.REJECTED
    assert leader.key not in matrix_of(body).order
    accepted = fold_causes(found(), (added(WRONG), decided(DecisionVerb.ACCEPT, WRONG.key, 2)))
    assert (accepted.hypotheses[0].key, accepted.hypotheses[0].standing) == (WRONG.key, Standing.ACCEPTED)


def test_the_cascade_begins_where_the_first_standing_hypothesis_does() -> None:
    body = found()
    assert fold_causes(body, ()).cascade[0].callee == "orders"
    rejected = decided(DecisionVerb.REJECT, by_service(body, "orders").key, 1)
    turned = fold_causes(body, (rejected,))
    assert by_service(turned, "gateway") in turned.hypotheses[:2]
    assert turned.cascade == ()  # nobody calls the gateway
    told = added(Proposal("bank", "The bank was down."))
    others = [decided(DecisionVerb.REJECT, one.key, number) for number, one in enumerate(body.hypotheses, 2)]
    assert fold_causes(body, (told, *others)).cascade == ()


def test_the_last_vote_of_each_person_counts_and_changes_no_ranking() -> None:
    key = by_service(fold_causes(found(), ()), "gateway").key

    def vote(person: str, text: str, number: int, subject: str = key) -> Contribution:
        when = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(minutes=number)
        return Contribution(f"c-{number}", "inc-1", subject, ContributionKind.VOTE, text, person, when)

    votes = (vote("a", "for", 1), vote("b", "for", 2), vote("a", "against", 3), vote("c", "for", 4, "hypothesis/gone"))
    body = fold_causes(found(), (), votes)
    column = column_of(body, key)
    assert (column.votes_for, column.votes_against) == (1, 1)
    assert matrix_of(body).order == matrix_of(fold_causes(found(), ())).order
    assert matrix_of(body).orphaned_contributions == ("c-4",)


@pytest.mark.parametrize(
    "decision",
    [
        decided(DecisionVerb.MARK, "cell/gone/hypothesis", 1, "held"),
        decided(DecisionVerb.ADD, "hypothesis/told/x/-/-/unknown/initiating", 1, "no JSON"),
        decided(
            DecisionVerb.ADD, "hypothesis/told/another/-/-/unknown/initiating", 1, encode(WRONG, Proposal).decode()
        ),
        decided(DecisionVerb.REJECT, WRONG.key, 1),
    ],
    ids=["cell gone", "no proposal", "another key", "hypothesis withdrawn"],
)
def test_a_decision_without_its_subject_is_kept_as_an_orphan(decision: Decision) -> None:
    assert fold_causes(found(), (decision,)).orphaned_decisions == ("d-1",)


def test_a_mark_that_is_no_result_is_an_orphan() -> None:
    subject = matrix_of(fold_causes(found(), ())).rows[0].cells[0].subject
    body = fold_causes(found(), (decided(DecisionVerb.MARK, subject, 1, "perhaps"),))
    assert body.orphaned_decisions == ("d-1",)


def test_one_cell_that_would_change_the_first_place_is_named_with_its_query() -> None:
    steady = matrix_of(fold_causes(found(), ()))
    assert steady.flips == ()
    assert "No single cell" in steady.steadiness
    close = Proposal("orders", "It is only slow.", Mechanism.LATENCY)
    flips = matrix_of(fold_causes(found(), (added(close),))).flips
    assert flips
    assert all(flip.ask and flip.sentence for flip in flips)


def test_the_case_against_the_leader_names_what_was_never_tested_and_its_best_rival() -> None:
    body = fold_causes(found(), ())
    objection = matrix_of(body).objection
    assert objection is not None
    assert objection.leader == by_service(body, "orders").key
    assert objection.question.startswith("If orders were not where it begins, what else would explain this?")
    assert any("against it and stands on" in doubt.sentence for doubt in objection.doubts)


def test_without_any_hypothesis_there_is_no_matrix() -> None:
    calm = fold_causes(CausesBody(found().verdict, 0.0, (), (), (), (), (), ""), ())
    assert calm.matrix is None
