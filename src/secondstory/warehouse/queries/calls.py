"""Calls between services: per step along each edge, and over a whole window, from parent and child spans.

A call is answered where a span has a parent in another service; its latency is the callee's span. A client span that no
other service answered is a call to the peer that it names (a database, a third party, a service that did not answer).
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import EdgeSignalQuery, TopologyQuery
from secondstory.model.window import Window
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.attributes import attribute
from secondstory.warehouse.queries.exact import weight_sum
from secondstory.warehouse.queries.spans import failed, milliseconds, reached
from secondstory.warehouse.queries.steps import step_start, within
from secondstory.warehouse.queries.tables import SPANS

EDGES = pa.schema(
    [
        ("caller", pa.string()),
        ("callee", pa.string()),
        ("time", TIME),
        ("calls", pa.float64()),
        ("failed", pa.float64()),
        ("p50_ms", pa.float64()),
        ("p95_ms", pa.float64()),
        ("gap_p95_ms", pa.float64()),
    ]
)
TOPOLOGY = pa.schema(
    [("caller", pa.string()), ("callee", pa.string()), ("calls", pa.float64()), ("failed", pa.float64())]
)


def edge_signals(query: EdgeSignalQuery) -> ir.Table:
    """Calls, failures, latency and the gap between client and server, per step in which the callee's span began."""
    rows = _calls(query.windows)
    grouped = rows.group_by("caller", "callee", time=step_start(rows.time_us, query.windows, query.step_s))
    return grouped.agg(
        calls=weight_sum(rows.sample_weight),
        failed=weight_sum(rows.sample_weight, where=rows.failed),
        p50_ms=milliseconds(rows.duration, 0.5),
        p95_ms=milliseconds(rows.duration, 0.95),
        gap_p95_ms=milliseconds(rows.gap, 0.95),
    )


def topology(query: TopologyQuery) -> ir.Table:
    """Who calls whom, over the whole window."""
    rows = _calls((query.window,))
    return rows.group_by("caller", "callee").agg(
        calls=weight_sum(rows.sample_weight), failed=weight_sum(rows.sample_weight, where=rows.failed)
    )


def _calls(windows: tuple[Window, ...]) -> ir.Table:
    return _answered(windows).union(_unanswered(windows))


def _answered(windows: tuple[Window, ...]) -> ir.Table:
    """Spans whose parent belongs to another service; the gap is known where the parent is a client or has no kind."""
    spans = reached(windows)
    calling = (spans.kind == "client").fill_null(True)
    parents = spans.select(
        caller="service",
        caller_trace="trace_id",
        caller_span="span_id",
        by_client=calling,
        caller_failed=(spans.kind == "client").fill_null(False) & (spans.status == "error").fill_null(False),
        caller_duration="duration",
    )
    rows = within(SPANS, windows)
    callees = rows.filter(rows.parent_span_id.notnull()).select(
        "trace_id", "parent_span_id", "time_us", "duration", "sample_weight", callee="service", failed=failed(rows)
    )
    joined = callees.join(
        parents,
        [
            callees.trace_id == parents.caller_trace,
            callees.parent_span_id == parents.caller_span,
            callees.callee != parents.caller,
        ],
    )
    return joined.select(
        "caller",
        "callee",
        "time_us",
        "sample_weight",
        "duration",
        failed=joined.failed | joined.caller_failed,
        gap=joined.by_client.ifelse(joined.caller_duration - joined.duration, ibis.null("int64")),
    )


def _unanswered(windows: tuple[Window, ...]) -> ir.Table:
    """Client spans without a child in another service, that name whom they called."""
    rows = within(SPANS, windows)
    clients = rows.filter(rows.kind == "client")
    answers = reached(windows).select(answer_trace="trace_id", answer_to="parent_span_id", answer_service="service")
    alone = clients.anti_join(
        answers,
        [
            clients.trace_id == answers.answer_trace,
            clients.span_id == answers.answer_to,
            clients.service != answers.answer_service,
        ],
    )
    named = alone.mutate(callee=_peer(alone.attributes))
    return (
        named.filter(named.callee.notnull())
        .select(
            "callee",
            "time_us",
            "sample_weight",
            "duration",
            caller="service",
            failed=failed(named),
            gap=ibis.null("int64"),
        )
        .select("caller", "callee", "time_us", "sample_weight", "duration", "failed", "gap")
    )


def _peer(attributes: ir.StringColumn) -> ir.StringColumn:
    """Whom a client span says it called: a named service, a database with its name or address, or an address."""
    system = attribute(attributes, "db.system.name", "db.system")
    address = attribute(attributes, "server.address", "net.peer.name")
    place = ibis.coalesce(attribute(attributes, "db.namespace", "db.name"), address)
    database = system + ibis.coalesce("/" + place, "")
    port = attribute(attributes, "server.port", "net.peer.port")
    return ibis.coalesce(attribute(attributes, "peer.service"), database, address + ibis.coalesce(":" + port, ""))
