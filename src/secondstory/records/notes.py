"""The updates of shared notes, one row a batch, encrypted with the key of the sealed layer.

In the room people write names as they speak. So a copy of the database, or a backup without its keys, tells none.
"""

from __future__ import annotations

import sqlalchemy as sa
from cryptography.fernet import Fernet

from secondstory.ports import KeptUpdates, Notebook
from secondstory.records.database import Database
from secondstory.records.tables import NOTES


class SqlNotes:
    """`ports.Notes` in a database."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._cipher = Fernet(key)

    def kept(self, notebook: Notebook) -> KeptUpdates:
        """All that is kept."""
        query = sa.select(NOTES.c.number, NOTES.c.data, NOTES.c.is_sealed)
        query = query.where(_of(notebook)).order_by(NOTES.c.number)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        updates = tuple(self._cipher.decrypt(row.data) if row.is_sealed else row.data for row in rows)
        return KeptUpdates(rows[-1].number if rows else 0, updates)

    def append(self, notebook: Notebook, update: bytes) -> int:
        """Durably add one; its number."""
        last = sa.select(sa.func.coalesce(sa.func.max(NOTES.c.number), 0)).where(_of(notebook))
        with self._database.write() as connection:
            number = int(connection.scalar(last) or 0) + 1
            connection.execute(sa.insert(NOTES).values(**self._row(notebook, number, update)))
        return number

    def compact(self, notebook: Notebook, upto: int, whole: bytes) -> None:
        """Put `whole` in place of the updates up to a number."""
        with self._database.write() as connection:
            gone = connection.execute(sa.delete(NOTES).where(_of(notebook), NOTES.c.number <= upto))
            if gone.rowcount:  # none: the incident was deleted meanwhile, and its notes must not come back
                connection.execute(sa.insert(NOTES).values(**self._row(notebook, upto, whole)))

    def _row(self, notebook: Notebook, number: int, data: bytes) -> dict[str, object]:
        place = {"incident_id": notebook.incident_id, "meeting": notebook.meeting}
        return {**place, "number": number, "data": self._cipher.encrypt(data), "is_sealed": True}


def _of(notebook: Notebook) -> sa.ColumnElement[bool]:
    return sa.and_(NOTES.c.incident_id == notebook.incident_id, NOTES.c.meeting == notebook.meeting)
