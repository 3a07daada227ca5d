"""Rows of telemetry to one immutable segment: without persons, users and secrets, as Parquet files that are durable.

A name that exists in a store holds a whole file. What a crash leaves behind is in no catalogue; the next import of the
same rows overwrites it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.segment import Privacy, Segment, SegmentFile
from secondstory.model.telemetry import TableName, in_schema
from secondstory.warehouse.cleaning import clean_sentences, cleaned, column, without_people
from secondstory.warehouse.stored import PATTERN


class SegmentStore(Protocol):
    """Where segments' files are kept, by their paths."""

    def write(self, path: str, rows: pa.Table) -> int:
        """Durably and whole; gives the size in bytes."""

    def read(self, path: str) -> pa.Table:
        """The rows of a file."""


class SegmentRedactor:
    """`ports.Redactor` over the segments of a store."""

    def __init__(self, store: SegmentStore) -> None:
        self._store = store

    def sentences(self, texts: tuple[str, ...], privacy: Privacy) -> tuple[str, ...]:
        """Short texts, such as titles, redacted and with persons as tokens. Doing it again changes nothing."""
        return clean_sentences(texts, privacy)

    def anew(self, segment: Segment, segment_id: str, privacy: Privacy) -> Segment:
        """A stored segment without the names that became known since: under the new id where one was in it, not yet
        visible; else as it was. Either way `people_known` says so.
        """
        stored = [(file, self._rows(file)) for file in segment.files]
        clean = [(file, without_people(TableName(file.table), rows, privacy.people)) for file, rows in stored]
        seen = replace(segment, people_known=len(privacy.people))
        if all(rows.equals(before) for (_, rows), (_, before) in zip(clean, stored, strict=True)):
            return seen
        files = [_file(self._store, TableName(file.table), segment_id, rows) for file, rows in clean]
        return replace(seen, id=segment_id, files=tuple(files))

    def _rows(self, file: SegmentFile) -> pa.Table:
        return in_schema(TableName(file.table), self._store.read(file.path))


def write_segment(
    store: SegmentStore, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy
) -> Segment:
    """Store `tables` (of `model.telemetry.SCHEMAS`); empty ones leave no file.

    Raises pyarrow.ArrowInvalid where a table does not follow its schema, and what the store raises.
    """
    redactions: Counter[str] = Counter()
    files = []
    unmapped = 0
    for table_name, rows in sorted(tables, key=lambda pair: pair[0]):
        if rows.num_rows == 0:
            continue
        clean, found = cleaned(table_name, in_schema(table_name, rows), privacy)
        redactions.update(found)
        files.append(_file(store, table_name, segment_id, clean))
        if table_name is not TableName.OCCURRENCES:  # a chat line belongs to no service
            unmapped += pc.sum(pc.equal(clean["service"], "")).as_py()
    counts = tuple(sorted(redactions.items()))
    return Segment(segment_id, tuple(files), counts, unmapped_rows=unmapped, people_known=len(privacy.people))


def _file(store: SegmentStore, table_name: TableName, segment_id: str, clean: pa.Table) -> SegmentFile:
    if table_name is TableName.LOGS:
        from secondstory.warehouse.shapes import shapes  # noqa: PLC0415 - needs an engine, see `warehouse.late`

        clean = clean.append_column(PATTERN, shapes(column(clean, "body")))
    path = f"segments/{table_name.value}/{segment_id}.parquet"
    first, last = pc.min_max(clean["time"]).as_py().values()
    return SegmentFile(
        table=table_name.value,
        path=path,
        rows=clean.num_rows,
        bytes=store.write(path, clean),
        first_time=_utc(first),
        last_time=_utc(last),
    )


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC)
