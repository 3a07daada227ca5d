"""What follows what inside requests: lines after lines, lines that begin an operation, calls that an operation makes.

Rows of one span are in order of time; what bears the same microsecond is in order of the alphabet, so that the order in
which rows arrive changes nothing.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import TracePatternQuery
from secondstory.model.window import Window
from secondstory.warehouse.queries.spans import reached
from secondstory.warehouse.queries.steps import inside, within
from secondstory.warehouse.queries.tables import LOGS, SPANS
from secondstory.warehouse.shapes import CODE_PLACE

COLUMNS = pa.schema(
    [
        ("service", pa.string()),
        ("kind", pa.string()),
        ("event", pa.string()),
        ("following", pa.string()),
        ("times", pa.int64()),
        ("reference_times", pa.int64()),
    ]
)
_SPAN = ("service", "trace_id", "span_id")


def lines(query: TracePatternQuery) -> ir.Table:
    """Each log line of a span with the next one."""
    rows = _events(query)
    return _counted(query, "line", rows.mutate(following=rows.event.lead().over(_in_span(rows))))


def begins(query: TracePatternQuery) -> ir.Table:
    """Each span with its first log line."""
    rows = _events(query)
    numbered = rows.mutate(place=ibis.row_number().over(_in_span(rows)))
    first = numbered.filter(numbered.place == 0).select(*_SPAN, following="event")
    spans = within(SPANS, _windows(query)).select(*_SPAN, "time_us", event="name")
    # A span that was recorded twice still begins once.
    spans = spans.group_by(*_SPAN, "event").agg(time_us=spans.time_us.min())
    return _counted(query, "begin", spans.left_join(first, list(_SPAN)).select(*spans.columns, "following"))


def calls(query: TracePatternQuery) -> ir.Table:
    """Each span with the operations of its direct children, each once."""
    windows = _windows(query)
    parents = within(SPANS, windows).select(*_SPAN, "time_us", event="name")
    children = reached(windows, SPANS.parent_span_id.notnull()).select(
        child_trace="trace_id", child_of="parent_span_id", following=SPANS.service + " " + SPANS.name
    )
    joined = parents.join(
        children, [parents.trace_id == children.child_trace, parents.span_id == children.child_of]
    ).select(*parents.columns, "following")
    once = joined.group_by(*_SPAN, "event", "following").agg(time_us=joined.time_us.min())
    return _counted(query, "call", once)


def _windows(query: TracePatternQuery) -> tuple[Window, ...]:
    return (query.window, *query.reference)


def _events(query: TracePatternQuery) -> ir.Table:
    """Log lines of spans, each told by the place in the code that it names, else by its shape."""
    rows = within(LOGS, _windows(query), LOGS.trace_id.notnull(), LOGS.span_id.notnull())
    place = rows.pattern.re_extract(CODE_PLACE, 0)
    told = rows.select(*_SPAN, "time_us", event=(place == "").ifelse(rows.pattern, place))
    return told.distinct()


def _in_span(rows: ir.Table) -> ibis.Window:
    return ibis.window(group_by=[rows[name] for name in _SPAN], order_by=[rows.time_us, rows.event])


def _counted(query: TracePatternQuery, kind: str, rows: ir.Table) -> ir.Table:
    now = inside(rows.time_us, (query.window,))
    then = inside(rows.time_us, query.reference) if query.reference else ibis.literal(False)
    rows = rows.mutate(now=now, then=then, following=rows.following.fill_null(""))
    pairs = rows.group_by("service", "event", "following").agg(
        times=rows.count(where=rows.now), reference_times=rows.count(where=rows.then)
    )
    most = ibis.greatest(pairs.times, pairs.reference_times).desc()
    return pairs.mutate(kind=ibis.literal(kind)).order_by(most, "service", "event", "following").limit(query.limit)
