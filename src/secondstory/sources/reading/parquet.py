"""Parquet tables of a dataset folder to rows of the telemetry tables, column by column."""

from __future__ import annotations

from dataclasses import dataclass, replace

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping, OccurrenceKind, TableName
from secondstory.ports import Block, Parsed
from secondstory.sources.reading.labels import Labels, aliased, as_text, split_labels
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_columns
from secondstory.sources.reading.severity import severity_number
from secondstory.sources.reading.times import HIGHEST_US, LOWEST_US
from secondstory.texts import say

_TIME = pa.timestamp("us", tz="UTC")
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)


@dataclass(frozen=True)
class _Layout:
    """The columns that tell a table, its time, and the columns that must not be null."""

    table: TableName
    told_by: frozenset[str]
    time: str
    needed: tuple[str, ...]


_LAYOUTS = (
    _Layout(TableName.SPANS, frozenset({"start", "duration_us", "trace_id"}), "start", ("trace_id", "span_id")),
    _Layout(TableName.METRICS, frozenset({"time", "name", "value"}), "time", ("name", "value")),
    _Layout(TableName.OCCURRENCES, frozenset({"time", "kind", "title"}), "time", ("kind",)),
    _Layout(TableName.LOGS, frozenset({"time", "body"}), "time", ("body",)),
)


def parse_parquet(block: Block, mapping: Mapping) -> Parsed:
    """The rows of one Parquet file. Raises BadInput where it cannot be opened or is none of the tables."""
    try:
        table = pq.read_table(pa.BufferReader(block.data))
        names = table.column_names  # decoded only here; a damaged name is a ValueError as well
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _bad("parquet_unreadable", block, problem=str(error).splitlines()[0]) from error
    layout = next((layout for layout in _LAYOUTS if {*layout.told_by, *layout.needed} <= set(names)), None)
    if layout is None:
        raise _bad("parquet_columns", block, columns=", ".join(names) or "none")
    if not pa.types.is_timestamp(table.schema.field(layout.time).type):
        kind = table.schema.field(layout.time).type
        raise _bad("parquet_time", block, column=layout.time, type=kind)
    rejects = Rejects(block.path)
    try:
        return _parsed(_decoded(table, rejects), layout, mapping, rejects)
    except pa.ArrowException as error:  # a column of a type that cannot be what its name says
        raise _bad("parquet_unreadable", block, problem=str(error).splitlines()[0]) from error


def _parsed(table: pa.Table, layout: _Layout, mapping: Mapping, rejects: Rejects) -> Parsed:
    rows = _usable(table, layout, rejects)
    columns = _labels(rows, mapping, rejects)
    columns["time"] = _times(rows, layout.time)
    columns.update(_OWN[layout.table](rows))
    return Parsed(tables=table_of_columns(layout.table, columns, rows.num_rows), rejects=rejects.found())


def _decoded(table: pa.Table, rejects: Rejects) -> pa.Table:
    """The table with signs in the place of bytes that are no UTF-8, which a Parquet reader does not look for."""
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if not any(is_text(field.type) for is_text in _TEXTS):
            column.validate(full=True)
        elif not _is_sound(column):
            table = table.set_column(place, field.name, _replaced(column, rejects))
    return table


def _is_sound(column: pa.ChunkedArray) -> bool:
    try:
        column.cast(pa.string()).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _replaced(column: pa.ChunkedArray, rejects: Rejects) -> pa.Array:
    texts: list[str | None] = []
    for chunk in column.chunks:
        for value in chunk.cast(pa.binary()).to_pylist():
            text = None if value is None else value.decode(errors="replace")
            texts.append(text)
            if text is not None and text.encode() != value:
                rejects.add("text_replaced", len(texts))
    return pa.array(texts, pa.string())


def _usable(table: pa.Table, layout: _Layout, rejects: Rejects) -> pa.Table:
    """The rows that have all they need; `row` numbers those of the file from 1."""
    rows = table.append_column("row", pa.array(range(1, table.num_rows + 1), pa.int64()))
    times = _times(rows, layout.time).cast(pa.int64())
    rows = _kept(rows, times.is_valid(), "time_missing", rejects)
    times = _times(rows, layout.time).cast(pa.int64())
    inside = pc.and_(pc.greater_equal(times, LOWEST_US), pc.less(times, HIGHEST_US))
    first = next(iter(times.filter(pc.invert(inside))), None)
    facts = {"seen": first, "unit": "microseconds since 1970", "looks": "the clock or the export is wrong"}
    rows = _kept(rows, inside, "time_outside", rejects, **facts)
    for name in layout.needed:
        rows = _kept(rows, rows.column(name).is_valid(), "field_missing", rejects, field=name)
    if layout.table is TableName.METRICS:
        rows = _kept(rows, pc.is_finite(rows.column("value").cast(pa.float64())), "not_finite", rejects)
    if layout.table is TableName.SPANS:
        sound = pc.fill_null(pc.greater_equal(rows.column("duration_us").cast(pa.int64()), 0), False)
        rows = _kept(rows, sound, "span_backwards", rejects)
    if layout.table is TableName.OCCURRENCES:
        known = tuple(kind.value for kind in OccurrenceKind)
        sound = pc.is_in(rows.column("kind").cast(pa.string()), pa.array(known))
        rows = _kept(rows, sound, "kind_unknown", rejects, known=", ".join(known))
    return rows


def _kept(rows: pa.Table, sound: pa.ChunkedArray, key: str, rejects: Rejects, **facts: object) -> pa.Table:
    bad = rows.column("row").filter(pc.invert(sound))
    if len(bad):
        rejects.add(key, bad[0].as_py(), len(bad), **facts)
    return rows.filter(sound)


def _times(rows: pa.Table, name: str) -> pa.Array:
    # Stated without a zone, a time counts as UTC; nanoseconds are cut to microseconds.
    zoned = rows.column(name).cast(pa.timestamp(rows.schema.field(name).type.unit, tz="UTC"))
    return zoned.cast(_TIME, safe=False).combine_chunks()


def _labels(rows: pa.Table, mapping: Mapping, rejects: Rejects) -> dict[str, pa.Array]:
    """Service, replica labels and the remaining attributes; the work is done once a distinct set of attributes."""
    own_service = "service" in rows.column_names
    # Where a column says who speaks, a label such as `container` says something else and stays an attribute.
    wanted = replace(mapping, service_labels=()) if own_service else mapping
    given = _text(rows, "attributes").fill_null("{}").dictionary_encode()
    parts: list[Labels] = []
    broken: list[bool] = []
    for text in given.dictionary.to_pylist():
        labels = _split(text, wanted)
        broken.append(labels is None)
        parts.append(labels or Labels("", None, None, None, "{}"))
    if any(broken):
        bad = rows.column("row").filter(pa.array(broken, pa.bool_()).take(given.indices))
        rejects.add("attributes_unreadable", bad[0].as_py(), len(bad))
    told = dict(zip(("service", "instance", "version", "environment", "attributes"), Labels._fields, strict=True))
    columns = {
        name: pa.array([getattr(labels, part) for labels in parts], pa.string()).take(given.indices)
        for name, part in told.items()
    }
    if own_service:
        columns["service"] = aliased(rows.column("service"), mapping)
    return columns


def _split(text: str, mapping: Mapping) -> Labels | None:
    try:
        attributes = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(attributes, dict):
        return None
    return split_labels({key: as_text(value) for key, value in attributes.items()}, mapping)


def _metrics(rows: pa.Table) -> dict[str, pa.Array]:
    return {
        "name": _text(rows, "name"),
        "kind": pa.repeat(pa.scalar("gauge"), rows.num_rows),
        "value": rows.column("value").cast(pa.float64()).combine_chunks(),
        "unit": _text(rows, "unit"),
    }


def _spans(rows: pa.Table) -> dict[str, pa.Array]:
    none = pa.repeat(pa.scalar("[]"), rows.num_rows)
    return {
        "duration": rows.column("duration_us").cast(pa.int64()).combine_chunks(),
        "name": _text(rows, "name").fill_null(""),
        "kind": pc.utf8_lower(_text(rows, "kind")),
        "status": pc.utf8_lower(_text(rows, "status")),
        "trace_id": _text(rows, "trace_id"),
        "span_id": _text(rows, "span_id"),
        "parent_span_id": _text(rows, "parent_span_id"),
        "events": none,
        "links": none,
        "sample_weight": pa.repeat(pa.scalar(1.0), rows.num_rows),
    }


def _logs(rows: pa.Table) -> dict[str, pa.Array]:
    words = _text(rows, "severity_text").fill_null("").dictionary_encode()
    numbers = pa.array([severity_number(word) for word in words.dictionary.to_pylist()], pa.int8())
    return {
        "severity_number": numbers.take(words.indices),
        "body": _text(rows, "body"),
        "trace_id": _text(rows, "trace_id"),
        "span_id": _text(rows, "span_id"),
    }


def _occurrences(rows: pa.Table) -> dict[str, pa.Array]:
    return {
        "kind": _text(rows, "kind"),
        "title": _text(rows, "title").fill_null(""),
        "body": _text(rows, "body").fill_null(""),
        "actor": _text(rows, "actor"),
        "url": _text(rows, "url"),
    }


_OWN = {
    TableName.METRICS: _metrics,
    TableName.SPANS: _spans,
    TableName.LOGS: _logs,
    TableName.OCCURRENCES: _occurrences,
}


def _text(rows: pa.Table, name: str) -> pa.Array:
    """A column as text, all null where the file has no such column."""
    if name not in rows.column_names:
        return pa.nulls(rows.num_rows, pa.string())
    return rows.column(name).cast(pa.string()).combine_chunks()


def _bad(key: str, block: Block, **facts: object) -> BadInput:
    return BadInput(say(f"sources.{key}", path=block.path, **facts), say("sources.parquet_next"))
