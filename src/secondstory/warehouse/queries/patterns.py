"""Shapes of log lines, counted in the window and in its reference."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import LogPatternQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.logs import severity
from secondstory.warehouse.queries.steps import inside, within
from secondstory.warehouse.queries.tables import LOGS

COLUMNS = pa.schema(
    [
        ("service", pa.string()),
        ("pattern", pa.string()),
        ("severity", pa.string()),
        ("rows", pa.int64()),
        ("reference_rows", pa.int64()),
        ("first_time", TIME),
        ("last_time", TIME),
        ("sample", pa.string()),
        ("traces", pa.int64()),
        ("reference_traces", pa.int64()),
    ]
)
_SHAPE = ("service", "pattern", "severity")


def log_patterns(query: LogPatternQuery) -> ir.Table:
    """Shapes with their counts in the window and in the reference; the most frequent ones, up to the limit.

    First and last time span both. The sample is the first line in order of the alphabet, from the window if it has one.
    """
    asked = within(LOGS, (query.window, *query.reference))
    now = inside(asked.time_us, (query.window,))
    then = inside(asked.time_us, query.reference) if query.reference else ibis.literal(False)
    lines = asked.mutate(severity=severity(asked.severity_number), now=now, then=then)
    lines = lines.mutate(key=lines.pattern.hash())
    lines = lines.select(*_SHAPE, "key", "trace_id", "time_us", "body", "now", "then")
    shapes = lines.group_by(*_SHAPE, "key").agg(
        rows=lines.count(where=lines.now),
        reference_rows=lines.count(where=lines.then),
        first_time=lines.time_us.min(),
        last_time=lines.time_us.max(),
        sample=ibis.coalesce(lines.body.min(where=lines.now), lines.body.min(where=lines.then)),
    )
    most = ibis.greatest(shapes.rows, shapes.reference_rows).desc()
    kept = shapes.order_by(most, *_SHAPE).limit(query.limit)
    counted = kept.left_join(_traces(lines), ["service", "severity", "key"])
    return counted.mutate(traces=counted.traces.fill_null(0), reference_traces=counted.reference_traces.fill_null(0))


def _traces(lines: ir.Table) -> ir.Table:
    """In how many traces each shape occurs.

    Pairs of shape and trace are as many as log lines, so both are told by 64 bits of their hashes: half the memory and
    half the time. Ten million traces share one once in 400,000 recordings, which would make a count one too small.
    """
    traced = lines.filter(lines.trace_id.notnull())
    pairs = traced.select("service", "severity", "key", "now", "then", trace=traced.trace_id.hash()).distinct()
    return pairs.group_by("service", "severity", "key").agg(
        traces=pairs.count(where=pairs.now), reference_traces=pairs.count(where=pairs.then)
    )
