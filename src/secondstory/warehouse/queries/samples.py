"""Samples of metrics as recorded, for who reckons with them outside of the engine."""

from __future__ import annotations

import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import SampleQuery
from secondstory.model.window import epoch_us
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.steps import within
from secondstory.warehouse.queries.tables import METRICS, given

_IDENTITY = (
    "name",
    "service",
    "instance",
    "version",
    "environment",
    "resource",
    "attributes",
    "kind",
    "temporality",
    "unit",
)
COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in _IDENTITY),
        ("time", TIME),
        ("value", pa.float64()),
        ("count", pa.int64()),
        ("sum", pa.float64()),
        ("bounds", pa.string()),
        ("buckets", pa.string()),
    ]
)


def samples(query: SampleQuery) -> ir.Table:
    """The rows nearest to the asked time; equally near ones in order of their columns."""
    rows = within(METRICS, query.windows)
    rows = rows.filter(rows.name.isin(given("names")))
    told = rows.select(
        *_IDENTITY,
        "value",
        "count",
        "sum",
        time=rows.time_us,
        bounds=_listed(rows.bounds),
        buckets=_listed(rows.buckets),
        away=(rows.time_us - epoch_us(query.near)).abs(),
    )
    return told.order_by("away", *COLUMNS.names).limit(query.limit).drop("away")


def _listed(numbers: ir.ArrayColumn) -> ir.StringColumn:
    return numbers.map(lambda number: number.cast("string")).join(",")
