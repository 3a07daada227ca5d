"""Rehearsals as numbers, by person: every query names the actor, so nobody is handed another's."""

from __future__ import annotations

import sqlalchemy as sa

from secondstory.model.codec import decode, encode
from secondstory.model.rehearsal import Practice
from secondstory.model.window import format_time
from secondstory.records.database import Database, upsert
from secondstory.records.tables import PRACTICES


class SqlPractices:
    """`ports.Practices` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, practice: Practice) -> None:
        """Create or replace one rehearsal of its actor."""
        row = {
            "actor_id": practice.actor_id,
            "id": practice.id,
            "at": format_time(practice.at),
            "data": encode(practice, Practice),
        }
        with self._database.write() as connection:
            upsert(connection, PRACTICES, row)

    def of(self, actor_id: str) -> tuple[Practice, ...]:
        """All of one person's, the oldest first."""
        query = (
            sa.select(PRACTICES.c.data).where(PRACTICES.c.actor_id == actor_id).order_by(PRACTICES.c.at, PRACTICES.c.id)
        )
        with self._database.read() as connection:
            return tuple(decode(data, Practice) for data in connection.scalars(query))

    def forget(self, actor_id: str) -> None:
        """Remove all of one person's, for good."""
        with self._database.write() as connection:
            connection.execute(sa.delete(PRACTICES).where(PRACTICES.c.actor_id == actor_id))
