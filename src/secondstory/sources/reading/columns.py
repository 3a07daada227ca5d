"""Flat columns of text that fields of logs are taken from, the rest becoming attributes.

Nested objects have become dotted keys (`{"user": {"id": 7}}` is `user.id`), so that labels, ids and users are found
however they are nested. Everything works on whole columns, which costs a third of touching every value in Python.
"""

from __future__ import annotations

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

_NULL = pa.nulls(1, pa.string())[0]  # `pa.scalar` would load pandas, which every start would wait for
_FIRST_PRINTABLE = 0x20
_TO_ESCAPE = r'["\\\x00-\x1f]'


class Columns:
    """Columns of text, equally long. `take` removes what it gives; `attributes` makes JSON of what was not taken."""

    def __init__(self, columns: dict[str, pa.Array], rows: int) -> None:
        self.rows = rows
        self._columns = {name: column for name, column in columns.items() if column.null_count < rows}

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def take(self, names: tuple[str, ...]) -> pa.Array:
        """In each row the first of the names that is there; null where none is. The others stay."""
        found = pa.nulls(self.rows, pa.string())
        for name in names:
            if name not in self._columns or not found.null_count:
                continue
            column = self._columns.pop(name)
            if found.null_count == self.rows:
                found = column
                continue
            self.put_back(name, pc.if_else(found.is_valid(), column, _NULL))
            found = pc.coalesce(found, column)
        return found

    def put_back(self, name: str, column: pa.Array) -> None:
        """Make values an attribute again, or one under another name, in the rows that do not have it yet."""
        if column.null_count < self.rows:
            before = self._columns.get(name)
            self._columns[name] = column if before is None else pc.coalesce(before, column)

    def attributes(self) -> pa.Array:
        """A compact JSON object of strings a row, keys sorted."""
        if not self._columns:
            return pa.repeat(pa.scalar("{}", pa.string()), self.rows)
        pieces = [_piece(name, self._columns[name]) for name in sorted(self._columns)]
        # Each piece brings its own comma: joining by "," with null_handling="skip" loses rows that are null throughout.
        inner = pc.binary_join_element_wise(*pieces, "", null_handling="replace", null_replacement="")
        return pc.binary_join_element_wise(pa.scalar("{"), pc.ascii_rtrim(inner, ","), pa.scalar("}"), "")


def number_text(numbers: pa.Array) -> pa.Array:
    """Numbers as text; a whole number has no point, however it was written: JSON makes no difference."""
    texts = numbers.cast(pa.string())
    if not pa.types.is_floating(numbers.type):
        return texts
    return pc.replace_substring_regex(texts, r"\.0$", "")


def _piece(name: str, column: pa.Array) -> pa.Array:
    """`"name":"value",` and null where the row has no value."""
    if _may_need_escapes(column):
        marked = pc.fill_null(pc.match_substring_regex(column, _TO_ESCAPE), False)
        escaped = [_escaped(text) for text in column.filter(marked).to_pylist()]
        column = pc.replace_with_mask(column, marked, pa.array(escaped, pa.string()))
    return pc.binary_join_element_wise(pa.scalar(f'"{_escaped(name)}":"'), column, pa.scalar('",'), "")


def _may_need_escapes(column: pa.Array) -> bool:
    """A look at the bytes behind the column, which costs a hundredth of looking at each text."""
    data = column.buffers()[2]
    if data is None:
        return False
    content = data.to_pybytes()
    return b'"' in content or b"\\" in content or bool((np.frombuffer(content, np.uint8) < _FIRST_PRINTABLE).any())


def _escaped(text: str) -> str:
    return orjson.dumps(text).decode()[1:-1]
