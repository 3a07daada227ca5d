"""Attached files: their bytes by hash, in the same transaction as what names them."""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from secondstory.model.attached import AttachedFile
from secondstory.model.codec import decode, encode
from secondstory.model.errors import EvidenceMismatch
from secondstory.records.database import Database, upsert
from secondstory.records.tables import ATTACHMENTS, BLOBS
from secondstory.texts import say


class SqlAttachments:
    """`ports.Attachments` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, file: AttachedFile, data: bytes | None) -> None:
        """Create or replace. `data` None: the bytes stay as they are, or go where no file that is there has them."""
        with self._database.write() as connection:
            keep_attached(connection, file, data)
            forget_unnamed(connection)

    def of(self, incident_id: str) -> tuple[AttachedFile, ...]:
        """All of an incident, also those that were removed, in order of id."""
        with self._database.read() as connection:
            return attached_to(connection, incident_id)

    def data(self, sha256: str) -> bytes | None:
        """Bytes by their hash. Raises EvidenceMismatch where they are not those that were kept."""
        with self._database.read() as connection:
            return blob(connection, sha256)


def attached_to(connection: Connection, incident_id: str) -> tuple[AttachedFile, ...]:
    """All files of an incident, in order of id."""
    query = sa.select(ATTACHMENTS.c.data).where(ATTACHMENTS.c.incident_id == incident_id).order_by(ATTACHMENTS.c.id)
    return tuple(decode(data, AttachedFile) for data in connection.scalars(query))


def blob(connection: Connection, digest: str) -> bytes | None:
    """Bytes by their hash. Raises EvidenceMismatch."""
    data = connection.scalar(sa.select(BLOBS.c.data).where(BLOBS.c.sha256 == digest))
    if data is not None and sha256(data).hexdigest() != digest:
        raise EvidenceMismatch(say("keeping.damaged", sha256=digest[:12]), say("keeping.damaged_next"))
    return data


def keep_attached(connection: Connection, file: AttachedFile, data: bytes | None) -> None:
    """Keep a file; its bytes only where nobody kept them before."""
    if data is not None:
        known = connection.scalar(sa.select(BLOBS.c.sha256).where(BLOBS.c.sha256 == file.sha256))
        if known is None:
            connection.execute(sa.insert(BLOBS).values(sha256=file.sha256, data=data))
    row = {
        "incident_id": file.incident_id,
        "id": file.id,
        "sha256": file.sha256 if file.is_there else "",
        "data": encode(file, AttachedFile),
    }
    upsert(connection, ATTACHMENTS, row)


def forget_unnamed(connection: Connection) -> None:
    """Remove bytes that no file names any more."""
    connection.execute(sa.delete(BLOBS).where(BLOBS.c.sha256.not_in(sa.select(ATTACHMENTS.c.sha256))))
