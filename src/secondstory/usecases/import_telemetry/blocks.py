"""A block of a file to a stored segment: the part of an import that runs beside others, in threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.segment import Privacy, Segment
from secondstory.model.system import Fact
from secondstory.model.telemetry import Mapping, TableName, in_schema
from secondstory.ports import Block, FileHead, Parsed, Reject, SourceExtension, Warehouse
from secondstory.usecases.import_telemetry.chain import Place, place
from secondstory.usecases.import_telemetry.files import FoundFile, Reading, head

Tables = tuple[tuple[TableName, pa.Table], ...]


@dataclass(frozen=True)
class Sourced:
    """A file with the source that reads it, or why none can."""

    file: FoundFile
    source: SourceExtension | None
    error: str = ""
    tells_people: bool = False  # its first rows name persons, so it is read before text that may mention them


@dataclass(frozen=True)
class Broken:
    """A file, or a block of it, that its source failed on."""

    line: int
    error: str


@dataclass(frozen=True)
class Task:
    """One block to read and store."""

    sourced: Sourced
    source: SourceExtension
    block: Block
    place: Place
    segment_id: str


@dataclass(frozen=True)
class Done:
    """What became of a block. Without a segment its tables still wait for tokens of the persons in them."""

    segment: Segment | None
    tables: Tables
    facts: tuple[Fact, ...]
    rejects: tuple[Reject, ...]


def recognised(file: FoundFile, sources: tuple[SourceExtension, ...], mapping: Mapping) -> Sourced:
    """The file with the first source that knows it."""
    try:
        first = head(file)
    except (OSError, pa.ArrowInvalid) as error:
        return Sourced(file, None, str(error))
    seen = FileHead(file.plain_name, first)
    for source in sources:
        try:
            if source.recognise(seen):
                return Sourced(file, source, tells_people=_tells_people(source, seen, mapping))
        except Exception as error:  # the door where a source is run: one that fails is a gap
            return Sourced(file, source, _said(error))
    return Sourced(file, None)


def cut(
    sourced: Sourced, source: SourceExtension, reading: Reading, before: str
) -> Iterator[tuple[Block, Place] | Broken]:
    """The blocks of a file with their places in its chain; a source that fails ends the file with a `Broken`."""
    line = 1
    blocks = source.cut(sourced.file.plain_name, reading.chunks())
    while True:
        try:
            block = next(blocks, None)
        except Exception as error:  # the door where a source is run: what it gave so far is kept
            yield Broken(line, _said(error))
            return
        if block is None:
            return
        line = block.first_line
        where = place(before, block.data)
        before = where.chain
        yield block, where


def read_and_store(task: Task, mapping: Mapping, warehouse: Warehouse, privacy: Privacy) -> Done | Broken:
    """Parse a block and write its segment; rows that name persons are given back for their tokens first."""
    try:
        parsed = task.source.parse(task.block, mapping)
        tables = tuple((name, in_schema(name, rows)) for name, rows in parsed.tables)
    except Exception as error:  # the door where a source is run: the block is a gap, the others are kept
        return Broken(task.block.first_line, _said(error))
    done = Done(None, tables, parsed.facts, parsed.rejects)
    return done if actors(tables) else stored(task, done, warehouse, privacy)


def stored(task: Task, done: Done, warehouse: Warehouse, privacy: Privacy) -> Done:
    """`done` with its tables written as a segment."""
    segment = warehouse.write(task.segment_id, done.tables, privacy)
    first = min(done.rejects, key=lambda reject: reject.line, default=None)
    segment = replace(
        segment,
        source=task.source.name,
        path=task.sourced.file.name,
        source_bytes=len(task.block.data),
        source_hash=task.place.hash,
        first_line=task.block.first_line,
        rejected_rows=sum(reject.count for reject in done.rejects),
        rejected_line=first.line if first else 0,
        rejected_reason=first.reason if first else "",
    )
    return replace(done, segment=segment, tables=())


def actors(tables: Tables) -> tuple[str, ...]:
    """The persons who act in these rows, sorted."""
    found: set[str] = set()
    for name, rows in tables:
        if name is TableName.OCCURRENCES:
            found.update(pc.unique(rows["actor"].drop_null()).to_pylist())
    return tuple(sorted(found - {""}))


def _tells_people(source: SourceExtension, seen: FileHead, mapping: Mapping) -> bool:
    try:
        block = next(source.cut(seen.path, [seen.head]), None)
        parsed = source.parse(block, mapping) if block is not None else Parsed()
    except Exception:  # the door where a source is run: a head may end within a record; the file itself is read later
        return False
    return bool(actors(parsed.tables))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
