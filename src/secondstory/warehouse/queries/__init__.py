"""Turns a query into Ibis expressions and the columns of its answer: one entry for each member of the union."""

from __future__ import annotations

from secondstory.model.query import (
    CoverageQuery,
    EdgeSignalQuery,
    EndpointQuery,
    LogLineQuery,
    LogPatternQuery,
    LogSignalQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    OperationQuery,
    OutcomeQuery,
    Query,
    ReplicaQuery,
    SampleQuery,
    SpanSignalQuery,
    TopologyQuery,
    TraceExemplarQuery,
    TraceLogQuery,
    TracePatternQuery,
    TraceQuery,
    TraceSearchQuery,
    TraceShapeQuery,
    UsersHitQuery,
    UserStepQuery,
)
from secondstory.warehouse.queries import (
    calls,
    coverage,
    endpoints,
    histograms,
    logs,
    metrics,
    occurrences,
    operations,
    outcomes,
    patterns,
    samples,
    spans,
    trace_patterns,
    trace_shapes,
    traces,
)
from secondstory.warehouse.queries.answer import Answering

_METRICS = (
    metrics.gauges,
    metrics.counters,
    metrics.deltas,
    histograms.histogram_totals,
    histograms.histogram_quantiles,
)
_SHAPES = (trace_shapes.repeated, trace_shapes.orphaned, trace_shapes.circular)
_PATTERNS = (trace_patterns.lines, trace_patterns.begins, trace_patterns.calls)
_ANSWERS: dict[type[Query], Answering] = {
    CoverageQuery: Answering(coverage.COVERAGE, (coverage.coverage,)),
    ReplicaQuery: Answering(coverage.REPLICAS, (coverage.replicas,)),
    OccurrenceQuery: Answering(occurrences.COLUMNS, (occurrences.occurrences,)),
    MetricSignalQuery: Answering(metrics.COLUMNS, _METRICS, metrics.present),
    SpanSignalQuery: Answering(spans.SIGNALS, (spans.span_signals,)),
    EdgeSignalQuery: Answering(calls.EDGES, (calls.edge_signals,)),
    TopologyQuery: Answering(calls.TOPOLOGY, (calls.topology,)),
    OperationQuery: Answering(operations.COLUMNS, (operations.operations,)),
    LogSignalQuery: Answering(logs.SIGNALS, (logs.log_signals,)),
    LogLineQuery: Answering(logs.LINES, (logs.log_lines,)),
    LogPatternQuery: Answering(patterns.COLUMNS, (patterns.log_patterns,)),
    OutcomeQuery: Answering(outcomes.OUTCOMES, (outcomes.outcomes,)),
    UsersHitQuery: Answering(outcomes.USERS, (outcomes.users_hit,)),
    EndpointQuery: Answering(endpoints.ENDPOINTS, (endpoints.endpoints,)),
    UserStepQuery: Answering(endpoints.USER_STEPS, (endpoints.user_steps,)),
    TraceExemplarQuery: Answering(traces.EXEMPLARS, (traces.exemplars,)),
    TraceQuery: Answering(traces.SPANS_OF_TRACE, (traces.trace,)),
    TraceLogQuery: Answering(traces.LOGS_OF_TRACE, (traces.logs_of_trace,)),
    TraceSearchQuery: Answering(traces.FOUND, (traces.found_in_spans, traces.found_in_logs)),
    SampleQuery: Answering(samples.COLUMNS, (samples.samples,)),
    TraceShapeQuery: Answering(trace_shapes.COLUMNS, _SHAPES),
    TracePatternQuery: Answering(trace_patterns.COLUMNS, _PATTERNS),
}


def answering(query: Query) -> Answering:
    """How this query is answered."""
    return _ANSWERS[type(query)]
