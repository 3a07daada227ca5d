"""Frozen evidence and the documents made from it."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from secondstory.model.codec import decode, encode
from secondstory.model.evidence import Evidence
from secondstory.model.query import Query
from secondstory.model.table import Table
from secondstory.model.window import format_time, parse_time
from secondstory.ports import StoredDocument
from secondstory.records.database import Database, upsert
from secondstory.records.tables import DOCUMENTS, EVIDENCE


class SqlFreezer:
    """`ports.Freezer` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def freeze(
        self, incident_id: str, evidence: tuple[Evidence, ...], documents: tuple[StoredDocument, ...], *, anew: bool
    ) -> None:
        """Keep evidence with the documents made of it, in one transaction; `anew` forgets all other evidence."""
        with self._database.write() as connection:
            if anew:
                connection.execute(sa.delete(EVIDENCE).where(EVIDENCE.c.incident_id == incident_id))
            keep_evidence(connection, incident_id, evidence)
            _save(connection, incident_id, documents)

    def frozen(self, incident_id: str) -> tuple[Evidence, ...]:
        """All of it, in order of id. Raises EvidenceMismatch where a result differs from its hash."""
        with self._database.read() as connection:
            return evidence_of(connection, incident_id)

    def frozen_at(self, incident_id: str) -> datetime | None:
        """When the last piece was fetched; None where nothing is frozen."""
        query = sa.select(sa.func.max(EVIDENCE.c.fetched_at)).where(EVIDENCE.c.incident_id == incident_id)
        with self._database.read() as connection:
            last = connection.scalar(query)
        return parse_time(last) if last is not None else None


class SqlDocuments:
    """`ports.Documents` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, incident_id: str, documents: tuple[StoredDocument, ...]) -> None:
        """Replace the latest documents of these kinds, in one transaction."""
        with self._database.write() as connection:
            _save(connection, incident_id, documents)

    def latest(self, incident_id: str, kind: str) -> StoredDocument | None:
        """The latest of a kind."""
        query = sa.select(DOCUMENTS).where(DOCUMENTS.c.incident_id == incident_id, DOCUMENTS.c.kind == kind)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return StoredDocument(row.kind, row.hash, row.data) if row is not None else None


def keep_evidence(connection: Connection, incident_id: str, evidence: tuple[Evidence, ...]) -> None:
    """Keep evidence in place of that of the same queries."""
    for piece in evidence:
        row = {
            "incident_id": incident_id,
            "id": piece.id,
            "query": encode(piece.query, Query),
            "source": piece.source,
            "result_hash": piece.result_hash,
            "fetched_at": format_time(piece.fetched_at),
            "result": _to_bytes(piece.result),
        }
        upsert(connection, EVIDENCE, row)


def evidence_of(connection: Connection, incident_id: str) -> tuple[Evidence, ...]:
    """All evidence of an incident, in order of id. Raises EvidenceMismatch."""
    query = sa.select(EVIDENCE).where(EVIDENCE.c.incident_id == incident_id).order_by(EVIDENCE.c.id)
    return tuple(
        Evidence(
            id=row.id,
            query=decode(row.query, Query),  # type: ignore[arg-type]  # a union is no type to mypy
            source=row.source,
            result=_from_bytes(row.result),
            result_hash=row.result_hash,
            fetched_at=parse_time(row.fetched_at),
        )
        for row in connection.execute(query)
    )


def _save(connection: Connection, incident_id: str, documents: tuple[StoredDocument, ...]) -> None:
    for document in documents:
        row = {"incident_id": incident_id, "kind": document.kind, "hash": document.hash, "data": document.data}
        upsert(connection, DOCUMENTS, row)


def _to_bytes(table: Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.arrow.schema, options=options) as writer:
        writer.write_table(table.arrow)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _from_bytes(data: bytes) -> Table:
    with pa.ipc.open_stream(data) as reader:
        return Table(reader.read_all())
