"""Spans that do not fit into a trace: ids given more than once, parents that never came, parents in a circle.

A trace in which each span has a recorded parent has no beginning, so its parents lead in a circle; a circle beside a
sound beginning in the same trace is not looked for, which would take a walk of unknown length.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import TraceShapeQuery
from secondstory.warehouse.queries.steps import within
from secondstory.warehouse.queries.tables import SPANS

COLUMNS = pa.schema([("defect", pa.string()), ("spans", pa.int64()), ("trace_id", pa.string())])


def repeated(query: TraceShapeQuery) -> ir.Table:
    """Spans whose id another of the same service and kind has; a client and a server may share one, as in Zipkin."""
    spans = within(SPANS, (query.window,))
    ids = spans.group_by("trace_id", "span_id", "service", "kind").agg(spans=spans.count())
    return _counted(ids.filter(ids.spans > 1).select("trace_id", spans=ibis._.spans - 1), "repeated")


def orphaned(query: TraceShapeQuery) -> ir.Table:
    """Spans whose parent is not on record."""
    return _counted(_orphans(query).select("trace_id", spans=ibis.literal(1, "int64")), "orphaned")


def circular(query: TraceShapeQuery) -> ir.Table:
    """Spans of traces in which each has a parent on record."""
    spans = within(SPANS, (query.window,))
    traces = spans.group_by("trace_id").agg(spans=spans.count(), children=spans.parent_span_id.count())
    closed = traces.filter(traces.spans == traces.children)
    return _counted(closed.anti_join(_orphans(query), "trace_id").select("trace_id", "spans"), "circular")


def _orphans(query: TraceShapeQuery) -> ir.Table:
    children = within(SPANS, (query.window,), SPANS.parent_span_id.notnull()).select("trace_id", "parent_span_id")
    parents = within(SPANS, (query.window,)).select(parent_trace="trace_id", parent_id="span_id")
    return children.anti_join(
        parents, [children.trace_id == parents.parent_trace, children.parent_span_id == parents.parent_id]
    )


def _counted(found: ir.Table, defect: str) -> ir.Table:
    """One row, or none where nothing was found."""
    return found.group_by(defect=ibis.literal(defect)).agg(
        spans=found.spans.sum().cast("int64"), trace_id=found.trace_id.min()
    )
