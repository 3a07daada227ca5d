"""Cards and scores that nobody can lay to a person: no sender, no time, no line in the audit, no order of arrival.

Ids are drawn at random and the tables are stored in the order of their ids, without the counter that SQLite would add
by itself. The words are encrypted with the key of the sealed layer; the time that such a cipher carries in clear is 0.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from cryptography.fernet import Fernet

from secondstory.model.anonymous import AnonymousCard, InputKind, Score
from secondstory.records.acting import unwitnessed
from secondstory.records.database import Database
from secondstory.records.tables import CARDS, SCORES

_ID_BYTES = 16
_NO_TIME = 0


class SqlCards:
    """`ports.Cards` in a database."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._cipher = Fernet(key)

    def put(self, incident_id: str, kind: InputKind, text: str) -> None:
        """Keep one durably."""
        cipher = self._cipher.encrypt_at_time(text.encode(), _NO_TIME)
        row = {"id": secrets.token_hex(_ID_BYTES), "incident_id": incident_id, "kind": kind.value, "cipher": cipher}
        with unwitnessed(), self._database.write() as connection:
            connection.execute(sa.insert(CARDS).values(**row))

    def of(self, incident_id: str, kind: InputKind) -> tuple[AnonymousCard, ...]:
        """All of a kind, in the order of their random ids."""
        mine = (CARDS.c.incident_id == incident_id, CARDS.c.kind == kind.value)
        with self._database.read() as connection:
            rows = connection.execute(sa.select(CARDS.c.id, CARDS.c.cipher).where(*mine).order_by(CARDS.c.id)).all()
        return tuple(AnonymousCard(row.id, self._cipher.decrypt(row.cipher).decode()) for row in rows)

    def drop(self, incident_id: str, card_id: str) -> bool:
        """Remove one for good."""
        query = sa.delete(CARDS).where(CARDS.c.incident_id == incident_id, CARDS.c.id == card_id)
        with self._database.write() as connection:
            return connection.execute(query).rowcount > 0


class SqlScores:
    """`ports.Scores` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, incident_id: str, kind: InputKind, scores: tuple[Score, ...]) -> None:
        """Keep some durably, each under an id of its own."""
        rows = [
            {
                "id": secrets.token_hex(_ID_BYTES),
                "incident_id": incident_id,
                "kind": kind.value,
                "question": one.question,
                "value": one.value,
            }
            for one in scores
        ]
        if rows:
            with unwitnessed(), self._database.write() as connection:
                connection.execute(sa.insert(SCORES), rows)

    def of(self, incident_id: str, kind: InputKind) -> tuple[Score, ...]:
        """All of a kind, in the order of their random ids."""
        mine = (SCORES.c.incident_id == incident_id, SCORES.c.kind == kind.value)
        query = sa.select(SCORES.c.question, SCORES.c.value).where(*mine).order_by(SCORES.c.id)
        with self._database.read() as connection:
            return tuple(Score(row.question, row.value) for row in connection.execute(query))
