"""The frozen result of a query: columns in one order, rows in one order, with a hash of what they say."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


class Table:
    """An immutable columnar table whose rows are sorted by all columns, so that equal content has an equal hash.

    Types kept: int64, float64, bool, string and timestamp[us, UTC]; others are cast to the nearest of these. A
    float is missing as null or NaN, which hash alike.
    """

    def __init__(self, arrow: pa.Table) -> None:
        plain = _plain_types(arrow)
        keys = [(name, "ascending") for name in plain.column_names]
        self._arrow = plain.sort_by(keys) if keys and plain.num_rows > 1 else plain

    @property
    def arrow(self) -> pa.Table:
        """The rows as an Arrow table (immutable)."""
        return self._arrow

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self._arrow.num_rows)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in order."""
        return tuple(self._arrow.column_names)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over names, types and values, 64 hex digits; independent of the order the rows came in."""
        digest = hashlib.sha256()
        for name in sorted(self.names):
            column = self._arrow.column(name)
            digest.update(json.dumps([name, str(column.type), len(column)]).encode())
            digest.update(_column_bytes(column))
        return digest.hexdigest()

    def texts(self, name: str) -> list[str | None]:
        """A string column as Python strings."""
        values: list[str | None] = self._arrow.column(name).to_pylist()
        return values

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """A numeric column as float64, read-only; missing = NaN."""
        column = self._arrow.column(name).cast(pa.float64())
        values: npt.NDArray[np.float64] = pc.fill_null(column, float("nan")).to_numpy().astype(np.float64)
        values.setflags(write=False)
        return values

    def micros(self, name: str) -> npt.NDArray[np.int64]:
        """A time column as microseconds since 1970 UTC, int64, read-only. Raises ValueError where a time is missing."""
        column = self._arrow.column(name).cast(pa.int64())
        if column.null_count:
            raise ValueError(f"column {name!r} holds {column.null_count} missing times")
        values: npt.NDArray[np.int64] = column.to_numpy().astype(np.int64)
        values.setflags(write=False)
        return values

    def records(self) -> list[dict[str, object]]:
        """The rows as dictionaries; for small results only."""
        rows: list[dict[str, object]] = self._arrow.to_pylist()
        return rows


def _plain_types(arrow: pa.Table) -> pa.Table:
    fields = [pa.field(field.name, _plain_type(field.type)) for field in arrow.schema]
    return arrow.cast(pa.schema(fields)).combine_chunks()


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_boolean(kind):
        return pa.bool_()
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pa.float64()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", tz="UTC")
    return pa.string()


def _column_bytes(column: pa.ChunkedArray) -> bytes:
    missing = column.is_null(nan_is_null=pa.types.is_floating(column.type))
    bits: npt.NDArray[np.uint8] = np.packbits(missing.to_numpy().astype(np.uint8))
    mask = bits.tobytes()
    if pa.types.is_string(column.type):
        return mask + json.dumps(column.to_pylist(), ensure_ascii=False, separators=(",", ":")).encode()
    if pa.types.is_floating(column.type):
        # -0.0 and 0.0 are the same number; adding 0.0 makes them the same bytes.
        values = np.where(missing.to_numpy(), 0.0, pc.fill_null(column, 0.0).to_numpy()) + 0.0
        floats: npt.NDArray[np.float64] = values.astype("<f8")
        return mask + floats.tobytes()
    whole: npt.NDArray[np.int64] = pc.fill_null(column.cast(pa.int64()), 0).to_numpy().astype("<i8")
    return mask + whole.tobytes()
