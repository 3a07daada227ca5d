"""Single requests: which are worth opening, and one of them across services."""

from __future__ import annotations

import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import TraceExemplarQuery, TraceQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.spans import failed, served
from secondstory.warehouse.queries.steps import within
from secondstory.warehouse.queries.tables import SPANS, given

EXEMPLARS = pa.schema(
    [
        ("trace_id", pa.string()),
        ("service", pa.string()),
        ("name", pa.string()),
        ("time", TIME),
        ("duration_ms", pa.float64()),
        ("failed", pa.bool_()),
    ]
)
SPANS_OF_TRACE = pa.schema(
    [
        ("time", TIME),
        ("service", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("status", pa.string()),
        ("duration_ms", pa.float64()),
        ("span_id", pa.string()),
        ("parent_span_id", pa.string()),
    ]
)


def exemplars(query: TraceExemplarQuery) -> ir.Table:
    """Requests that the service served, failed ones first, then the slowest; ties in order of all columns."""
    rows = served((query.window,), SPANS.service.isin(given("service")))
    told = rows.select(
        "trace_id", "service", "name", time=rows.time_us, duration_ms=rows.duration / 1000, failed=failed(rows)
    )
    worst = (told.failed.desc(), told.duration_ms.desc(), "time", "trace_id", "name")
    return told.order_by(*worst).limit(query.limit)


def trace(query: TraceQuery) -> ir.Table:
    """The spans of one trace in the window."""
    rows = within(SPANS, (query.window,), SPANS.trace_id.isin(given("trace_id")))
    return rows.select(
        "service",
        "name",
        "kind",
        "status",
        "span_id",
        "parent_span_id",
        time=rows.time_us,
        duration_ms=rows.duration / 1000,
    )
