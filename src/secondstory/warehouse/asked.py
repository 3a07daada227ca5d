"""What an engine must make ready before it can answer: the tables, the files that may hold rows, the texts typed."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.errors import Unavailable
from secondstory.model.query import Query
from secondstory.model.segment import Segment, SegmentFile
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window, hull
from secondstory.ports import SegmentFiles
from secondstory.texts import say
from secondstory.warehouse.queries.spans import REACH_AFTER_S, REACH_BEFORE_S


def leave_selects_nested() -> None:
    """Tell Ibis, for this whole process, not to merge selects; nobody else here speaks Ibis.

    Engines flatten them themselves: merging costs Ibis a quarter of its time, half a second of a first analysis. And
    Sail cannot plan an order by what a merged select reckons.
    """
    ibis.options.sql.fuse_selects = False


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


def files(name: TableName, query: Query, segments: tuple[Segment, ...]) -> tuple[SegmentFile, ...]:
    """The files of a table that may hold rows for the query; others are not even opened."""
    asked = reach(name, query)
    return tuple(
        file
        for segment in segments
        for file in segment.files
        if file.table == name and file.rows and file.last_time >= asked.start and file.first_time < asked.end
    )


def require_present(store: SegmentFiles, stored: tuple[SegmentFile, ...]) -> None:
    """Raises Unavailable where a file that the catalogue names is not there; nothing found must not look like calm."""
    gone = store.missing(tuple(file.path for file in stored))
    if gone:
        raise Unavailable(say("engine.gone", count=len(gone), first=gone[0]), say("engine.gone_next"))


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
