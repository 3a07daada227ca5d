"""The detection stage: when rules would have fired on told samples, what is proposed, and what let a change pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.stages.build import Told, at, evidence_of, gauge, recorded, settle, times, window
from tests.stages.outage import DEPLOYED, FULL, HARM, PAGED, WELL, outage, outage_case

from secondstory.model.detection import DetectionBody, Existed, Outcome, ReplayedRule, Rule, RuleKind
from secondstory.model.evidence import Answers
from secondstory.model.incident import Case
from secondstory.model.query import (
    CoverageQuery,
    LogPatternQuery,
    LogSignalQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    SampleQuery,
    SpanSignalQuery,
)
from secondstory.model.system import AlertRule, BurnAlert, Objective
from secondstory.stages.actions import propose_actions
from secondstory.stages.causes import find_causes
from secondstory.stages.detection import (
    Given,
    find_detection,
    moved,
    record_of,
    replay_rule,
    rule_file,
    sample_query,
    trace_of,
)
from secondstory.stages.impact import assess_impact
from secondstory.stages.timeline import find_timeline, fold_timeline
from secondstory.texts.durations import duration

POOL = AlertRule("PoolFull", 'max(db_client_connection_count{service_name="orders"}) > 15', timedelta(0), "page")


def given_of(case: Case, told: Told) -> Given:
    evidence = evidence_of(case, told)
    timeline = fold_timeline(settle(lambda answers: find_timeline(case, evidence, answers), told), ())
    causes = settle(lambda answers: find_causes(case, evidence, timeline, answers), told)
    return Given(case, evidence, timeline, causes)


def detection_of(told: Told, *rules: AlertRule, objectives: tuple[Objective, ...] = ()) -> DetectionBody:
    given = given_of(replace(outage_case(), rules=rules, objectives=objectives), told)
    return settle(lambda answers: find_detection(given, answers), told)


def replayed(told: Told, expression: str, hold_s: float = 0.0) -> ReplayedRule:
    given = given_of(outage_case(), told)
    query = sample_query(given, (expression,))
    assert query is not None
    rule = Rule("Tried", RuleKind.TRIED, "tried", "tried", expression, hold_s, 0.0, "")
    return replay_rule(rule, record_of(given, told.answer((query,))[0]))


def rule_named(body: DetectionBody, name: str) -> ReplayedRule:
    return next(one for one in body.rules if one.rule.name == name)


def test_a_rule_that_existed_fires_between_the_evaluations_around_the_truth() -> None:
    found = rule_named(detection_of(outage(), POOL), "PoolFull")
    assert found.outcome is Outcome.FIRED and found.fires is not None
    assert found.fires.earliest <= at(FULL) <= found.fires.latest
    assert found.sooner_s is not None
    assert found.sooner_s[0] <= PAGED - FULL <= found.sooner_s[1]
    assert found.false_alarms == 0


def test_the_signal_that_showed_first_is_proposed_and_leads_the_answer() -> None:
    body = detection_of(outage())
    first = body.rules[0]
    assert first.rule.kind is RuleKind.THRESHOLD and body.best == first.key
    assert 'db_client_connection_count{service_name="orders"' in first.rule.expression
    assert first.lever is not None and 2 < first.lever.value < 20
    assert first.fires is not None and at(DEPLOYED) < first.fires.latest < at(PAGED)
    assert "the fill level of orders" in body.sentence and "never falsely" in body.sentence
    assert body.trace is not None and len(body.trace.quiet) > 1


def test_a_line_inside_the_usual_band_costs_false_alarms() -> None:
    told = outage()
    name = "worker.queue.length"
    spikes = [(time, 9.0 if number in (30, 90, 250) else 1.0) for number, time in enumerate(times(0, 1300))]
    gauge(told, "orders", name, spikes, unit="{item}")
    quiet = replayed(told, "worker_queue_length > 10")
    assert (quiet.outcome, quiet.false_alarms) == (Outcome.SILENT, 0)
    noisy = replayed(told, "worker_queue_length > 5")
    assert (noisy.outcome, noisy.false_alarms) == (Outcome.SILENT, 3)
    assert [one.start for one in noisy.false_firing] == [at(150), at(450), at(1250)]
    assert replayed(told, "worker_queue_length > 5", hold_s=10).false_alarms == 0
    assert replayed(told, "worker_queue_length < 5").outcome is Outcome.ALREADY


def test_moving_the_line_changes_the_expression_and_when_it_fires() -> None:
    told = outage()
    given = given_of(replace(outage_case(), rules=(POOL,)), told)
    query = sample_query(given)
    assert query is not None
    record = record_of(given, told.answer((query,))[0])
    body = settle(lambda answers: find_detection(given, answers), told)
    rule = rule_named(body, "PoolFull").rule
    sooner, later = (replay_rule(moved(rule, value), record) for value in (5, 30))
    assert sooner.fires is not None and sooner.fires.latest < at(FULL)
    assert later.outcome is Outcome.SILENT
    trace = trace_of(sooner, record)
    assert trace is not None and max(point.value or 0 for point in trace.points) == 20
    with pytest.raises(ValueError, match="single number"):
        moved(replace(rule, expression="up == 0 and on () vector(1)"), 1)


@pytest.mark.parametrize(
    ("expression", "outcome", "told_in"),
    [
        ("sum(rate(nobody_counts_this_total[5m])) > 1", Outcome.NO_SIGNAL, "nobody recorded"),
        ("max_over_time(up[1h:1m]) > 1", Outcome.CANNOT_REPLAY, "subqueries"),
        ('{__name__=~"db_.*"} > 1', Outcome.CANNOT_REPLAY, "more than one name"),
        ("db_client_connection_count >", Outcome.CANNOT_REPLAY, "character"),
    ],
)
def test_what_cannot_be_replayed_says_why(expression: str, outcome: Outcome, told_in: str) -> None:
    found = rule_named(detection_of(outage(), replace(POOL, expression=expression)), "PoolFull")
    assert found.outcome is outcome and told_in in found.reason
    assert (found.fires, found.false_alarms) == (None, None)


def test_a_signal_that_never_existed_is_named() -> None:
    body = detection_of(outage(), replace(POOL, expression="queue_age_seconds > 5"))
    assert any(one.what == "queue_age_seconds" and "PoolFull" in one.sentence for one in body.missing)
    assert any(one.service == "checkout" and one.what == "saturation" for one in body.missing)


def test_an_objective_given_in_promql_becomes_two_burn_rates() -> None:
    good, total = ('sum(rate(process_cpu_utilization{job="gateway"}[1m]))',) * 2
    objective = replace(outage_case().objectives[0], good_query=good, total_query=total)
    burns = [one.rule for one in detection_of(outage(), objectives=(objective,)).rules if "Burns" in one.rule.name]
    assert sorted(one.severity for one in burns) == ["page", "ticket"]
    fast = next(one for one in burns if one.severity == "page")
    assert "[1h]" in fast.expression and "[5m]" in fast.expression
    assert "> 0.1344" in fast.expression  # 2 % of 28 days' budget of 1 % in an hour


def test_safeguards_say_what_the_records_say_and_no_more() -> None:
    told = outage()
    rows = told.rows[OccurrenceQuery]
    checks = "unit tests passed; canary: skipped"
    rows[0]["attributes"] = rows[0]["attributes"][:-1] + f', "change.checks": "{checks}", "test_note": "no soak test"}}'
    found = {one.kind: one for one in detection_of(told, POOL).safeguards}
    assert found["review"].existed is Existed.UNKNOWN
    assert found["tests"].existed is Existed.YES and "no soak test" in found["tests"].passed
    assert found["canary"].existed is Existed.NO
    assert found["alerts"].existed is Existed.YES and "1 of 1" in found["alerts"].saw


def traced() -> Told:
    """The outage as spans alone tell it."""
    told = outage()
    for kind in (MetricSignalQuery, SampleQuery, LogSignalQuery, LogPatternQuery):
        told.rows.pop(kind)
    told.rows[CoverageQuery] = [row for row in told.rows[CoverageQuery] if row["table"] not in ("metrics", "logs")]
    return told


def test_where_no_metric_was_recorded_rules_on_spans_are_proposed_and_say_what_must_be_recorded() -> None:
    body = detection_of(traced())
    best = next(one for one in body.rules if one.key == body.best)
    assert best.rule.kind is RuleKind.THRESHOLD and best.reads[0].startswith("span_")
    assert best.fires is not None and at(HARM) < best.fires.latest <= at(PAGED)  # a step is known at its end
    assert "a server must record it" in best.reason and best.evidence_ids
    absence = next(one for one in body.rules if one.rule.kind is RuleKind.ABSENCE)
    assert absence.outcome is Outcome.SILENT
    written = rule_file((best,), "inc-1", body.fault_free_s)
    assert f"record: {best.reads[0]}" in written and "traces_span_metrics" in written


def test_an_objective_that_was_only_proposed_becomes_two_burn_rates_on_spans() -> None:
    told = outage()
    given = given_of(outage_case(), told)
    impact = settle(lambda answers: assess_impact(given.case, given.evidence, given.timeline, answers), told)
    proposed = replace(impact.burns[0], proposed="It could be kept.", endpoint=None)
    given = replace(given, case=replace(given.case, objectives=()), burns=(proposed,))
    body = settle(lambda answers: find_detection(given, answers), told)
    fast, slow = (one for one in body.rules if one.rule.kind is RuleKind.BURN_RATE)
    assert {"span_failure_rate", "span_request_rate"} == {*fast.reads}
    assert fast.outcome is Outcome.FIRED and fast.fires is not None and fast.fires.latest > at(HARM)
    assert "[1h]" in fast.rule.expression + slow.rule.expression and "longer than" in fast.reason


def test_where_only_lines_were_recorded_a_rule_on_error_lines_is_proposed() -> None:
    told = outage()
    for kind in (MetricSignalQuery, SampleQuery, SpanSignalQuery):
        told.rows.pop(kind)
    told.rows[CoverageQuery] = [row for row in told.rows[CoverageQuery] if row["table"] not in ("metrics", "spans")]
    quiet = [t for t in times(0, 1300, 5) if not at(HARM) <= t < at(WELL)]
    told.tell(LogSignalQuery, *({"service": "orders", "severity": "error", "time": t, "rows": 1} for t in quiet))
    recorded(told, "logs", "orders", times(0, 1300, 5))
    best = next(one for one in detection_of(told).rules if one.outcome is Outcome.FIRED)
    assert best.reads == ("log_line_rate",) and best.false_alarms == 0
    assert "let your log store record it" in rule_file((best,), "inc-1", 300.0)


def test_two_rules_of_one_name_are_told_apart() -> None:
    warning = replace(POOL, expression=POOL.expression.replace("15", "1000"), severity="ticket")
    body = detection_of(outage(), POOL, warning)
    found = [one for one in body.rules if one.rule.name == "PoolFull"]
    assert {one.rule.severity: one.outcome for one in found} == {"page": Outcome.FIRED, "ticket": Outcome.SILENT}
    assert len({one.key for one in body.rules}) == len(body.rules)


def test_the_table_of_safeguards_tells_how_late_the_first_alert_was() -> None:
    late, later = (replace(POOL, name=f"Held{hold}", hold=timedelta(seconds=hold)) for hold in (150, 220))
    body = detection_of(outage(), late, later)
    (alerts,) = (one for one in body.safeguards if one.kind == "alerts")
    first = rule_named(body, "Held150").sooner_s
    assert first is not None and first[1] < 0
    assert f"would fire {duration(-first[1])} after a person was told" in alerts.passed


def test_a_quiet_day_proposes_nothing_and_claims_nothing() -> None:
    body = detection_of(outage(fault=False))
    assert not any(one.rule.kind is RuleKind.THRESHOLD for one in body.rules)
    assert body.best is None and body.noticed is None


def test_nothing_recorded_is_no_reason_to_fail() -> None:
    given = given_of(replace(outage_case(), rules=(POOL,)), Told())
    body = find_detection(given, Answers({}))
    assert isinstance(body, DetectionBody)
    assert rule_named(body, "PoolFull").outcome is Outcome.NO_SIGNAL


def test_order_of_rows_and_a_shifted_clock_change_nothing_else() -> None:
    told = outage()
    plain = detection_of(told, POOL)
    told.rows[SampleQuery].reverse()
    assert detection_of(told, POOL) == plain
    assert window(600, 1100) == plain.window


def test_burn_rate_alerts_that_an_objective_asked_for_are_rules_that_existed() -> None:
    good = 'sum(rate(process_cpu_utilization{job="gateway"}[1m]))'
    alert = BurnAlert("fast-burn", 14.4, timedelta(hours=1), timedelta(minutes=2), "page")
    objective = replace(outage_case().objectives[0], good_query=good, total_query=good, alerts=(alert,))
    found = rule_named(detection_of(outage(), objectives=(objective,)), "fast-burn")
    assert (found.rule.kind, found.rule.hold_s) == (RuleKind.EXISTING, 120)
    assert "[1h]" in found.rule.expression and found.rule.expression.endswith("> 0.144")


def test_the_best_alert_is_proposed_with_its_replay_as_the_criterion() -> None:
    told = outage()
    given = given_of(outage_case(), told)
    body = settle(lambda answers: find_detection(given, answers), told)
    found = propose_actions(given.evidence, given.timeline, given.causes, "UTC", body)
    (alert,) = [item for item in found.items if item.key.startswith("action/detect/Orders")]
    best = next(one for one in body.rules if one.key == body.best)
    assert f"`{best.rule.expression}`, held for 15 s" in alert.criterion
    assert "with no false alarm in" in alert.criterion and alert.evidence_ids == best.evidence_ids
    without = propose_actions(given.evidence, given.timeline, given.causes, "UTC")
    assert [item.key for item in without.items if item.key.startswith("action/detect/orders")]
