"""Single requests: which are worth opening, which carry an attribute, and some of them across services."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import TraceExemplarQuery, TraceLogQuery, TraceQuery, TraceSearchQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.logs import severity
from secondstory.warehouse.queries.spans import failed, served
from secondstory.warehouse.queries.steps import within
from secondstory.warehouse.queries.tables import LOGS, SPANS, given, given_one

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
        ("trace_id", pa.string()),
        ("time", TIME),
        ("service", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("status", pa.string()),
        ("status_message", pa.string()),
        ("duration_ms", pa.float64()),
        ("span_id", pa.string()),
        ("parent_span_id", pa.string()),
        ("attributes", pa.string()),
    ]
)
LOGS_OF_TRACE = pa.schema(
    [
        ("trace_id", pa.string()),
        ("time", TIME),
        ("service", pa.string()),
        ("severity", pa.string()),
        ("body", pa.string()),
        ("span_id", pa.string()),
    ]
)
FOUND = pa.schema([("table", pa.string()), ("trace_id", pa.string()), ("time", TIME), ("rows", pa.int64())])


def exemplars(query: TraceExemplarQuery) -> ir.Table:
    """Requests that the service served, failed ones first, then the slowest; ties in order of all columns."""
    rows = served((query.window,), SPANS.service.isin(given("service")))
    told = rows.select(
        "trace_id", "service", "name", time=rows.time_us, duration_ms=rows.duration / 1000, failed=failed(rows)
    )
    worst = (told.failed.desc(), told.duration_ms.desc(), "time", "trace_id", "name")
    return told.order_by(*worst).limit(query.limit)


def trace(query: TraceQuery) -> ir.Table:
    """The spans of the traces in the window."""
    rows = within(SPANS, (query.window,), SPANS.trace_id.isin(given("trace_ids")))
    return rows.select(
        "trace_id",
        "service",
        "name",
        "kind",
        "status",
        "status_message",
        "span_id",
        "parent_span_id",
        "attributes",
        time=rows.time_us,
        duration_ms=rows.duration / 1000,
    )


def logs_of_trace(query: TraceLogQuery) -> ir.Table:
    """The oldest log rows of the traces; equal times in order of all columns."""
    rows = within(LOGS, (query.window,), LOGS.trace_id.isin(given("trace_ids")))
    told = rows.select(
        "trace_id", "service", "body", "span_id", time=rows.time_us, severity=severity(rows.severity_number)
    )
    return told.order_by("time", *(name for name in LOGS_OF_TRACE.names if name != "time")).limit(query.limit)


def found_in_spans(query: TraceSearchQuery) -> ir.Table:
    """Traces with a span that has the attribute."""
    return _found(SPANS, "spans", query)


def found_in_logs(query: TraceSearchQuery) -> ir.Table:
    """Traces with a log row that has the attribute."""
    return _found(LOGS, "logs", query)


def _found(table: ir.Table, name: str, query: TraceSearchQuery) -> ir.Table:
    rows = within(table, (query.window,), _has(table.attributes))
    traces = rows.group_by("trace_id").agg(time=rows.time_us.min(), rows=rows.count())
    return traces.mutate(table=ibis.literal(name)).order_by("time", "trace_id").limit(query.limit)


def _has(attributes: ir.StringColumn) -> ir.BooleanColumn:
    """True where the JSON object has the query's attribute with its value, at any depth.

    Attributes are canonical JSON: no white space, quotes inside texts escaped. So `"name":` can only be a key, and a
    number ends at a comma or a brace.
    """
    key = '"' + _json_text(given_one("attribute")) + '":'
    value = given_one("value")
    bare = key + value
    in_quotes = key + '"' + _json_text(value) + '"'
    return attributes.contains(in_quotes) | attributes.contains(bare + ",") | attributes.contains(bare + "}")


def _json_text(text: ir.StringScalar) -> ir.StringScalar:
    return text.replace("\\", "\\\\").replace('"', '\\"')
