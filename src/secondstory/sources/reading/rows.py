"""Columns or rows of plain values to Arrow tables exactly as `model.telemetry.SCHEMAS` lays them out."""

from __future__ import annotations

import pyarrow as pa

from secondstory.model.telemetry import SCHEMAS, TableName

Tables = tuple[tuple[TableName, pa.Table], ...]


def table_of_columns(name: TableName, columns: dict[str, pa.Array], rows: int) -> Tables:
    """The table of these columns; a column that is not given is null, `resource` and `attributes` are empty objects.

    Gives no table where there are no rows.
    """
    if not rows:
        return ()
    schema = SCHEMAS[name]
    arrays = [_column(field, columns.get(field.name), rows) for field in schema]
    return ((name, pa.Table.from_arrays(arrays, schema=schema)),)


def table_of_rows(name: TableName, rows: list[tuple[object, ...]]) -> Tables:
    """The table of rows that hold every column in order; times in microseconds. No table where there are no rows."""
    if not rows:
        return ()
    schema = SCHEMAS[name]
    arrays = [pa.array(values, field.type) for field, values in zip(schema, zip(*rows, strict=True), strict=True)]
    return ((name, pa.Table.from_arrays(arrays, schema=schema)),)


def _column(field: pa.Field, given: pa.Array | None, rows: int) -> pa.Array:
    if given is not None:
        return given.cast(field.type)
    if field.name in ("resource", "attributes"):
        return pa.repeat(pa.scalar("{}", pa.string()), rows)
    return pa.nulls(rows, field.type)
