"""What was recorded decides what to ask: the stretches to compare, the step of the signals, and the queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from secondstory.model.findings import Coverage
from secondstory.model.incident import Case
from secondstory.model.query import (
    CoverageQuery,
    EdgeSignalQuery,
    LogPatternQuery,
    LogSignalQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    Query,
    SpanSignalQuery,
    TopologyQuery,
)
from secondstory.model.signal import Grid
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window, hull, merged

_FAR = timedelta(days=400)
_NEAR_DAYS = timedelta(days=1)
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_WINDOW_STEPS = 120
_ALL_STEPS = 2000


@dataclass(frozen=True)
class Plan:
    """The stretches under comparison and the queries over them; a query is None where its table holds nothing."""

    recorded: Window | None  # None: nothing at all was recorded
    window: Window | None  # the recorded part of the incident's window
    reference: tuple[Window, ...]
    grid: Grid
    metrics: MetricSignalQuery | None = None
    spans: SpanSignalQuery | None = None
    calls: EdgeSignalQuery | None = None
    topology: TopologyQuery | None = None
    logs: LogSignalQuery | None = None
    patterns: LogPatternQuery | None = None
    occurrences: OccurrenceQuery | None = None

    @property
    def queries(self) -> tuple[Query, ...]:
        """All questions of the second round."""
        asked = (self.metrics, self.spans, self.calls, self.topology, self.logs, self.patterns, self.occurrences)
        return tuple(query for query in asked if query is not None)


def coverage_query(case: Case) -> CoverageQuery:
    """What was recorded at all: over the telemetry's known extent, else over more than a year to either side."""
    incident = case.incident
    around = hull((incident.window, *incident.reference))
    if case.system.telemetry is not None:
        return CoverageQuery(incident.recordings, hull((around, case.system.telemetry)))
    return CoverageQuery(incident.recordings, Window(around.start - _FAR, around.end + _FAR))


def make_plan(case: Case, coverage: tuple[Coverage, ...]) -> Plan:
    """The comparison that the recording allows, and its queries.

    Without a given reference it is the recorded time before and after the window, at most six window lengths (and no
    less than two hours) to either side: near time resembles the incident's own load better than far time.
    """
    incident = case.incident
    measured = tuple(row for row in coverage if row.table != TableName.OCCURRENCES)
    if not measured:
        nothing = Plan(None, None, (), Grid((incident.window,), _STEPS_S[-1]))
        return replace(nothing, occurrences=_occurrences(case, coverage))
    step_s = _step_s(case, measured)
    recorded = Window(
        min(row.first_time for row in measured), max(row.last_time for row in measured) + timedelta(seconds=step_s)
    )
    window = incident.window.clip(recorded)
    reference = tuple(piece for stretch in _reference(case) if (piece := stretch.clip(recorded)) is not None)
    pieces = _whole_steps(merged((*reference, *((window,) if window else ()))), step_s)
    grid = Grid(pieces or (incident.window,), step_s)
    return _with_queries(case, coverage, Plan(recorded, window, reference, grid))


def _reference(case: Case) -> tuple[Window, ...]:
    if case.incident.reference:
        return merged(case.incident.reference)
    window = case.incident.window
    reach = max(6 * (window.end - window.start), timedelta(hours=2))
    return Window(window.start - reach, window.end + reach).without(window)


def _step_s(case: Case, measured: tuple[Coverage, ...]) -> int:
    """The finest allowed step that keeps signals small and is no finer than the metrics' sampling.

    Where the sampling is not known, metrics alone are taken to be sampled once a minute, the default of the
    OpenTelemetry SDKs; beside spans or logs an unknown sampling leaves steps empty, which does no harm.
    """
    only_metrics = all(row.table == TableName.METRICS for row in measured)
    sampling_s = case.system.metric_step_s or (60 if only_metrics else 1)
    first, last = min(row.first_time for row in measured), max(row.last_time for row in measured)
    stretches = merged((case.incident.window, *_reference(case)))
    extent = Window(first, last + timedelta(seconds=1))
    total_s = sum(piece.seconds for stretch in stretches if (piece := stretch.clip(extent)) is not None)
    window = case.incident.window.clip(extent)
    wanted_s = max(sampling_s, (window.seconds if window else 0) / _WINDOW_STEPS, total_s / _ALL_STEPS)
    return next(
        (step for step in _STEPS_S if step >= wanted_s and step % sampling_s == 0), _multiple(sampling_s, wanted_s)
    )


def _multiple(sampling_s: int, wanted_s: float) -> int:
    return int(sampling_s * -(-wanted_s // sampling_s))


def _whole_steps(pieces: tuple[Window, ...], step_s: int) -> tuple[Window, ...]:
    """Each piece cut to whole steps, because a count over half a step would look like half the traffic."""
    cut = []
    for piece in pieces:
        steps = int(piece.seconds // step_s)
        if steps:
            cut.append(Window(piece.start, piece.start + timedelta(seconds=steps * step_s)))
    return tuple(cut)


def _with_queries(case: Case, coverage: tuple[Coverage, ...], plan: Plan) -> Plan:
    names = case.incident.recordings
    tables = {row.table for row in coverage}
    pieces, step_s = plan.grid.pieces, plan.grid.step_s
    spans, logs = TableName.SPANS in tables, TableName.LOGS in tables
    return replace(
        plan,
        metrics=MetricSignalQuery(names, pieces, step_s) if TableName.METRICS in tables else None,
        spans=SpanSignalQuery(names, pieces, step_s) if spans else None,
        calls=EdgeSignalQuery(names, pieces, step_s) if spans else None,
        topology=TopologyQuery(names, hull(pieces)) if spans else None,
        logs=LogSignalQuery(names, pieces, step_s) if logs else None,
        patterns=LogPatternQuery(names, plan.window, plan.reference) if logs and plan.window else None,
        occurrences=_occurrences(case, coverage),
    )


def _occurrences(case: Case, coverage: tuple[Coverage, ...]) -> OccurrenceQuery | None:
    """Occurrences from a day before the window to a day after: what changed, who was told, what was said."""
    if not any(row.table == TableName.OCCURRENCES for row in coverage):
        return None
    window = case.incident.window
    return OccurrenceQuery(case.incident.recordings, Window(window.start - _NEAR_DAYS, window.end + _NEAR_DAYS))
