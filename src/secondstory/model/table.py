"""The frozen result of a query: columns in one order, rows in one order, with a hash of what they say."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from json.encoder import encode_basestring

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_WHOLE = 2**62  # what 64 bits hold for certain


class Table:
    """An immutable columnar table whose rows are sorted by all columns, so that equal content has an equal hash.

    Types kept: int64, float64, bool, string and timestamp[us, UTC]; others are cast to the nearest of these. A
    float is missing as null or NaN, which hash alike.
    """

    def __init__(self, arrow: pa.Table) -> None:
        plain = _plain_types(arrow)
        self._arrow = plain.take(_order(plain)) if plain.num_columns and plain.num_rows > 1 else plain

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


def _order(plain: pa.Table) -> pa.Array:
    """The rows in order of all columns, missing values last.

    Most columns are texts that few rows bring anew. Each is compared once, and columns of texts side by side become one
    column of whole numbers: a fifth of the time that comparing rows takes.
    """
    keys: dict[str, pa.Array | pa.ChunkedArray] = {}
    ranks, most = np.zeros(plain.num_rows, np.int64), 1  # of what the texts since the last key say together; below most
    for name in plain.column_names:
        column = plain.column(name)
        if pa.types.is_string(column.type):
            own, count = _text_ranks(column)
            if most * count >= _WHOLE:
                found, ranks = np.unique(ranks, return_inverse=True)
                most = found.size
            ranks, most = ranks * count + own, most * count
            continue
        if most > 1:
            keys[f"before {name}"] = pa.array(ranks)
            ranks, most = np.zeros(plain.num_rows, np.int64), 1
        keys[name] = column
    keys["texts"] = pa.array(ranks)
    return pc.sort_indices(pa.table(keys), sort_keys=[(name, "ascending") for name in keys])


def _text_ranks(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], int]:
    """The place of each row's text among the distinct ones, from 0, missing last; and how many places there are."""
    encoded = column.combine_chunks().dictionary_encode()
    count = len(encoded.dictionary)
    places = np.empty(count, np.int64)
    places[pc.array_sort_indices(encoded.dictionary).to_numpy()] = np.arange(count)
    codes = pc.fill_null(encoded.indices, count).to_numpy()
    return np.append(places, count)[codes], count + 1


def _json_texts(column: pa.ChunkedArray) -> bytes:
    """A JSON array of texts; each distinct one is written once, for most rows repeat another's."""
    encoded = column.combine_chunks().dictionary_encode()
    written = [encode_basestring(text) for text in encoded.dictionary.to_pylist()]
    written.append("null")
    codes = pc.fill_null(encoded.indices, len(written) - 1).to_pylist()
    return ("[" + ",".join([written[code] for code in codes]) + "]").encode()


def _column_bytes(column: pa.ChunkedArray) -> bytes:
    missing = column.is_null(nan_is_null=pa.types.is_floating(column.type))
    bits: npt.NDArray[np.uint8] = np.packbits(missing.to_numpy().astype(np.uint8))
    mask = bits.tobytes()
    if pa.types.is_string(column.type):
        return mask + _json_texts(column)
    if pa.types.is_floating(column.type):
        # -0.0 and 0.0 are the same number; adding 0.0 makes them the same bytes.
        values = np.where(missing.to_numpy(), 0.0, pc.fill_null(column, 0.0).to_numpy()) + 0.0
        floats: npt.NDArray[np.float64] = values.astype("<f8")
        return mask + floats.tobytes()
    whole: npt.NDArray[np.int64] = pc.fill_null(column.cast(pa.int64()), 0).to_numpy().astype("<i8")
    return mask + whole.tobytes()
