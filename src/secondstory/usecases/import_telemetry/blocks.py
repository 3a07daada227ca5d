"""A block of a file to a stored segment: the part of an import that runs beside others, in threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.errors import SecondStoryError
from secondstory.model.person import is_automation, name_words
from secondstory.model.segment import Privacy, Segment
from secondstory.model.system import Fact
from secondstory.model.telemetry import MACHINE_KINDS, Mapping, TableName, in_schema
from secondstory.ports import Block, FileHead, Parsed, Reject, SourceExtension, Warehouse
from secondstory.texts import say
from secondstory.usecases.import_telemetry.archives import is_archive
from secondstory.usecases.import_telemetry.chain import Place, places
from secondstory.usecases.import_telemetry.encodings import is_wide
from secondstory.usecases.import_telemetry.files import FoundFile, Reading, head

T = TypeVar("T")
_MOST_TOLD = 8  # reasons of a block
_MOST_REFERRED_BYTES = 1 << 20  # a file that others refer to is a definition, and small
Tables = tuple[tuple[TableName, pa.Table], ...]


@dataclass(frozen=True)
class Sourced:
    """A file with the source that reads it, or why none can."""

    file: FoundFile
    source: SourceExtension | None
    error: str = ""
    tells_people: bool = False  # its rows name persons, so it is read before text that may mention them


@dataclass(frozen=True)
class Failure:
    """What a source said when it failed, in one line."""

    said: str


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
    people: tuple[str, ...] = ()  # all who act or are named in the rows


def recognised(file: FoundFile, sources: tuple[SourceExtension, ...], mapping: Mapping) -> Sourced:
    """The file with the first source that knows it."""
    if file.refused:
        return Sourced(file, None, file.refused)
    first = run_source(lambda: head(file))
    if isinstance(first, Failure):
        return Sourced(file, None, first.said)
    if is_archive(first):
        return Sourced(file, None, say("imports.archive"))
    if not first.strip(b"\0"):
        return Sourced(file, None, say("imports.zeros" if first else "imports.empty"))
    seen = FileHead(file.plain_name, first)
    for source in sources:
        knows = run_source(partial(source.recognise, seen))
        if isinstance(knows, Failure):
            return Sourced(file, source, knows.said)
        if knows:
            # A head may end within a record, so a failure here says nothing; the file itself is read later.
            told = run_source(partial(_head_people, source, seen, mapping))
            named = told != () and not isinstance(told, Failure)
            return Sourced(file, source, tells_people=source.tells_people or named)
    return Sourced(file, None, say("imports.wide_text") if is_wide(first) else "")


def cut(
    sourced: Sourced, source: SourceExtension, reading: Reading, recording: str
) -> Iterator[tuple[Block, Place] | Broken]:
    """The blocks of a file with their places in its chain; where source or file fail, a `Broken` is the last."""
    line, next_place = 1, places(recording)
    blocks = source.cut(sourced.file.plain_name, reading.chunks())
    while (block := run_source(lambda: next(blocks, None))) is not None:
        if isinstance(block, Failure):
            yield Broken(line, block.said)
            return
        line = block.first_line
        yield block, next_place(block.data)
    if reading.error:
        yield Broken(line, reading.error)


def beside_of(files: list[Sourced]) -> dict[str, tuple[bytes, ...]]:
    """By name of each file whose source looks references up: the contents of that source's other files, sorted.

    A file that cannot be read, or is too large for a definition, is told when it is read itself.
    """
    contents = {each.file.name: _whole(each.file) for each in files if each.source is not None and each.source.refers}
    sources = {each.file.name: each.source for each in files}
    return {
        name: tuple(
            sorted(data for other, data in contents.items() if other != name and sources[other] is sources[name])
        )
        for name in contents
    }


def _whole(file: FoundFile) -> bytes:
    if file.length > _MOST_REFERRED_BYTES:
        return b""
    data = run_source(lambda: b"".join(Reading(file).chunks()))
    return b"" if isinstance(data, Failure) else data


def persons_in(sourced: Sourced, recording: str, mapping: Mapping) -> Iterator[tuple[str, ...]]:
    """The persons who act in each block of a file; one that fails names nobody here, and tells so when it is read."""
    assert sourced.source is not None
    for piece in cut(sourced, sourced.source, Reading(sourced.file), recording):
        if not isinstance(piece, Broken):
            read = run_source(partial(_parsed, sourced.source, piece[0], mapping))
            yield () if isinstance(read, Failure) else read.people


def read_and_store(task: Task, mapping: Mapping, warehouse: Warehouse, privacy: Privacy) -> Done | Broken:
    """Parse a block and write its segment; rows that name persons are given back for their tokens first."""
    read = run_source(lambda: _parsed(task.source, task.block, mapping))
    if isinstance(read, Failure):
        return Broken(task.block.first_line, read.said)
    return read if read.people else stored(task, read, warehouse, privacy)


def run_source(work: Callable[[], T]) -> T | Failure:
    """Do what a source, or the file below it, may fail at: any failure is a gap, and what else was read is kept."""
    try:
        return work()
    except SecondStoryError as error:
        return Failure(str(error))
    except Exception as error:  # noqa: BLE001 - door: a source is run
        return Failure(f"{type(error).__name__}: {error}".splitlines()[0][:200])


def stored(task: Task, done: Done, warehouse: Warehouse, privacy: Privacy) -> Done:
    """`done` with its tables written as a segment."""
    segment = warehouse.write(task.segment_id, done.tables, privacy)
    rejects = _by_reason(done.rejects)
    segment = replace(
        segment,
        source=task.source.name,
        path=task.sourced.file.name,
        source_bytes=len(task.block.data),
        source_hash=task.place.hash,
        first_line=task.block.first_line,
        rejected_rows=sum(reject.count for reject in rejects if not reject.kept),
        rejected_line=rejects[0].line if rejects else 0,
        rejected_reason=" ".join(_told(place, reject) for place, reject in enumerate(rejects[:_MOST_TOLD])),
    )
    return replace(done, segment=segment, tables=())


def _by_reason(rejects: tuple[Reject, ...]) -> list[Reject]:
    """One for each reason, those that cost rows first, in order of place."""
    found: dict[str, Reject] = {}
    for reject in sorted(rejects, key=lambda reject: (reject.kept, reject.line)):
        known = found.get(reject.reason)
        found[reject.reason] = replace(known, count=known.count + reject.count) if known else reject
    return list(found.values())


def _told(place: int, reject: Reject) -> str:
    if not place and not reject.kept:
        return reject.reason
    key = "imports.changed" if reject.kept else "imports.further"
    return say(key, count=reject.count, line=reject.line, reason=reject.reason)


def _people(parsed: Parsed) -> tuple[str, ...]:
    """The persons who act or are named in these rows, sorted; a placeholder such as `-` or a program names nobody."""
    found = set(parsed.people)
    for name, rows in parsed.tables:
        if name is TableName.OCCURRENCES:
            by_people = rows.filter(pc.invert(pc.is_in(rows["kind"], pa.array(MACHINE_KINDS, pa.string()))))
            found.update(pc.unique(by_people["actor"].drop_null()).to_pylist())
    return tuple(sorted(name for name in found if name_words(name) and not is_automation(name)))


def _parsed(source: SourceExtension, block: Block, mapping: Mapping) -> Done:
    parsed = source.parse(block, mapping)
    tables = tuple((name, in_schema(name, rows)) for name, rows in parsed.tables)
    return Done(None, tables, parsed.facts, parsed.rejects, _people(parsed))


def _head_people(source: SourceExtension, seen: FileHead, mapping: Mapping) -> tuple[str, ...]:
    block = next(source.cut(seen.path, [seen.head]), None)
    return _people(source.parse(block, mapping)) if block is not None else ()
