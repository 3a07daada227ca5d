"""Notes to private talks: encrypted with the key of the sealed layer, and written without a line in the audit.

A line would tell everybody who reads the audit with whom somebody spoke alone, and when.
"""

from __future__ import annotations

import sqlalchemy as sa
from cryptography.fernet import Fernet

from secondstory.model.codec import decode, encode
from secondstory.model.prebrief import Spoken
from secondstory.records.acting import unwitnessed
from secondstory.records.database import Database, upsert
from secondstory.records.tables import SEALED_PREBRIEFS


class SqlSealedNotes:
    """`ports.SealedNotes` in a database."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._cipher = Fernet(key)

    def save(self, incident_id: str, spoken: tuple[Spoken, ...]) -> None:
        """Replace all of an incident's."""
        row = {"incident_id": incident_id, "cipher": self._cipher.encrypt(encode(spoken, tuple[Spoken, ...]))}
        with unwitnessed(), self._database.write() as connection:
            upsert(connection, SEALED_PREBRIEFS, row)

    def of(self, incident_id: str) -> tuple[Spoken, ...]:
        """All of an incident's."""
        query = sa.select(SEALED_PREBRIEFS.c.cipher).where(SEALED_PREBRIEFS.c.incident_id == incident_id)
        with self._database.read() as connection:
            cipher = connection.scalar(query)
        return decode(self._cipher.decrypt(cipher), tuple[Spoken, ...]) if cipher is not None else ()

    def forget(self, incident_id: str) -> None:
        """Remove all of an incident's."""
        with unwitnessed(), self._database.write() as connection:
            connection.execute(sa.delete(SEALED_PREBRIEFS).where(SEALED_PREBRIEFS.c.incident_id == incident_id))
