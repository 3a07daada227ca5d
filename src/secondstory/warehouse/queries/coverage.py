"""What was recorded: rows per table, service, version and instance, with their first and last times."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import CoverageQuery, ReplicaQuery
from secondstory.model.window import Window
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.steps import within
from secondstory.warehouse.queries.tables import LOGS, METRICS, OCCURRENCES, SPANS

COVERAGE = pa.schema(
    [
        ("table", pa.string()),
        ("service", pa.string()),
        ("version", pa.string()),
        ("instance", pa.string()),
        ("rows", pa.int64()),
        ("first_time", TIME),
        ("last_time", TIME),
    ]
)
REPLICAS = pa.schema(
    [
        ("service", pa.string()),
        ("version", pa.string()),
        ("instance", pa.string()),
        ("first_time", TIME),
        ("last_time", TIME),
        ("rows", pa.int64()),
    ]
)


def coverage(query: CoverageQuery) -> ir.Table:
    """Rows of each of the four tables."""
    return _counted(query.window, (LOGS, METRICS, SPANS, OCCURRENCES))


def replicas(query: ReplicaQuery) -> ir.Table:
    """Which versions and instances produced telemetry when; occurrences are about services, not produced by them."""
    counted = _counted(query.window, (LOGS, METRICS, SPANS))
    return counted.group_by("service", "version", "instance").agg(
        first_time=counted.first_time.min(), last_time=counted.last_time.max(), rows=counted.rows.sum()
    )


def _counted(window: Window, tables: tuple[ir.Table, ...]) -> ir.Table:
    return ibis.union(*[_counted_table(within(table, (window,)), table.get_name()) for table in tables])


def _counted_table(rows: ir.Table, name: str) -> ir.Table:
    counted = rows.group_by("service", "version", "instance").agg(
        rows=rows.count(), first_time=rows.time_us.min(), last_time=rows.time_us.max()
    )
    return counted.mutate(table=ibis.literal(name))
