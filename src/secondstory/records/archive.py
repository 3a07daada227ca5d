"""Whole incidents, read at one moment and written in one transaction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.model.segment import Recording, Segment
from secondstory.ports import KeptIncident, StoredDocument
from secondstory.records.attachments import attached_to, blob, keep_attached
from secondstory.records.database import Database
from secondstory.records.evidence import evidence_of, keep_evidence
from secondstory.records.incidents import incident_row
from secondstory.records.ledger import add_entry
from secondstory.records.tables import DOCUMENTS, INCIDENTS, LEDGER, RECORDINGS, SEGMENTS
from secondstory.texts import say


class SqlArchive:
    """`ports.Archive` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, incident_id: str) -> KeptIncident | None:
        """All of one incident as it is at one moment; None where there is none."""
        with self._database.read() as connection:
            _at_one_moment(connection)
            data = connection.scalar(sa.select(INCIDENTS.c.data).where(INCIDENTS.c.id == incident_id))
            if data is None:
                return None
            incident = decode(data, Incident)
            documents = sa.select(DOCUMENTS).where(DOCUMENTS.c.incident_id == incident_id).order_by(DOCUMENTS.c.kind)
            recordings = sa.select(RECORDINGS.c.data).where(RECORDINGS.c.name.in_(incident.recordings))
            segments = (
                sa.select(SEGMENTS.c.recording, SEGMENTS.c.data)
                .where(SEGMENTS.c.recording.in_(incident.recordings), SEGMENTS.c.replaced_by.is_(None))
                .order_by(SEGMENTS.c.recording, SEGMENTS.c.id)
            )
            attached = attached_to(connection, incident_id)
            hashes = dict.fromkeys(one.sha256 for one in attached if one.is_there)
            return KeptIncident(
                incident=incident,
                decisions=tuple(decode(one, Decision) for one in _entries(connection, incident_id, "decision")),
                contributions=tuple(
                    decode(one, Contribution) for one in _entries(connection, incident_id, "contribution")
                ),
                evidence=evidence_of(connection, incident_id),
                documents=tuple(
                    StoredDocument(row.kind, row.hash, row.data) for row in connection.execute(documents).all()
                ),
                recordings=tuple(
                    decode(one, Recording) for one in connection.scalars(recordings.order_by(RECORDINGS.c.name))
                ),
                segments=tuple((row.recording, decode(row.data, Segment)) for row in connection.execute(segments)),
                attached=attached,
                blobs=tuple((digest, blob(connection, digest) or b"") for digest in hashes),
            )

    def put(self, kept: KeptIncident) -> None:
        """Add an incident that is not there. Raises BadInput where it is, or where an entry's id is taken."""
        incident_id = kept.incident.id
        try:
            with self._database.write() as connection:
                connection.execute(sa.insert(INCIDENTS).values(**incident_row(kept.incident)))
                for entry in _in_order(kept):
                    add_entry(connection, entry)
                keep_evidence(connection, incident_id, kept.evidence)
                for one in kept.documents:
                    insert = sa.insert(DOCUMENTS).values(incident_id=incident_id, kind=one.kind, hash=one.hash)
                    connection.execute(insert.values(data=one.data))
                blobs = dict(kept.blobs)
                for file in kept.attached:
                    keep_attached(connection, file, blobs[file.sha256] if file.is_there else None)
                _add_recordings(connection, kept)
        except IntegrityError as error:
            raise BadInput(say("incident_file.taken", incident=incident_id), say("incident_file.taken_next")) from error


def _in_order(kept: KeptIncident) -> list[Decision | Contribution]:
    entries: list[Decision | Contribution] = [*kept.decisions, *kept.contributions]
    return sorted(entries, key=lambda one: (one.at, one.id))


def _at_one_moment(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's transactions see one moment as they are
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _entries(connection: Connection, incident_id: str, kind: str) -> list[bytes]:
    query = sa.select(LEDGER.c.data).where(LEDGER.c.incident_id == incident_id, LEDGER.c.kind == kind)
    return list(connection.scalars(query.order_by(LEDGER.c.at, LEDGER.c.id)))


def _add_recordings(connection: Connection, kept: KeptIncident) -> None:
    known = set(connection.scalars(sa.select(RECORDINGS.c.name)))
    for recording in kept.recordings:
        if recording.name not in known:
            row = {"name": recording.name, "data": encode(recording, Recording)}
            connection.execute(sa.insert(RECORDINGS).values(**row))
    for name, segment in kept.segments:
        if name not in known:
            insert = sa.insert(SEGMENTS).values(recording=name, id=segment.id, replaced_by=None)
            connection.execute(insert.values(data=encode(segment, Segment)))
