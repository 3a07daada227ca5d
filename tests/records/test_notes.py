"""Shared notes are kept sealed; rows written in clear before are still read, and sealed with the next merge."""

import sqlalchemy as sa
from cryptography.fernet import Fernet

from secondstory.ports import Notebook
from secondstory.records.database import Database
from secondstory.records.notes import SqlNotes
from secondstory.records.tables import NOTES

BOOK = Notebook("inc", 1)


def _raw(database: Database) -> list[bytes]:
    with database.read() as connection:
        return list(connection.scalars(sa.select(NOTES.c.data).order_by(NOTES.c.number)))


def test_what_is_kept_is_sealed_and_what_was_in_clear_is_sealed_with_the_next_merge(database: Database) -> None:
    notes = SqlNotes(database, Fernet.generate_key())
    with database.write() as connection:
        before = {"incident_id": BOOK.incident_id, "meeting": BOOK.meeting, "number": 1, "data": b"Kim, before"}
        connection.execute(sa.insert(NOTES).values(**before))
    assert notes.append(BOOK, b"Kim, now") == 2
    assert notes.kept(BOOK).updates == (b"Kim, before", b"Kim, now")
    assert [b"Kim" in row for row in _raw(database)] == [True, False]
    notes.compact(BOOK, 2, b"Kim, both")
    assert notes.kept(BOOK).updates == (b"Kim, both",)
    assert [b"Kim" in row for row in _raw(database)] == [False]
