"""Proposed actions: each answers something found, says how one will know, and leaves ownership open."""

from __future__ import annotations

from dataclasses import replace

from tests.stages.report_documents import causes_body
from tests.stages.report_sample import evidence_body
from tests.stages.report_story import timeline_body

from secondstory.model.actions import ActionItem, ActionKind, ActionsBody, Strength
from secondstory.model.causes import CausesBody, Mechanism, Standing, Verdict
from secondstory.model.gap import Gap, GapReason
from secondstory.model.timeline import EventKind, TimelineBody
from secondstory.stages.actions import propose_actions


def proposed(causes: CausesBody, timeline: TimelineBody | None = None) -> ActionsBody:
    return propose_actions(evidence_body(), timeline or timeline_body(), causes, "UTC")


def one(body: ActionsBody, key: str) -> ActionItem:
    return next(item for item in body.items if item.key.startswith(f"action/{key}"))


def test_an_alert_on_what_left_its_band_first_says_the_lead_that_it_would_have_had() -> None:
    alert = one(proposed(causes_body()), "detect/orders")

    assert alert.kind is ActionKind.DETECT
    assert "`db.client.connection.count{state=used} > 9` on orders fires by 09:59:40 UTC" in alert.criterion
    assert "11 min 50 s to 12 min before the first alert did" in alert.criterion
    assert alert.evidence_ids


def test_where_an_alert_came_first_no_other_is_proposed() -> None:
    early = tuple(
        replace(event, moment=replace(event.moment, earliest=event.moment.earliest.replace(hour=9, minute=58)))
        if event.kind is EventKind.ALERT
        else event
        for event in timeline_body().events
    )
    body = proposed(causes_body(), replace(timeline_body(), events=early))
    assert not [item for item in body.items if item.key.startswith("action/detect/orders")]


def test_where_nothing_fired_the_alert_says_so() -> None:
    silent = tuple(event for event in timeline_body().events if event.kind is not EventKind.ALERT)
    body = proposed(causes_body(), replace(timeline_body(), events=silent))
    assert "where nothing fired" in one(body, "detect/orders").criterion


def test_the_mechanism_gets_a_guard_the_hops_a_protection_the_change_a_check() -> None:
    body = proposed(causes_body())

    assert one(body, "prevent/orders/pool_exhausted").kind is ActionKind.PREVENT
    assert "circuit breaker" in one(body, "mitigate/breaker/checkout/orders").title
    assert "retry budget" in one(body, "mitigate/retries/gateway/checkout").title
    assert "`orders 1.8.0`" in one(body, "process/orders").title
    assert all(item.answers and item.criterion for item in body.items)


def test_a_hop_that_crossed_in_no_way_that_shows_asks_for_no_protection() -> None:
    causes = causes_body()
    unknown = tuple(replace(hop, mechanism=Mechanism.UNKNOWN) for hop in causes.cascade)
    assert not [item for item in proposed(replace(causes, cascade=unknown)).items if item.kind is ActionKind.MITIGATE]


def test_the_strongest_come_first() -> None:
    ranks = [list(Strength).index(item.strength) for item in proposed(causes_body()).items]
    assert ranks == sorted(ranks)


def test_without_a_cause_only_blind_spots_are_answered() -> None:
    body = proposed(replace(causes_body(), verdict=Verdict.NONE), "UTC")
    assert {item.answers[0].split("/")[0] for item in body.items} == {"gap"}


def test_where_nothing_separates_the_rivals_the_proposal_is_to_record_what_would() -> None:
    causes = replace(causes_body(), verdict=Verdict.INCONCLUSIVE, separating="Pool waits by caller would tell.")
    body = proposed(causes)

    separate = one(body, "detect/separate")
    assert len(separate.answers) == 2
    assert "Pool waits by caller would tell." in separate.criterion
    assert not [item for item in body.items if item.kind in (ActionKind.PREVENT, ActionKind.MITIGATE)]


def test_an_explanation_that_people_set_aside_asks_for_nothing() -> None:
    aside = tuple(replace(h, standing=Standing.REJECTED) for h in causes_body().hypotheses)
    body = proposed(replace(causes_body(), hypotheses=aside))
    assert {item.answers[0].split("/")[0] for item in body.items} == {"gap"}


def test_a_mechanism_that_the_evidence_does_not_name_gets_no_guard() -> None:
    first, *others = causes_body().hypotheses
    unknown = replace(causes_body(), hypotheses=(replace(first, mechanism=Mechanism.UNKNOWN), *others))
    assert not [item for item in proposed(unknown).items if item.kind is ActionKind.PREVENT]


def test_gaps_of_one_source_need_one_repair_and_what_was_taken_out_needs_none() -> None:
    gaps = (
        Gap("gap/logs/1", "logs", None, GapReason.NO_DATA, "No rows of orders."),
        Gap("gap/logs/2", "logs", None, GapReason.NO_DATA, "No rows of cart."),
        Gap("gap/mail", "mail", None, GapReason.REDACTED, "Addresses are taken out."),
    )
    body = propose_actions(
        evidence_body(gaps=gaps), timeline_body(), replace(causes_body(), verdict=Verdict.NONE), "UTC"
    )

    assert [item.answers for item in body.items] == [("gap/logs/1", "gap/logs/2")]
    assert "No rows of orders. No rows of cart." in body.items[0].criterion
