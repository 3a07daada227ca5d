"""Decoded JSON objects, turned sideways: flat columns of text that fields are taken from, the rest to attributes.

Nested objects become dotted keys (`{"user": {"id": 7}}` is `user.id`), so that labels, ids and users are found however
they are nested. Everything works on whole columns, which costs a third of touching every row.
"""

from __future__ import annotations

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.sources.reading.labels import as_text

_DEPTH = 8
WIDTH = 512
"""Objects that are nested deeper, or would make more columns than this, stay JSON text in their parent's column."""

Values = list[object]


class Columns:
    """Columns of equal length. `take` removes what it gives; `attributes` makes JSON of what was not taken."""

    def __init__(self, objects: list[dict[str, object]]) -> None:
        self.rows = len(objects)
        self.values: dict[str, Values] = {}
        self._flatten("", objects, names_of(objects), _DEPTH)

    def take_values(self, names: tuple[str, ...]) -> Values:
        """As decoded; in each row the first of the names that is there. Null where none is."""
        found: Values = [None] * self.rows
        for name in names:
            if name in self.values:
                column = self.values.pop(name)
                left: Values = []
                if any(value is not None for value in found):
                    left = [None if seen is None else value for seen, value in zip(found, column, strict=True)]
                    found = [value if seen is None else seen for seen, value in zip(found, column, strict=True)]
                else:
                    found = column
                if any(value is not None for value in left):
                    self.values[name] = left
        return found

    def take(self, names: tuple[str, ...]) -> pa.Array:
        """As text."""
        return text_column(self.take_values(names))

    def put_back(self, name: str, values: Values) -> None:
        """Make values an attribute again, or one under another name, where the row does not have it yet."""
        before = self.values.get(name)
        if before is not None:
            values = [old if old is not None else new for old, new in zip(before, values, strict=True)]
        if any(value is not None for value in values):
            self.values[name] = values

    def attributes(self) -> pa.Array:
        """A compact JSON object of strings a row, keys sorted."""
        pieces = [_piece(name, self.values[name]) for name in sorted(self.values)]
        if not pieces:
            return pa.repeat(pa.scalar("{}", pa.string()), self.rows)
        inner = pc.binary_join_element_wise(*pieces, ",", null_handling="skip")
        return pc.binary_join_element_wise(pa.scalar("{"), inner, pa.scalar("}"), "")

    def _flatten(self, prefix: str, objects: list[dict[str, object]], names: set[str], depth: int) -> None:
        for name in sorted(names):
            column: Values = [item.get(name) for item in objects]
            if depth and dict in set(map(type, column)):
                inner = [value if isinstance(value, dict) else {} for value in column]
                below = names_of(inner)
                if len(self.values) + len(below) <= WIDTH:
                    self._flatten(f"{prefix}{name}.", inner, below, depth - 1)
                    column = [None if isinstance(value, dict) else value for value in column]
            self.put_back(prefix + name, column)


def names_of(objects: list[dict[str, object]]) -> set[str]:
    """Every key of every object."""
    names: set[str] = set()
    for item in objects:
        if not names.issuperset(item):
            names.update(item)
    return names


def text_column(values: Values) -> pa.Array:
    """Any decoded JSON values as text, null staying null."""
    kinds = set(map(type, values))
    kinds.discard(type(None))
    if kinds <= {str}:
        return pa.array(values, pa.string())
    if kinds == {float}:
        return _numbers(values)
    if kinds == {int} or kinds == {bool}:
        try:
            return pa.array(values).cast(pa.string())
        except (OverflowError, pa.ArrowInvalid):
            pass  # beyond 64 bits; the way below knows no such limit
    return pa.array([None if value is None else as_text(value) for value in values], pa.string())


def _numbers(values: Values) -> pa.Array:
    texts = orjson.dumps(values)[1:-1].split(b",")
    column = pa.array(texts, pa.binary()).cast(pa.string())
    missing = np.fromiter((value is None for value in values), dtype=np.bool_, count=len(values))
    return pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), column)


def _piece(name: str, values: Values) -> pa.Array:
    """`"name":"value"`, null where the row has no value."""
    column = text_column(values)
    if not set(map(type, values)) <= {int, float, bool, type(None)}:
        texts = column.to_pylist()
        if b"\\" in orjson.dumps(texts):  # rare, and dearer than this look
            column = pa.array([None if text is None else _escaped(text) for text in texts], pa.string())
    return pc.binary_join_element_wise(pa.scalar(f'"{_escaped(name)}":"'), column, pa.scalar('"'), "")


def _escaped(text: str) -> str:
    return orjson.dumps(text).decode()[1:-1]
