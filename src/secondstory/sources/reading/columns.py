"""Decoded JSON objects, turned sideways: flat columns that fields are taken from, the rest to attributes.

Nested objects become dotted keys (`{"user": {"id": 7}}` is `user.id`), so that labels, ids and users are found however
they are nested. Everything works on whole columns, which costs a third of touching every value in Python.
"""

from __future__ import annotations

from operator import itemgetter

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.sources.reading.labels import as_text

WIDTH = 512
"""Objects that are nested deeper, or would make more columns than this, stay JSON text in their parent's column."""

_DEPTH = 8
_NONE = type(None)

Values = list[object]


class Columns:
    """Columns of equal length. `take` removes what it gives; `attributes` makes JSON of what was not taken."""

    def __init__(self, objects: list[dict[str, object]]) -> None:
        self.rows = len(objects)
        self._columns: dict[str, tuple[Values, set[type]]] = {}
        self._flatten("", objects, names_of(objects), _DEPTH)

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def take_values(self, names: tuple[str, ...]) -> Values:
        """As decoded; in each row the first of the names that is there, None where none is."""
        return self._take(names)[0]

    def take(self, names: tuple[str, ...]) -> pa.Array:
        """As text."""
        return _text(*self._take(names))

    def put_back(self, name: str, values: Values) -> None:
        """Make values an attribute again, or one under another name, in the rows that do not have it yet."""
        if name in self._columns:
            before, _ = self._columns[name]
            values = [new if old is None else old for old, new in zip(before, values, strict=True)]
        kinds = set(map(type, values))
        if kinds != {_NONE}:
            self._columns[name] = values, kinds

    def attributes(self) -> pa.Array:
        """A compact JSON object of strings a row, keys sorted."""
        if not self._columns:
            return pa.repeat(pa.scalar("{}", pa.string()), self.rows)
        pieces = [_piece(name, *self._columns[name]) for name in sorted(self._columns)]
        # Each piece brings its own comma: joining by "," with null_handling="skip" loses rows that are null throughout.
        inner = pc.binary_join_element_wise(*pieces, "", null_handling="replace", null_replacement="")
        return pc.binary_join_element_wise(pa.scalar("{"), pc.ascii_rtrim(inner, ","), pa.scalar("}"), "")

    def _take(self, names: tuple[str, ...]) -> tuple[Values, set[type]]:
        present = [name for name in names if name in self._columns]
        if not present:
            return [None] * self.rows, {_NONE}
        found, kinds = self._columns.pop(present[0])
        for name in present[1:]:
            if _NONE not in kinds:
                break  # every row has its value; the further names stay attributes
            more, _ = self._columns.pop(name)
            self.put_back(name, [None if seen is None else new for seen, new in zip(found, more, strict=True)])
            found = [new if seen is None else seen for seen, new in zip(found, more, strict=True)]
            kinds = set(map(type, found))
        return found, kinds

    def _flatten(self, prefix: str, objects: list[dict[str, object]], names: set[str], depth: int) -> None:
        for name in sorted(names):
            column = _column(objects, name)
            kinds = set(map(type, column))
            if dict not in kinds and kinds != {_NONE} and prefix + name not in self._columns:
                self._columns[prefix + name] = column, kinds
                continue
            if depth and dict in kinds:
                inner = [value if isinstance(value, dict) else {} for value in column]
                below = names_of(inner)
                if len(self._columns) + len(below) <= WIDTH:
                    self._flatten(f"{prefix}{name}.", inner, below, depth - 1)
                    column = [None if isinstance(value, dict) else value for value in column]
            self.put_back(prefix + name, column)


def names_of(objects: list[dict[str, object]]) -> set[str]:
    """Every key of every object."""
    names: set[str] = set()
    return names.union(*objects)


def _column(objects: list[dict[str, object]], name: str) -> Values:
    try:
        return list(map(itemgetter(name), objects))
    except KeyError:
        return [item.get(name) for item in objects]


def _text(values: Values, kinds: set[type]) -> pa.Array:
    """Decoded JSON values as text, null staying null."""
    some = kinds - {_NONE}
    if some <= {str}:
        return pa.array(values, pa.string())
    if some == {float}:
        return _numbers(values)
    if some in ({int}, {bool}):
        try:
            return pa.array(values).cast(pa.string())
        except (OverflowError, pa.ArrowInvalid):
            pass  # beyond 64 bits; the way below knows no such limit
    return pa.array([None if value is None else as_text(value) for value in values], pa.string())


def _numbers(values: Values) -> pa.Array:
    texts = orjson.dumps(values)[1:-1].split(b",")
    missing = np.fromiter((value is None for value in values), dtype=np.bool_, count=len(values))
    return pa.array(texts, pa.binary(), mask=missing).cast(pa.string())


def _piece(name: str, values: Values, kinds: set[type]) -> pa.Array:
    """`"name":"value",` and null where the row has no value."""
    column = _text(values, kinds)
    if not kinds <= {int, float, bool, _NONE}:
        texts = values if kinds <= {str, _NONE} else column.to_pylist()
        if b"\\" in orjson.dumps(texts):  # rare, and dearer than this look
            column = pa.array([None if text is None else _escaped(text) for text in texts], pa.string())
    return pc.binary_join_element_wise(pa.scalar(f'"{_escaped(name)}":"'), column, pa.scalar('",'), "")


def _escaped(text: object) -> str:
    return orjson.dumps(text).decode()[1:-1]
