"""Log rows: how many per step and severity, and the rows that contain a text."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import LogLineQuery, LogSignalQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.steps import stepped, within
from secondstory.warehouse.queries.tables import LOGS, given, given_one

SIGNALS = pa.schema([("service", pa.string()), ("severity", pa.string()), ("time", TIME), ("rows", pa.int64())])
LINES = pa.schema(
    [
        ("time", TIME),
        ("service", pa.string()),
        ("severity", pa.string()),
        ("body", pa.string()),
        ("trace_id", pa.string()),
        ("span_id", pa.string()),
    ]
)


def log_signals(query: LogSignalQuery) -> ir.Table:
    """Log rows per step."""
    rows = stepped(LOGS, query.windows, query.step_s)
    numbers = rows.group_by("service", "severity_number", time=rows.step_us).agg(rows=rows.count())
    numbers = numbers.mutate(severity=severity(numbers.severity_number))
    return numbers.group_by("service", "severity", "time").agg(rows=numbers.rows.sum())


def log_lines(query: LogLineQuery) -> ir.Table:
    """The oldest rows that contain the text, letter case as written; equal times in order of all columns."""
    rows = within(LOGS, (query.window,))
    rows = rows.filter(rows.body.contains(given_one("contains")))
    if query.service is not None:
        rows = rows.filter(rows.service.isin(given("service")))
    told = rows.select(
        "service", "body", "trace_id", "span_id", time=rows.time_us, severity=severity(rows.severity_number)
    )
    return told.order_by(*LINES.names).limit(query.limit)


def severity(number: ir.IntegerColumn) -> ir.StringColumn:
    """The severity that an OpenTelemetry number means; trace counts as debug."""
    return ibis.cases(
        (number.between(1, 8), "debug"),
        (number.between(9, 12), "info"),
        (number.between(13, 16), "warn"),
        (number.between(17, 20), "error"),
        (number.between(21, 24), "fatal"),
        else_="unset",
    )
