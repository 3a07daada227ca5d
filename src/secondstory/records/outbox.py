"""Letters on their way, and the addresses they go to; both encrypted with the key of the sealed layer."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.engine import Row

from secondstory.model.codec import decode, encode
from secondstory.model.mail import Letter, LetterState, Posted, Sending
from secondstory.model.window import format_time, parse_time
from secondstory.records.database import Database, upsert
from secondstory.records.tables import OUTBOX, SEALED_ADDRESSES

_SOME = 20  # letters that one look takes up


class SqlAddresses:
    """`ports.Addresses` in a database. `given` come from the settings, and before those that are kept."""

    def __init__(self, database: Database, key: bytes, given: tuple[tuple[str, str], ...] = ()) -> None:
        self._database = database
        self._cipher = Fernet(key)
        self._given = dict(given)

    def save(self, token: str, address: str) -> None:
        """Create or replace; an empty address removes it."""
        with self._database.write() as connection:
            if address:
                row = {"token": token, "cipher": self._cipher.encrypt(address.encode())}
                upsert(connection, SEALED_ADDRESSES, row)
            else:
                connection.execute(sa.delete(SEALED_ADDRESSES).where(SEALED_ADDRESSES.c.token == token))

    def of(self, token: str) -> str | None:
        """The address of one person."""
        if token in self._given:
            return self._given[token]
        with self._database.read() as connection:
            cipher = connection.scalar(sa.select(SEALED_ADDRESSES.c.cipher).where(SEALED_ADDRESSES.c.token == token))
        return self._cipher.decrypt(cipher).decode() if cipher is not None else None

    def known(self) -> tuple[str, ...]:
        """The tokens that have an address."""
        with self._database.read() as connection:
            kept = connection.scalars(sa.select(SEALED_ADDRESSES.c.token)).all()
        return tuple(sorted({*self._given, *kept}))


class SqlOutbox:
    """`ports.Outbox` and `ports.Mailbag` in a database."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._cipher = Fernet(key)

    def put(self, letter: Letter, now: datetime) -> bool:
        """Queue a letter durably; once a key."""
        row = {
            "key": letter.key,
            "incident_id": letter.incident_id,
            "recipient": letter.to,
            "subject": letter.subject,
            "state": LetterState.WAITING.value,
            "attempts": 0,
            "queued_at": format_time(now),
            "next_at": format_time(now),
            "error": "",
            "cipher": self._cipher.encrypt(encode(letter, Letter)),
        }
        with self._database.write() as connection:
            if connection.scalar(sa.select(OUTBOX.c.key).where(OUTBOX.c.key == letter.key)) is not None:
                return False
            connection.execute(sa.insert(OUTBOX).values(**row))
        return True

    def posted(self, incident_id: str | None) -> tuple[Posted, ...]:
        """How far each letter came, the oldest first."""
        query = sa.select(OUTBOX).order_by(OUTBOX.c.queued_at, OUTBOX.c.key)
        if incident_id is not None:
            query = query.where(OUTBOX.c.incident_id == incident_id)
        with self._database.read() as connection:
            return tuple(_posted(row) for row in connection.execute(query))

    def again(self, key: str, now: datetime) -> bool:
        """Have a dead letter tried again."""
        values = {"state": LetterState.WAITING.value, "attempts": 0, "next_at": format_time(now)}
        is_dead = sa.and_(OUTBOX.c.key == key, OUTBOX.c.state == LetterState.DEAD.value)
        with self._database.write() as connection:
            if connection.scalar(sa.select(OUTBOX.c.key).where(is_dead)) is None:
                return False
            connection.execute(sa.update(OUTBOX).where(is_dead).values(**values))
        return True

    def due(self, now: datetime, until: datetime) -> tuple[Sending, ...]:
        """Letters whose time has come, held back from every other carrier until then."""
        is_due = sa.and_(OUTBOX.c.state == LetterState.WAITING.value, OUTBOX.c.next_at <= format_time(now))
        query = sa.select(OUTBOX).where(is_due).order_by(OUTBOX.c.next_at, OUTBOX.c.key).limit(_SOME)
        with self._database.read() as connection:
            if connection.scalar(sa.select(OUTBOX.c.key).where(is_due).limit(1)) is None:
                return ()  # looked at every other second, and mostly empty: no write for that
        with self._database.write() as connection:
            rows = connection.execute(query.with_for_update(skip_locked=True)).all()
            keys = [row.key for row in rows]
            held = sa.update(OUTBOX).where(OUTBOX.c.key.in_(keys)).values(next_at=format_time(until))
            connection.execute(held)
        return tuple(Sending(decode(self._cipher.decrypt(row.cipher), Letter), _posted(row)) for row in rows)

    def settle(self, posted: Posted) -> None:
        """What became of an attempt; a sent letter's words are forgotten."""
        values: dict[str, object] = {
            "state": posted.state.value,
            "attempts": posted.attempts,
            "next_at": format_time(posted.next_at),
            "error": posted.error,
            "sent_at": format_time(posted.sent_at) if posted.sent_at else None,
        }
        if posted.state is LetterState.SENT:
            values["cipher"] = None
        with self._database.write() as connection:
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.key == posted.key).values(**values))


def _posted(row: Row[tuple[object, ...]]) -> Posted:
    return Posted(
        key=row.key,
        to=row.recipient,
        subject=row.subject,
        incident_id=row.incident_id,
        state=LetterState(row.state),
        attempts=row.attempts,
        queued_at=parse_time(row.queued_at),
        next_at=parse_time(row.next_at),
        sent_at=parse_time(row.sent_at) if row.sent_at else None,
        error=row.error,
    )
