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
from secondstory.warehouse.queries.spans import failed, p50_ms, p95_ms, quantiles, reached
from secondstory.warehouse.queries.steps import inside, step_start, within
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
    steps = rows.group_by("caller", "callee", time=step_start(rows.time_us, query.windows, query.step_s)).agg(
        calls=weight_sum(rows.sample_weight),
        failed=weight_sum(rows.sample_weight, where=rows.failed),
        whole=quantiles(rows.duration),
        lost=quantiles(rows.gap),
    )
    return steps.mutate(p50_ms=p50_ms(steps.whole), p95_ms=p95_ms(steps.whole), gap_p95_ms=p95_ms(steps.lost))


def topology(query: TopologyQuery) -> ir.Table:
    """Who calls whom, over the whole window."""
    rows = _calls((query.window,))
    return rows.group_by("caller", "callee").agg(
        calls=weight_sum(rows.sample_weight), failed=weight_sum(rows.sample_weight, where=rows.failed)
    )


def _calls(windows: tuple[Window, ...]) -> ir.Table:
    pairs = _pairs(windows)
    answered = pairs.filter(inside(pairs.time_us, windows)).drop("caller_trace", "caller_span")
    return answered.union(_unanswered(windows, pairs).select(*answered.columns))


def _pairs(windows: tuple[Window, ...]) -> ir.Table:
    """Spans with a parent in another service, one row for both.

    The gap is known where the parent is a client span, or has no kind: then its whole duration stands for the call.
    """
    by_client = (SPANS.kind == "client").fill_null(False)
    calling = (SPANS.kind == "client").fill_null(True)
    recorded = reached(windows).select(
        caller="service",
        caller_trace="trace_id",
        caller_span="span_id",
        caller_failed=by_client & (SPANS.status == "error").fill_null(False),
        call_duration=calling.ifelse(SPANS.duration, ibis.null("int64")),
    )
    # One row an id: spans whose ids were given twice would multiply their calls, some thousand of them without end.
    parents = recorded.group_by("caller", "caller_trace", "caller_span").agg(
        caller_failed=recorded.caller_failed.any(), call_duration=recorded.call_duration.max()
    )
    callees = reached(windows, SPANS.parent_span_id.notnull()).select(
        "trace_id", "parent_span_id", "time_us", "duration", "sample_weight", callee="service", failed=failed(SPANS)
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
        "caller_trace",
        "caller_span",
        "time_us",
        "sample_weight",
        "duration",
        failed=joined.failed | joined.caller_failed,
        gap=joined.call_duration - joined.duration,
    )


def _unanswered(windows: tuple[Window, ...], pairs: ir.Table) -> ir.Table:
    """Client spans without a child in another service, that name whom they called."""
    clients = within(SPANS, windows, SPANS.kind == "client")
    alone = clients.anti_join(pairs, [clients.trace_id == pairs.caller_trace, clients.span_id == pairs.caller_span])
    named = alone.mutate(callee=_peer(alone.attributes))
    return named.filter(named.callee.notnull()).mutate(
        caller=named.service, failed=failed(named), gap=ibis.null("int64")
    )


def _peer(attributes: ir.StringColumn) -> ir.StringColumn:
    """Whom a client span says it called: a named service, a database with its name or address, or an address."""
    system = attribute(attributes, "db.system.name", "db.system")
    address = attribute(attributes, "server.address", "net.peer.name")
    place = ibis.coalesce(attribute(attributes, "db.namespace", "db.name"), address)
    database = system + ibis.coalesce("/" + place, "")
    port = attribute(attributes, "server.port", "net.peer.port")
    return ibis.coalesce(attribute(attributes, "peer.service"), database, address + ibis.coalesce(":" + port, ""))
