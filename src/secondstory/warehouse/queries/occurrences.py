"""Deploys, alerts, chat and the like, row by row."""

from __future__ import annotations

import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import OccurrenceQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.steps import within
from secondstory.warehouse.queries.tables import OCCURRENCES, given

COLUMNS = pa.schema(
    [
        ("time", TIME),
        ("kind", pa.string()),
        ("service", pa.string()),
        ("title", pa.string()),
        ("body", pa.string()),
        ("actor", pa.string()),
        ("url", pa.string()),
        ("attributes", pa.string()),
    ]
)


def occurrences(query: OccurrenceQuery) -> ir.Table:
    """The occurrences of the window; of some kinds only, where the query names any."""
    rows = within(OCCURRENCES, (query.window,))
    if query.kinds:
        rows = rows.filter(rows.kind.isin(given("kinds")))
    return rows.drop("time").rename(time="time_us")
