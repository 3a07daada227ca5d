"""Answers to requests with an Idempotency-Key; each is kept for a week."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from secondstory.model.window import format_time
from secondstory.ports import Clock, KeptAnswer
from secondstory.records.database import Database
from secondstory.records.tables import ANSWERED

_KEPT = timedelta(days=7)


class SqlAnswered:
    """`ports.Answered` in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def begin(self, actor_id: str, key: str, fingerprint: str) -> KeptAnswer | None:
        """Reserve a key, durably; what is kept under it where it was used before, else None."""
        now = self._clock.now()
        row = {"actor_id": actor_id, "key": key, "fingerprint": fingerprint, "at": format_time(now)}
        with self._database.write() as connection:
            connection.execute(sa.delete(ANSWERED).where(ANSWERED.c.at < format_time(now - _KEPT)))
            # The insertion decides between two that come at once, whichever database it is.
            taken = connection.execute(_RESERVE, row).rowcount == 0
            if not taken:
                return None
            found = connection.execute(sa.select(ANSWERED).where(*_of(actor_id, key))).one()
        return KeptAnswer(found.fingerprint, found.status, found.media_type, found.body)

    def finish(self, actor_id: str, key: str, answer: KeptAnswer) -> None:
        """Keep the answer."""
        values = {"status": answer.status, "media_type": answer.media_type, "body": answer.body}
        with self._database.write() as connection:
            connection.execute(sa.update(ANSWERED).where(*_of(actor_id, key)).values(**values))

    def give_up(self, actor_id: str, key: str) -> None:
        """The request was refused and changed nothing: the key is free again."""
        with self._database.write() as connection:
            connection.execute(sa.delete(ANSWERED).where(*_of(actor_id, key)))


_RESERVE = sa.text(
    "INSERT INTO answered (actor_id, key, fingerprint, at, status, media_type, body)"
    " VALUES (:actor_id, :key, :fingerprint, :at, 0, '', '') ON CONFLICT (actor_id, key) DO NOTHING"
)


def _of(actor_id: str, key: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return ANSWERED.c.actor_id == actor_id, ANSWERED.c.key == key
