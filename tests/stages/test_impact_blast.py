"""Blast radius step by step, objectives proposed from fault-free requests, and amounts by values that people gave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.stages.build import STEP_S, Told, at
from tests.stages.outage import HARM, WELL, outage, outage_case
from tests.stages.test_impact_budget import impact_of

from secondstory.model.budget import Span
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.impact import ImpactBody
from secondstory.model.query import EndpointQuery, UserStepQuery
from secondstory.model.worth import WorthUnit
from secondstory.stages.impact import fold_impact


def with_endpoints(told: Told, *, weight: float = 1.0) -> Told:
    """Two endpoints of the gateway: carts stay well, half of the payments fail while users are hit."""
    told.rows[EndpointQuery] = []
    for second in range(0, 1300, STEP_S):
        hit = HARM <= second < WELL
        for name, requests, failed in (("GET /cart", 30, 0), ("POST /pay", 10, 5 if hit else 0)):
            row = {"service": "gateway", "endpoint": name, "time": at(second), "up_to_ms": 100.0}
            told.tell(EndpointQuery, {**row, "requests": requests * weight, "failed": failed * weight})
    for second in range(int(HARM) - STEP_S, int(WELL) + STEP_S, STEP_S):
        new = 10 if HARM <= second < HARM + 7 * STEP_S else 0
        told.tell(UserStepQuery, {"time": at(second), "users": 20, "users_failed": 12, "users_first": new})
    return told


def test_services_endpoints_and_users_are_told_step_by_step() -> None:
    blast = impact_of(outage_case(), with_endpoints(outage())).blast
    assert blast is not None
    assert {one.service for one in blast.touched if one.kind == "service"} == {"gateway", "checkout", "orders"}
    (pay,) = [one for one in blast.touched if one.kind == "endpoint"]
    assert (pay.name, pay.first, pay.last, pay.failed) == ("POST /pay", at(HARM), at(WELL), 44 * 5)
    during = [step for step in blast.steps if at(HARM) <= step.time < at(WELL)]
    assert {(step.services, step.endpoints, step.failed) for step in during} == {(3, 1, 5.0)}
    assert sum(step.users_first or 0 for step in blast.steps) == 70
    assert blast.steps[blast.widest].services == 3
    assert [len(track.shares) for track in blast.tracks] == [len(blast.steps)] * 3
    orders = next(track for track in blast.tracks if track.service == "orders")
    assert orders.shares[-3] == pytest.approx(1.0) and orders.hit[-3]


def test_a_sampled_request_counts_for_as_many_as_it_stands_for() -> None:
    one, ten = (impact_of(outage_case(), with_endpoints(outage(), weight=w)).blast for w in (1.0, 10.0))
    assert one is not None and ten is not None
    assert [step.failed for step in ten.steps] == [10 * (step.failed or 0) for step in one.steps]


def test_what_requests_do_not_tell_is_unknown_and_not_zero() -> None:
    blast = impact_of(outage_case(), outage()).blast
    assert blast is not None and blast.endpoints_known is None
    step = blast.steps[5]
    assert (step.endpoints, step.requests, step.failed, step.users, step.users_first) == (None,) * 5
    assert step.services > 0


def test_objectives_are_proposed_from_fault_free_requests_and_say_so() -> None:
    body = impact_of(replace(outage_case(), objectives=()), with_endpoints(outage()))
    burns = {burn.objective: burn for burn in body.burns}
    assert set(burns) == {
        f"gateway {of}{indicator}"
        for of in ("", "GET /cart ", "POST /pay ")
        for indicator in ("availability", "latency")
    }
    assert all(burn.proposed.startswith("Proposed, since nobody gave one") for burn in body.burns)
    # Of 6,400 fault-free requests none failed: surely fewer than 0.06 %. That is more than half the budget of 99.9 %,
    # and less than half that of 99.5 %; a quarter of them still say 0.24 %.
    whole, pay = burns["gateway availability"], burns["gateway POST /pay availability"]
    assert (whole.target_ratio, pay.target_ratio) == (0.995, 0.995)
    assert pay.bad == whole.bad == 44 * 5
    assert pay.total * 4 == whole.total
    assert burns["gateway latency"].slow_ms == 100.0
    assert "No service level objective" in " ".join(body.unknowns)


def test_what_was_given_is_not_proposed_again_and_few_requests_propose_nothing() -> None:
    given = impact_of(outage_case(), with_endpoints(outage()))
    assert [burn.objective for burn in given.burns if burn.indicator == "availability"] == ["gateway-availability"]
    assert {burn.objective for burn in given.burns if burn.proposed} == {
        "gateway latency",
        "gateway GET /cart latency",
        "gateway POST /pay latency",
    }
    few = impact_of(replace(outage_case(), objectives=()), with_endpoints(outage(), weight=0.001))
    assert few.burns == ()
    assert any("promise nothing" in sentence for sentence in few.unknowns)


def worth(unit: str, text: str, number: int = 1, verb: DecisionVerb = DecisionVerb.ADD) -> Decision:
    return Decision(
        f"dec-{number}", "inc-1", f"worth/{unit}", verb, text, "as finance says", "owner", at(5000 + number)
    )


def found() -> ImpactBody:
    return impact_of(outage_case(), outage())


def test_without_a_value_there_is_no_amount() -> None:
    body = found()
    assert (body.costs, body.assumptions) == ((), ())
    assert fold_impact(body, ()) == body


def test_an_amount_is_the_count_times_the_value_both_as_ranges() -> None:
    body = found()
    folded = fold_impact(body, (worth("request", "2..4 EUR"), worth("customer", "10 EUR", 2)))
    customers, requests = folded.costs
    figures = {one.key: one for one in body.figures}
    excess, failed = figures["figure/excess_failures"], figures["figure/requests_failed"]
    assert requests.amount == Span(excess.low * 2, excess.value * 3, failed.value * 4)
    assert requests.currency == "EUR" and requests.evidence_ids
    assert customers.amount == Span(700, 700, 700)  # 70 users were hit
    (given, _) = folded.assumptions[::-1]
    assert (given.actor_id, given.why, given.at) == ("owner", "as finance says", at(5001))
    assert "2 to 4 EUR" in requests.basis


def test_minutes_are_those_between_the_first_and_the_last_harm() -> None:
    body = found()
    (cost,) = fold_impact(body, (worth("minute", "60 USD"),)).costs
    assert cost.unit is WorthUnit.MINUTE
    assert cost.amount.low <= WELL - HARM <= cost.amount.high
    assert body.window is not None and cost.amount.value == pytest.approx(body.window.seconds)


def test_customers_may_stand_behind_requests_where_requests_name_nobody() -> None:
    body = found()
    nameless = replace(body, figures=tuple(one for one in body.figures if one.unit != "users"))
    alone = fold_impact(nameless, (worth("customer", "10 EUR"),))
    assert alone.costs == () and any("customers stand behind a request" in one for one in alone.unknowns)
    both = fold_impact(nameless, (worth("customer", "10 EUR"), worth("customers_per_request", "0.5", 2)))
    money, people = both.costs
    assert (people.currency, money.currency) == ("", "EUR")
    assert money.amount.value == pytest.approx(people.amount.value * 10)
    assert money.decision_ids == ("dec-1", "dec-2")


def test_a_later_value_holds_a_withdrawn_one_does_not_and_a_wrong_one_is_an_orphan() -> None:
    body = found()
    later = fold_impact(body, (worth("request", "1 EUR"), worth("request", "2 EUR", 2)))
    assert [one.low for one in later.assumptions] == [2.0]
    gone = fold_impact(body, (worth("request", "1 EUR"), worth("request", "dec-1", 2, DecisionVerb.WITHDRAW)))
    assert (gone.costs, gone.assumptions) == ((), ())
    for wrong in ("much", "5..2 EUR", "5", "1 euro", "-1 EUR"):
        assert fold_impact(body, (worth("request", wrong),)).orphaned_decisions == ("dec-1",)
    assert fold_impact(body, (worth("heart", "1 EUR"),)).orphaned_decisions == ("dec-1",)
