"""The telemetry tables as the queries see them: unbound Ibis tables that every engine provides under these names.

An engine adds `time_us` to each, the row's time as microseconds since 1970 UTC, and `start_us` to metrics, from their
start_time. Queries reckon with these whole numbers alone, so that no engine's calendar, time zone or literal syntax can
change an answer. Text that a person typed reaches a query through the table `given`, one row a value, and is never part
of the query's own text.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from secondstory.model.telemetry import TableName
from secondstory.warehouse.stored import STORED

MICROS: dict[TableName, dict[str, str]] = {
    TableName.LOGS: {"time_us": "time"},
    TableName.METRICS: {"time_us": "time", "start_us": "start_time"},
    TableName.SPANS: {"time_us": "time"},
    TableName.OCCURRENCES: {"time_us": "time"},
}
"""The columns of whole microseconds that an engine adds, and the times that they come from."""


def _table(table: TableName) -> ir.Table:
    # Engines lose "never null" along the way (a join, a union), so no column claims it here.
    columns = {field.name: ibis.dtype(field.type)(nullable=True) for field in STORED[table]}
    whole = dict.fromkeys(MICROS[table], "int64")
    return ibis.table({**columns, **whole}, name=table.value)


LOGS = _table(TableName.LOGS)
METRICS = _table(TableName.METRICS)
SPANS = _table(TableName.SPANS)
OCCURRENCES = _table(TableName.OCCURRENCES)
GIVEN = ibis.table({"field": "string", "value": "string"}, name="given")


def given(field: str) -> ir.Column:
    """The texts of a query's field, as a column to test membership in."""
    return GIVEN.filter(GIVEN.field == field).value


def given_one(field: str) -> ir.Scalar:
    """The one text of a query's field."""
    return given(field).as_scalar()
