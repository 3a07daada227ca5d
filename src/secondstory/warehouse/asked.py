"""What an engine must make ready before it can answer: the tables, the files that may hold rows, the texts typed."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import Query
from secondstory.model.segment import Segment
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window, hull
from secondstory.warehouse.queries.spans import REACH_AFTER_S, REACH_BEFORE_S


def tables(expression: ir.Table) -> tuple[TableName, ...]:
    """The tables that an expression reads; others need not be made ready."""
    read = {table.name for table in expression.op().find(ops.UnboundTable)}
    return tuple(name for name in TableName if name in read)


def reach(name: TableName, query: Query) -> Window:
    """The stretch of time whose rows of this table can matter to the query."""
    asked = hull((query.window, *getattr(query, "reference", ())))
    if name is not TableName.SPANS:
        return asked
    return Window(asked.start - timedelta(seconds=REACH_BEFORE_S), asked.end + timedelta(seconds=REACH_AFTER_S))


def paths(name: TableName, query: Query, segments: tuple[Segment, ...]) -> list[str]:
    """Paths of the files of a table that may hold rows for the query; others are not even opened."""
    asked = reach(name, query)
    return [
        file.path
        for segment in segments
        for file in segment.files
        if file.table == name and file.rows and file.last_time >= asked.start and file.first_time < asked.end
    ]


def texts(query: Query) -> pa.Table:
    """The texts in a query's fields, for the table `given`: field and value."""
    found: list[tuple[str, str]] = []
    for field in fields(query):
        value = getattr(query, field.name)
        values = value if isinstance(value, tuple) else (value,)
        if field.name != "recordings":
            found.extend((field.name, text) for text in values if isinstance(text, str))
    columns = {"field": [field for field, _ in found], "value": [text for _, text in found]}
    return pa.table(columns, pa.schema([("field", pa.string()), ("value", pa.string())]))
