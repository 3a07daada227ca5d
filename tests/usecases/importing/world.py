"""A world to import into: real records on SQLite, real segments on disk, five small sources with small blocks."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from secondstory.model.segment import Privacy, Recording, Segment
from secondstory.model.system import AlertRule, Objective, System
from secondstory.model.telemetry import SCHEMAS, Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, Reject, SourceExtension, World
from secondstory.records.catalogue import SqlCatalogue, SqlRecordings
from secondstory.records.database import Database
from secondstory.records.sealed import SqlSealedMap
from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.segments import SegmentRedactor, write_segment

BLOCK_BYTES = 4096
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class SteppingClock:
    """Every look takes a second."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


class SegmentStore:
    """The writing half of a warehouse."""

    engine = "segments"

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def write(self, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy) -> Segment:
        return write_segment(LocalStore(self._data_dir), segment_id, tables, privacy)


@contextmanager
def importing_world(data_dir: Path) -> Iterator[World]:
    data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{data_dir / 'records.db'}")
    database.migrate()
    given = {
        "clock": SteppingClock(),
        "warehouse": SegmentStore(data_dir),
        "redactor": SegmentRedactor(LocalStore(data_dir)),
        "files": LocalStore(data_dir),
        "catalogue": SqlCatalogue(database),
        "recordings": SqlRecordings(database),
        "sealed": SqlSealedMap(database, data_dir / "sealed.key"),
        "sources": (LINES, CHAT, FACTS, SLO, TITLE),
        "data_dir": data_dir,
        "code_version": "test",
    }
    not_needed: dict[str, Any] = dict.fromkeys((field.name for field in fields(World)), None)
    yield World(**(not_needed | given))
    database.close()


def stored_rows(world: World, recording: str, table: str = "logs") -> pa.Table:
    """The visible rows of a recording, in no order."""
    files = [file for segment in world.catalogue.segments((recording,)) for file in segment.files]
    parts = [pq.read_table(world.data_dir / file.path) for file in files if file.table == table]
    return pa.concat_tables(parts) if parts else SCHEMAS[TableName(table)].empty_table()


def known(world: World, recording: str) -> Recording:
    found = world.recordings.get(recording)
    assert found is not None
    return found


def log_line(body: str, service: str = "orders", **attributes: object) -> str:
    return json.dumps({"service": service, "body": body, "attributes": attributes})


def _cut(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    waiting, line = b"", 1
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= BLOCK_BYTES and (end := waiting.rfind(b"\n", 0, BLOCK_BYTES) + 1):
            yield Block(path, line, waiting[:end])
            line += waiting[:end].count(b"\n")
            waiting = waiting[end:]
    if waiting:
        yield Block(path, line, waiting)


def _parse_lines(block: Block, _mapping: Mapping) -> Parsed:
    rows, rejects = [], []
    for number, line in enumerate(block.data.decode().splitlines(), start=block.first_line):
        if line == "break":
            raise RuntimeError("the source met what it does not know")
        try:
            row = json.loads(line)
        except ValueError:
            rejects.append(Reject(block.path, number, "not JSON", 1))
            continue
        rows.append(_common(row["service"]) | {"body": row["body"], "attributes": json.dumps(row["attributes"])})
    return Parsed(((TableName.LOGS, _table(TableName.LOGS, rows)),), (), tuple(rejects))


def _parse_chat(block: Block, _mapping: Mapping) -> Parsed:
    said = [line.split(": ", 1) for line in block.data.decode().splitlines()]
    rows = [
        _common("") | {"kind": "chat", "title": "", "body": text, "actor": actor, "attributes": "{}"}
        for actor, text in said
    ]
    return Parsed(((TableName.OCCURRENCES, _table(TableName.OCCURRENCES, rows)),))


def _parse_facts(block: Block, _mapping: Mapping) -> Parsed:
    edges = [tuple(line.split(" -> ")) for line in block.data.decode().splitlines()]
    return Parsed(facts=(System(edges=tuple(sorted((caller, callee) for caller, callee in edges))),))


def _parse_slo(block: Block, _mapping: Mapping) -> Parsed:
    target = float(block.data.decode())
    return Parsed(facts=(Objective("orders", "orders", target, timedelta(days=28), "availability", None),))


def _parse_title(block: Block, _mapping: Mapping) -> Parsed:
    """A rule a line: its title, and its expression after a bar."""
    told = [line.partition(" | ") for line in block.data.decode().splitlines()]
    return Parsed(facts=tuple(AlertRule(name, asked or "up == 0", timedelta(0), "page") for name, _, asked in told))


def _common(service: str) -> dict[str, object]:
    return {"time": START, "service": service, "resource": "{}"}


def _table(name: TableName, rows: list[dict[str, object]]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.Table.from_pylist([{column: row.get(column) for column in schema.names} for row in rows], schema)


def _source(name: str, suffix: str, parse: Any) -> SourceExtension:
    def recognise(head: FileHead) -> bool:
        return head.path.endswith(suffix)

    return SourceExtension(name, name, recognise, _cut, parse)


LINES = _source("lines", ".lines", _parse_lines)
CHAT = _source("chat", ".chat", _parse_chat)
FACTS = _source("facts", ".facts", _parse_facts)
SLO = _source("slo", ".slo", _parse_slo)
TITLE = _source("title", ".title", _parse_title)
