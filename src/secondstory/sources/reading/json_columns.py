"""Lines of JSON objects to columns of text: at once where they are regular, else object by object.

Arrow's reader decodes lines twice as fast as they become Python objects, and leaves the interpreter free for another
thread, but it gives up where a key changes its type, guesses dates, and rounds integers beyond 64 bits. So it serves
only where it surely says what is written; `columns_of_objects` serves everywhere and gives the same.
"""

from __future__ import annotations

import re
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from secondstory.sources.reading.columns import Columns, number_text
from secondstory.sources.reading.labels import as_text

WIDTH = 512
"""Objects that are nested deeper, or would make more columns than this, stay JSON text in their parent's column."""

_DEPTH = 8
_EXACT = 2.0**53  # from here on a float may stand for an integer with other last digits
_NONE = type(None)
_OTHER = re.compile(rb"\A[^{]|\n[^{\r\n]")
"""A line that does not begin an object: a file that begins with null makes Arrow's reader end the whole process."""

Values = list[object]


def columns_of_lines(data: bytes, rows: int, known: pa.Schema) -> tuple[Columns | None, pa.Schema]:
    """The columns of `rows` lines, or None where Arrow's reader will not do; and the texts to expect in later lines.

    `known` are fields that are texts, so that those that look like dates are left as they are.
    """
    if (not data.isascii() and not _is_text(data)) or b"\\ud" in data or b"\\uD" in data or _OTHER.search(data):
        return None, known
    table = _read(data, known) or (_read(data, pa.schema([])) if len(known) else None)
    if table is None or table.num_rows != rows:
        return None, known
    texts = _texts(table.schema)
    if _has_dates(table.schema):
        table = _read(data, texts)
    if table is None:
        return None, known
    return _flat(table), texts


def columns_of_objects(objects: list[dict[str, object]]) -> Columns:
    """The columns of decoded objects, whatever they hold."""
    found: dict[str, Values] = {}
    _flatten(found, "", objects, _DEPTH)
    return Columns({name: _text(values) for name, values in found.items()}, len(objects))


def names_of(objects: list[dict[str, object]]) -> set[str]:
    """Every key of every object."""
    names: set[str] = set()
    return names.union(*objects)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read(data: bytes, texts: pa.Schema) -> pa.Table | None:
    reading = pj.ReadOptions(use_threads=False, block_size=len(data) + 1)
    try:
        return pj.read_json(pa.BufferReader(data), reading, pj.ParseOptions(explicit_schema=texts))
    except pa.ArrowException:
        return None


def _texts(schema: pa.Schema) -> pa.Schema:
    """The fields that are texts or were taken for dates, as texts."""
    return pa.schema([field for given in schema if (field := _text_field(given)) is not None])


def _text_field(field: pa.Field) -> pa.Field | None:
    if pa.types.is_string(field.type) or pa.types.is_temporal(field.type):
        return pa.field(field.name, pa.string())
    if pa.types.is_struct(field.type):
        inner = [found for given in field.type if (found := _text_field(given)) is not None]
        return pa.field(field.name, pa.struct(inner)) if inner else None
    return None


def _has_dates(fields: pa.Schema | pa.StructType) -> bool:
    return any(
        pa.types.is_temporal(field.type) or (pa.types.is_struct(field.type) and _has_dates(field.type))
        for field in fields
    )


def _flat(table: pa.Table) -> Columns | None:
    """Flat columns of text; None where a column is of a kind that Arrow may not have read exactly."""
    rows = table.num_rows  # an object without keys leaves no column, and without columns there are no rows
    for _ in range(_DEPTH):
        if not any(pa.types.is_struct(field.type) for field in table.schema):
            break
        table = table.flatten()
    names = table.column_names
    if len(names) > WIDTH or len(set(names)) < len(names) or not all(map(_is_plain, table.schema.types)):
        return None
    columns: dict[str, pa.Array] = {}
    for name in names:
        text = _exact_text(table.column(name).combine_chunks())
        if text is None:
            return None
        columns[name] = text
    return Columns(columns, rows)


def _is_plain(kind: pa.DataType) -> bool:
    plain = (pa.types.is_string, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_null)
    return any(is_one(kind) for is_one in plain)


def _exact_text(column: pa.Array) -> pa.Array | None:
    if not pa.types.is_floating(column.type):
        return column.cast(pa.string())
    return None if pc.any(pc.greater_equal(pc.abs(column), _EXACT)).as_py() else number_text(column)


def _flatten(found: dict[str, Values], prefix: str, objects: list[dict[str, object]], depth: int) -> None:
    for name in sorted(names_of(objects)):
        column = _column(objects, name)
        if depth and dict in set(map(type, column)):
            inner = [value if isinstance(value, dict) else {} for value in column]
            if len(found) + len(names_of(inner)) <= WIDTH:
                _flatten(found, f"{prefix}{name}.", inner, depth - 1)
                column = [None if isinstance(value, dict) else value for value in column]
        whole = prefix + name
        if whole in found:  # both `a.b` and `b` inside `a`
            column = [new if old is None else old for old, new in zip(found[whole], column, strict=True)]
        found[whole] = column


def _column(objects: list[dict[str, object]], name: str) -> Values:
    try:
        return list(map(itemgetter(name), objects))
    except KeyError:
        return [item.get(name) for item in objects]


def _text(values: Values) -> pa.Array:
    """Decoded JSON values as text, null staying null."""
    kinds = set(map(type, values)) - {_NONE}
    if kinds <= {str}:
        return pa.array(values, pa.string())
    return pa.array([None if value is None else _one_text(value) for value in values], pa.string())


def _one_text(value: object) -> str:
    if isinstance(value, float):
        text: str = number_text(pa.array([value]))[0].as_py()
        return text
    return as_text(value)
