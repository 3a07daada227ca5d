"""Rows of telemetry to one immutable segment: without persons, users and secrets, as Parquet files that are durable.

A file is written aside, forced to disk and renamed, so a name that exists holds a whole file. What a crash leaves
behind is in no catalogue; the next import of the same rows overwrites it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from secondstory.model.segment import Privacy, Segment, SegmentFile
from secondstory.model.telemetry import TableName, in_schema
from secondstory.warehouse.persons import actor_tokens, replace_people
from secondstory.warehouse.pseudonyms import pseudonymise
from secondstory.warehouse.redaction import redact
from secondstory.warehouse.shapes import shapes
from secondstory.warehouse.stored import PATTERN

_ROW_GROUP_ROWS = 122_880  # DuckDB's unit of parallel work
_COMPRESSION_LEVEL = 3
_REPEATED_SHARE = 0.5  # with fewer distinct texts than this share of rows, the work is done on distinct texts


@dataclass(frozen=True)
class _Text:
    """A column that may hold what must not be stored."""

    name: str
    is_json: bool
    prose: bool = False  # sentences, in which a first name alone is a person


_RESOURCE = _Text("resource", is_json=True)
_ATTRIBUTES = _Text("attributes", is_json=True)
_TEXTS: dict[TableName, tuple[_Text, ...]] = {
    TableName.LOGS: (_Text("body", is_json=False, prose=True), _ATTRIBUTES, _RESOURCE),
    TableName.METRICS: (_ATTRIBUTES, _RESOURCE),
    TableName.SPANS: (
        _Text("name", is_json=False),
        _Text("status_message", is_json=False),
        _Text("events", is_json=True),
        _Text("links", is_json=True),
        _ATTRIBUTES,
        _RESOURCE,
    ),
    TableName.OCCURRENCES: (
        _Text("title", is_json=False, prose=True),
        _Text("body", is_json=False, prose=True),
        _Text("url", is_json=False, prose=True),
        _Text("attributes", is_json=True, prose=True),
        _RESOURCE,
    ),
}


def write_segment(
    data_dir: Path, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy
) -> Segment:
    """Store `tables` (of `model.telemetry.SCHEMAS`) below `data_dir`; empty ones leave no file.

    Raises pyarrow.ArrowInvalid where a table does not follow its schema, OSError where the disk does not take it.
    """
    redactions: Counter[str] = Counter()
    files = []
    unmapped = 0
    for table_name, rows in sorted(tables, key=lambda pair: pair[0]):
        if rows.num_rows == 0:
            continue
        clean = _without_people_and_secrets(table_name, in_schema(table_name, rows), privacy, redactions)
        if table_name is TableName.LOGS:
            clean = clean.append_column(PATTERN, shapes(_array(clean, "body")))
        path = Path("segments", table_name.value, f"{segment_id}.parquet")
        _write_durably(clean, data_dir / path)
        first, last = pc.min_max(clean["time"]).as_py().values()
        files.append(
            SegmentFile(
                table=table_name.value,
                path=path.as_posix(),
                rows=clean.num_rows,
                bytes=(data_dir / path).stat().st_size,
                first_time=_utc(first),
                last_time=_utc(last),
            )
        )
        if table_name is not TableName.OCCURRENCES:  # a chat line belongs to no service
            unmapped += pc.sum(pc.equal(clean["service"], "")).as_py()
    return Segment(segment_id, tuple(files), tuple(sorted(redactions.items())), unmapped_rows=unmapped)


def _without_people_and_secrets(
    table_name: TableName, rows: pa.Table, privacy: Privacy, redactions: Counter[str]
) -> pa.Table:
    if table_name is TableName.OCCURRENCES:
        actors = actor_tokens(_array(rows, "actor"), _array(rows, "kind"), privacy.people)
        rows = _with(rows, "actor", actors)
    for text in _TEXTS[table_name]:
        rows = _with(rows, text.name, _clean(text, _array(rows, text.name), privacy, redactions))
    return rows


def _clean(text: _Text, column: pa.Array, privacy: Privacy, redactions: Counter[str]) -> pa.Array:
    def change(values: pa.Array, times: npt.NDArray[np.int64]) -> pa.Array:
        if text.is_json:
            values = pseudonymise(values, privacy.user_key)
        values = replace_people(values, privacy.people, prose=text.prose)
        values, found = redact(values, times, is_json=text.is_json)
        redactions.update(found)
        return values

    return _on_distinct(column, change)


def _on_distinct(column: pa.Array, change: Callable[[pa.Array, npt.NDArray[np.int64]], pa.Array]) -> pa.Array:
    encoded = column.dictionary_encode()
    if len(encoded.dictionary) > _REPEATED_SHARE * len(column):
        return change(column, np.ones(len(column), dtype=np.int64))
    places = encoded.indices.drop_null().to_numpy()
    changed = change(encoded.dictionary, np.bincount(places, minlength=len(encoded.dictionary)))
    return changed.take(encoded.indices)


def _array(rows: pa.Table, name: str) -> pa.Array:
    column = rows[name].combine_chunks()
    return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column


def _with(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(place), values)


def _write_durably(rows: pa.Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        pq.write_table(
            rows,
            file,
            compression="zstd",
            compression_level=_COMPRESSION_LEVEL,
            row_group_size=_ROW_GROUP_ROWS,
        )
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC)
