"""The database as one file, as it is at one moment, while others go on writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from secondstory.model.codec import decode
from secondstory.model.errors import Unavailable
from secondstory.model.segment import Segment
from secondstory.records.database import Database
from secondstory.texts import say


class SqlSnapshots:
    """`ports.Snapshots` of an SQLite database. PostgreSQL has tools of its own, which are named."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def snapshot(self, target: Path) -> tuple[str, ...]:
        """Write the database to `target`; gives the paths of the files that its visible segments name."""
        with self._database.read() as connection:
            if connection.dialect.name != "sqlite":
                raise Unavailable(say("backup.postgres"), say("backup.postgres_next"))
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            connection.rollback()  # the copy takes a view of its own
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)  # in one step, so that no write comes in between
                _leave_out(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, that needs no other beside it
                rows = copy.execute("SELECT data FROM segments WHERE replaced_by IS NULL").fetchall()
        return tuple(dict.fromkeys(file.path for (data,) in rows for file in decode(data, Segment).files))


def _leave_out(copy: sqlite3.Connection) -> None:
    """What a live meeting heard is for that meeting alone: not even sealed does it go into a backup."""
    copy.execute("PRAGMA secure_delete=ON")
    copy.execute("DELETE FROM journal")
    copy.commit()
