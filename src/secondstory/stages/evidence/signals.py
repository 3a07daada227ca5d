"""Answers of the warehouse as signals: metrics, served requests, calls along edges and log rows, all on one grid."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from secondstory.model.evidence import Answers, Evidence
from secondstory.model.findings import Coverage
from secondstory.model.signal import Floats, Grid, Signal, SignalKind, frozen_values
from secondstory.model.subject import subject_key
from secondstory.model.telemetry import TableName
from secondstory.stages.evidence.kinds import Attributes, indicator_kind, is_limit_of, is_success_share
from secondstory.stages.evidence.plan import Plan
from secondstory.stages.evidence.steps import Activity, activity_of, laid, series, steps_of

_CALLEE_ATTRIBUTES = ("peer.service", "destination", "dst", "callee", "upstream", "target", "server.address")


def build_signals(
    services: tuple[str, ...], coverage: tuple[Coverage, ...], plan: Plan, answers: Answers
) -> tuple[tuple[Signal, ...], tuple[Activity, ...]]:
    """All signals, sorted by key, and in which steps each table holds rows of each service."""
    built: list[Signal] = []
    activities: list[Activity] = []
    if plan.metrics is not None:
        evidence = answers.of(plan.metrics)
        activities.append(activity_of(TableName.METRICS, evidence.result, plan.grid))
        built += _metric_signals(evidence, plan.grid, services)
    if plan.spans is not None:
        evidence = answers.of(plan.spans)
        activity = activity_of(TableName.SPANS, evidence.result, plan.grid)
        activities.append(activity)
        built += _span_signals(evidence, activity, coverage)
        if plan.calls is not None:
            built += _call_signals(answers.of(plan.calls), activity, coverage)
    if plan.logs is not None:
        evidence = answers.of(plan.logs)
        activity = activity_of(TableName.LOGS, evidence.result, plan.grid)
        activities.append(activity)
        built += _log_signals(evidence, activity, coverage)
    known = (signal for signal in built if signal.service and not np.isnan(signal.values).all())
    return tuple(sorted(known, key=lambda signal: signal.key)), tuple(activities)


@dataclass(frozen=True, eq=False)
class _Line:
    """One metric series on the grid: what it is called, where, and its values."""

    service: str
    name: str
    statistic: str
    unit: str | None
    attributes: Attributes
    values: Floats


def _metric_signals(evidence: Evidence, grid: Grid, services: tuple[str, ...]) -> list[Signal]:
    answer, steps = evidence.result, steps_of(evidence.result, grid)
    values, units, kinds = answer.numbers("value"), answer.arrow.column("unit"), answer.arrow.column("kind")
    found: dict[tuple[str, str, str], list[_Line]] = defaultdict(list)
    for ids, rows in series(answer, ("service", "name", "statistic", "attributes")):
        service, name, statistic, attributes = (part or "" for part in ids)
        line = laid(values[rows], steps[rows], grid.count)
        family = (service, name, statistic or "value")
        first = int(rows[0])
        unit = units[first].as_py()
        unit = _per_second(unit, kinds[first].as_py()) if statistic == "rate" else unit
        found[family].append(_Line(*family, unit, _attributes(attributes), line))
    lines = [line for family in sorted(found) for line in _standing_at_zero(found[family])]
    ceilings = [line for line in lines if is_limit_of(line.name, line.name)]
    return [_metric_signal(evidence, grid, services, line, _limit(line, ceilings)) for line in lines]


def _per_second(unit: str | None, kind: str | None) -> str:
    """The unit of a rate: a histogram's counts observations, whatever they measure; `{request}` is a mere note."""
    counted = kind == "histogram" or not unit or unit == "1" or unit.startswith("{")
    return "1/s" if counted else f"{unit}/s"


def _standing_at_zero(family: list[_Line]) -> list[_Line]:
    """A counter's series that has not appeared while its siblings report has counted nothing: zero, not unknown."""
    if family[0].statistic != "rate":
        return family
    reported = np.logical_or.reduce([~np.isnan(line.values) for line in family])
    return [replace(line, values=np.where(np.isnan(line.values) & reported, 0.0, line.values)) for line in family]


def _limit(line: _Line, ceilings: list[_Line]) -> float | None:
    """The median of the ceiling of the same service whose attributes do not contradict the line's."""
    own = dict(line.attributes)
    for ceiling in ceilings:
        agrees = all(own.get(key, value) == value for key, value in ceiling.attributes)
        if agrees and ceiling.service == line.service and is_limit_of(ceiling.name, line.name):
            known = ceiling.values[~np.isnan(ceiling.values)]
            return float(np.median(known)) if known.size and ceiling.name != line.name else None
    return None


def _metric_signal(
    evidence: Evidence, grid: Grid, services: tuple[str, ...], line: _Line, limit: float | None
) -> Signal:
    kind = indicator_kind(line.name, line.unit, line.attributes, line.statistic)
    inside = ",".join(f"{key}={value}" for key, value in line.attributes)
    indicator = (
        line.name + ("" if line.statistic == "value" else f".{line.statistic}") + (f"{{{inside}}}" if inside else "")
    )
    values = line.values
    if is_success_share(line.name, line.unit, line.attributes):
        whole = _whole(values, line.name, line.unit)
        if whole is not None:
            kind, indicator, values = SignalKind.ERRORS, f"{whole}-{indicator}", whole - values
    # Prometheus writes underscores for the dots of OpenTelemetry's names.
    told = [(key.replace("_", "."), value) for key, value in line.attributes]
    callees = [value for key, value in told if key in _CALLEE_ATTRIBUTES and value in services]
    return Signal(
        key=subject_key("signal", line.service, indicator),
        service=line.service,
        indicator=indicator,
        kind=kind,
        unit=line.unit,
        grid=grid,
        values=frozen_values(values),
        evidence_id=evidence.id,
        name=line.name,
        peer=next((callee for callee in callees if callee != line.service), None),
        limit=limit if kind is SignalKind.SATURATION else None,
    )


def _whole(values: Floats, name: str, unit: str | None) -> int | None:
    """What a share is a share of: 1 or 100; None where the values are no share at all."""
    known = values[~np.isnan(values)]
    if not known.size or known.min() < 0 or known.max() > 100.0001:
        return None
    percent = "%" in name or (unit or "").lower() in ("%", "percent") or known.max() > 1.0001
    return 100 if percent else 1


def _span_signals(evidence: Evidence, activity: Activity, coverage: tuple[Coverage, ...]) -> list[Signal]:
    answer, grid = evidence.result, activity.grid
    steps = steps_of(answer, grid)
    signals = []
    for (service,), rows in series(answer, ("service",)):
        requests = laid(answer.numbers("requests")[rows], steps[rows], grid.count)
        failed = laid(answer.numbers("failed")[rows], steps[rows], grid.count)
        rate = activity.zero_where_silent(service or "", requests, coverage) / grid.step_s
        lines = [
            ("request_rate", SignalKind.TRAFFIC, "1/s", rate),
            ("error_ratio", SignalKind.ERRORS, "1", failed / np.where(requests > 0, requests, np.nan)),
        ]
        for column, indicator in (("p50_ms", "latency_p50_ms"), ("p95_ms", "latency_p95_ms"), ("self_p95_ms",) * 2):
            line = laid(answer.numbers(column)[rows], steps[rows], grid.count)
            lines.append((indicator, SignalKind.LATENCY, "ms", line))
        signals += [_signal(evidence, grid, (service or "", None), line) for line in lines]
    return signals


def _call_signals(evidence: Evidence, activity: Activity, coverage: tuple[Coverage, ...]) -> list[Signal]:
    answer, grid = evidence.result, activity.grid
    steps = steps_of(answer, grid)
    signals = []
    for (caller, callee), rows in series(answer, ("caller", "callee")):
        calls = laid(answer.numbers("calls")[rows], steps[rows], grid.count)
        failed = laid(answer.numbers("failed")[rows], steps[rows], grid.count)
        rate = activity.zero_where_silent(caller or "", calls, coverage) / grid.step_s
        lines = [
            ("call_rate", SignalKind.TRAFFIC, "1/s", rate),
            ("call_error_ratio", SignalKind.ERRORS, "1", failed / np.where(calls > 0, calls, np.nan)),
        ]
        for column, indicator in (("p95_ms", "call_latency_p95_ms"), ("gap_p95_ms", "call_gap_p95_ms")):
            line = laid(answer.numbers(column)[rows], steps[rows], grid.count)
            lines.append((indicator, SignalKind.LATENCY, "ms", line))
        signals += [_signal(evidence, grid, (caller or "", callee or "unknown"), line) for line in lines]
    return signals


def _log_signals(evidence: Evidence, activity: Activity, coverage: tuple[Coverage, ...]) -> list[Signal]:
    answer, grid = evidence.result, activity.grid
    steps = steps_of(answer, grid)
    signals = []
    for (service, severity), rows in series(answer, ("service", "severity")):
        counts = laid(answer.numbers("rows")[rows], steps[rows], grid.count)
        rate = activity.zero_where_silent(service or "", counts, coverage) / grid.step_s
        line = (f"log_rate{{severity={severity or 'unset'}}}", SignalKind.LOGS, "1/s", rate)
        signals.append(_signal(evidence, grid, (service or "", None), line))
    return signals


def _signal(
    evidence: Evidence, grid: Grid, ends: tuple[str, str | None], line: tuple[str, SignalKind, str, Floats]
) -> Signal:
    service, peer = ends
    indicator, kind, unit, values = line
    parts = (service, indicator) if peer is None else (service, indicator, peer)
    return Signal(
        key=subject_key("signal", *parts),
        service=service,
        indicator=indicator,
        kind=kind,
        unit=unit,
        grid=grid,
        values=frozen_values(values),
        evidence_id=evidence.id,
        peer=peer,
    )


def _attributes(text: str | None) -> Attributes:
    parsed: dict[str, object] = json.loads(text or "{}")
    return tuple(sorted((key, value if isinstance(value, str) else json.dumps(value)) for key, value in parsed.items()))
