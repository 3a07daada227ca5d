"""The evidence stage on small told recordings: what is asked, what signals say, what is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.stages.build import Told, at, case_of, evidence_of, gauge, happened, recorded, served, times, window
from tests.stages.outage import outage, outage_case

from secondstory.model.codec import canonical_json
from secondstory.model.findings import EvidenceBody
from secondstory.model.gap import Gap, GapReason
from secondstory.model.query import CoverageQuery, LogSignalQuery, MetricSignalQuery, OccurrenceQuery
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.system import System

CASE = case_of(window(600, 900))


def signal(body: EvidenceBody, key: str) -> Signal:
    return next(one for one in body.signals if one.key == key)


def gap(body: EvidenceBody, key: str) -> Gap | None:
    return next((one for one in body.gaps if one.key == key), None)


def test_an_outage_becomes_signals_edges_and_an_entry() -> None:
    body = evidence_of(outage_case(), outage())
    assert body.services == ("catalogue", "checkout", "gateway", "orders")
    assert body.entry_services == ("gateway",)
    assert [(edge.caller, edge.callee) for edge in body.edges] == [
        ("checkout", "orders"),
        ("gateway", "catalogue"),
        ("gateway", "checkout"),
    ]
    assert np.nanmax(signal(body, "signal/orders/error_ratio").values) == 1.0
    assert signal(body, "signal/gateway/latency_p95_ms").kind is SignalKind.LATENCY
    assert {one.kind for one in body.occurrences} == {"alert", "chat", "command", "deploy", "page"}
    assert body.patterns[0].rows == 1760


def test_the_entry_is_the_caller_that_nobody_calls_unless_it_is_given() -> None:
    case = outage_case()
    unknown = replace(case, system=System(metric_step_s=5))
    assert evidence_of(unknown, outage()).entry_services == ("gateway",)
    probed = replace(case, system=System(metric_step_s=5, probes=("gateway",)))
    assert evidence_of(probed, outage()).entry_services == ("catalogue", "checkout")


def test_a_pool_is_a_saturation_signal_that_knows_its_limit() -> None:
    body = evidence_of(outage_case(), outage())
    used = signal(body, "signal/orders/db.client.connection.count{state=used}")
    assert used.kind is SignalKind.SATURATION
    assert used.limit == 20.0


@pytest.mark.parametrize(
    ("name", "unit", "statistic", "kind"),
    [
        ("http.server.request.duration", "s", "p95", SignalKind.LATENCY),
        ("http.server.request.duration", "s", "rate", SignalKind.TRAFFIC),
        ("process.cpu.time", "s", "rate", SignalKind.RESOURCE),
        ("jvm.memory.used", "By", "value", SignalKind.RESOURCE),
        ("hikaricp_connections_active", None, "value", SignalKind.SATURATION),
        ("queue_depth", None, "value", SignalKind.SATURATION),
        ("db.client.connection.timeouts", None, "rate", SignalKind.ERRORS),
        ("grpc_requests_failed_total", None, "rate", SignalKind.ERRORS),
        ("LatencyP99(s)", "s", "value", SignalKind.LATENCY),
        ("requests", None, "value", SignalKind.TRAFFIC),
        ("temperature", None, "value", SignalKind.OTHER),
    ],
)
def test_words_tell_what_an_indicator_measures(name: str, unit: str | None, statistic: str, kind: SignalKind) -> None:
    told = Told()
    points = [(time, 1.0) for time in times(0, 1200)]
    gauge(told, "orders", name, points, unit=unit, statistic=statistic)
    assert evidence_of(CASE, told).signals[0].kind is kind


@pytest.mark.parametrize(
    ("name", "unit", "value", "turned", "failures"),
    [("success_ratio", "1", 0.98, "1-success_ratio", 0.02), ("SuccessRate(%)", "%", 98.0, "100-SuccessRate(%)", 2.0)],
)
def test_shares_of_success_become_shares_of_failure(
    name: str, unit: str, value: float, turned: str, failures: float
) -> None:
    told = Told()
    gauge(told, "orders", name, [(time, value) for time in times(0, 1200)], unit=unit)
    (one,) = evidence_of(CASE, told).signals
    assert (one.indicator, one.kind, one.name) == (turned, SignalKind.ERRORS, name)
    assert one.values == pytest.approx(np.full(one.values.size, failures))


def test_no_requests_is_zero_traffic_but_no_failure_share_and_no_latency() -> None:
    told = Told()
    served(told, "gateway", [(time, 50, 0, 80) for time in times(0, 1200)])
    quiet = [(time, 0 if at(700) <= time < at(800) else 20, 0, 30) for time in times(0, 1200)]
    served(told, "orders", quiet)
    body = evidence_of(CASE, told)
    step = int(np.searchsorted(body.grid.starts_us, int(at(750).timestamp()) * 1_000_000))
    assert signal(body, "signal/orders/request_rate").values[step] == 0.0
    assert np.isnan(signal(body, "signal/orders/error_ratio").values[step])
    assert np.isnan(signal(body, "signal/orders/latency_p95_ms").values[step])
    silent = gap(body, "gap/spans/orders/silent")
    assert silent is not None and silent.window == window(700, 800)


def test_time_in_which_nobody_wrote_a_span_is_unknown_not_calm() -> None:
    told = Told()
    points = [(time, 50, 0, 80) for time in times(0, 1200) if not at(700) <= time < at(800)]
    served(told, "gateway", points)
    body = evidence_of(CASE, told)
    inside = body.grid.mask(window(700, 800))
    assert np.isnan(signal(body, "signal/gateway/request_rate").values[inside]).all()
    hole = gap(body, "gap/spans/hole/1")
    assert hole is not None and hole.window == window(700, 800)


def test_a_service_that_falls_silent_for_good_is_a_gap_and_a_possible_symptom() -> None:
    told = Told()
    gauge(told, "gateway", "queue_depth", [(time, 1.0) for time in times(0, 1200)])
    gauge(told, "orders", "queue_depth", [(time, 1.0) for time in times(0, 700)])
    silent = gap(evidence_of(CASE, told), "gap/metrics/orders/silent")
    assert silent is not None and silent.window == window(700, 900)
    assert "symptom" in silent.detail


def test_a_service_that_writes_only_now_and_then_may_be_silent() -> None:
    told = Told()
    gauge(told, "gateway", "queue_depth", [(time, 1.0) for time in times(0, 1200)])
    gauge(told, "orders", "queue_depth", [(at(second), 1.0) for second in (500, 520, 540, 920, 950)])
    assert gap(evidence_of(CASE, told), "gap/metrics/orders/silent") is None


def test_a_counter_that_has_not_appeared_yet_stands_at_zero() -> None:
    told = Told()
    gauge(told, "orders", "calls", [(t, 9.0) for t in times(0, 1200)], statistic="rate", attributes={"status": "ok"})
    failing = [(t, 3.0) for t in times(700, 800)]
    gauge(told, "orders", "calls", failing, statistic="rate", attributes={"status": "error"})
    failed = signal(evidence_of(CASE, told), "signal/orders/calls.rate{status=error}")
    assert failed.kind is SignalKind.ERRORS
    assert (failed.values[0], np.max(failed.values)) == (0.0, 3.0)


def test_only_tables_that_hold_something_are_asked() -> None:
    told = Told()
    gauge(told, "orders", "queue_depth", [(time, 1.0) for time in times(0, 1200)])
    evidence_of(CASE, told)
    assert [type(query) for query in told.asked] == [CoverageQuery, MetricSignalQuery]


def test_steps_follow_the_sampling_and_the_length_of_the_window() -> None:
    def step_s(sampling_s: int | None, table: str, end_s: float) -> int:
        told = Told()
        recorded(told, table, "orders", [at(0), at(end_s)])
        case = case_of(window(end_s / 4, end_s / 2), system=System(metric_step_s=sampling_s))
        return evidence_of(case, told).grid.step_s

    assert step_s(5, "metrics", 1200) == 5
    assert step_s(None, "metrics", 1200) == 60
    assert step_s(None, "spans", 1200) == 5
    assert step_s(300, "metrics", 86_400) == 300
    assert step_s(None, "spans", 86_400) == 300


def test_the_default_reference_is_the_recorded_time_around_the_window() -> None:
    body = evidence_of(outage_case(), outage())
    assert body.reference == (window(0, 600), window(1100, 1300))
    given = case_of(window(600, 1100), reference=(window(100, 300),))
    assert evidence_of(given, outage()).grid.pieces == (window(100, 300), window(600, 1100))


def test_what_was_never_recorded_is_said() -> None:
    body = evidence_of(CASE, Told())
    assert body.signals == ()
    assert {one.key for one in body.gaps} >= {"gap/telemetry", "gap/metrics", "gap/spans", "gap/logs"}
    unknown = replace(outage_case(), system=System(metric_step_s=5, changes_known=False))
    reasons = {one.key: one.reason for one in evidence_of(unknown, outage()).gaps}
    assert reasons["gap/changes"] is GapReason.NOT_RECORDED


def test_rows_without_a_service_and_services_without_a_table_are_gaps() -> None:
    told = outage()
    recorded(told, "metrics", "", [at(5), at(10)])
    body = evidence_of(outage_case(), told)
    unmapped = gap(body, "gap/metrics/unmapped")
    assert unmapped is not None and unmapped.detail.startswith("2 rows")
    assert "" not in body.services
    lacking = gap(body, "gap/metrics/services")
    assert lacking is not None and "checkout" in lacking.detail


def test_gaps_and_redactions_of_the_import_are_kept() -> None:
    lost = Gap("gap/import/a", "a.log", None, GapReason.REJECTED, "12 lines could not be read.")
    case = replace(outage_case(), import_gaps=(lost,), redactions=(("email", 3),))
    body = evidence_of(case, outage())
    assert lost in body.gaps
    assert body.redactions == (("email", 3),)


def test_equal_occurrences_are_one_and_different_ones_of_a_moment_stay_apart() -> None:
    told = Told()
    recorded(told, "metrics", "orders", [at(0), at(1200)])
    for body in ("one", "one", "two"):
        happened(told, at(700), "chat", "", body=body, actor="responder-1")
    kept = evidence_of(CASE, told).occurrences
    assert sorted(one.body for one in kept) == ["one", "two"]
    assert len({one.key for one in kept}) == 2


def test_the_order_of_rows_changes_nothing_and_repeated_rows_change_no_finding() -> None:
    plain, shuffled, repeated = outage(), outage(), outage()
    for rows in shuffled.rows.values():
        rows.reverse()
    repeated.rows[OccurrenceQuery] *= 2
    first, second, third = (evidence_of(outage_case(), told) for told in (plain, shuffled, repeated))
    assert canonical_json(first) == canonical_json(second)
    assert third.evidence != first.evidence
    assert replace(third, evidence=()).occurrences == first.occurrences


def test_log_rows_are_told_per_severity() -> None:
    told = Told()
    rows = [{"service": "orders", "severity": "info", "time": time, "rows": 10} for time in times(0, 1200)]
    rows += [{"service": "orders", "severity": "error", "time": time, "rows": 5} for time in times(700, 750)]
    told.tell(LogSignalQuery, *rows)
    recorded(told, "logs", "orders", times(0, 1200))
    failures = signal(evidence_of(CASE, told), "signal/orders/log_rate{severity=error}")
    assert failures.kind is SignalKind.LOGS
    assert (failures.values[0], np.max(failures.values)) == (0.0, 1.0)
