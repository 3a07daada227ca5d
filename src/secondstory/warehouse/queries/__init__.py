"""Turns a query into Ibis expressions and the columns of its answer: one entry for each member of the union."""

from __future__ import annotations

from secondstory.model.query import (
    CoverageQuery,
    EdgeSignalQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    Query,
    ReplicaQuery,
    SpanSignalQuery,
    TopologyQuery,
)
from secondstory.warehouse.queries import calls, coverage, metrics, occurrences, spans
from secondstory.warehouse.queries.answer import Answering

_ANSWERS: dict[type[Query], Answering] = {
    CoverageQuery: Answering(coverage.COVERAGE, (coverage.coverage,)),
    ReplicaQuery: Answering(coverage.REPLICAS, (coverage.replicas,)),
    OccurrenceQuery: Answering(occurrences.COLUMNS, (occurrences.occurrences,)),
    MetricSignalQuery: Answering(metrics.COLUMNS, (metrics.gauges, metrics.counters, metrics.deltas)),
    SpanSignalQuery: Answering(spans.SIGNALS, (spans.span_signals,)),
    EdgeSignalQuery: Answering(calls.EDGES, (calls.edge_signals,)),
    TopologyQuery: Answering(calls.TOPOLOGY, (calls.topology,)),
}


def answering(query: Query) -> Answering:
    """How this query is answered."""
    return _ANSWERS[type(query)]
