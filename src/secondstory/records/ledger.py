"""Decisions and contributions, append only: a row is written once and never changed.

Each entry of an incident is numbered. The number is drawn from the incident's head in the same transaction; the head's
row stays locked until the commit, so a number that can be seen has none below it that is still to come.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import BadInput
from secondstory.model.ledger import Entry
from secondstory.model.window import format_time
from secondstory.records.database import Database
from secondstory.records.tables import LEDGER, LEDGER_HEADS

_NEXT = sa.text(
    "INSERT INTO ledger_heads (incident_id, head) VALUES (:incident_id, 1)"
    " ON CONFLICT (incident_id) DO UPDATE SET head = ledger_heads.head + 1 RETURNING head"
)


class SqlLedger:
    """`ports.Ledger` and `ports.Feed` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry: Decision | Contribution) -> None:
        """Durably add one entry. Raises BadInput where its id exists already."""
        try:
            with self._database.write() as connection:
                add_entry(connection, entry)
        except IntegrityError as error:
            raise BadInput(
                f"The ledger already holds {entry.id}.", "Entries are never overwritten; use a new id."
            ) from error

    def decisions(self, incident_id: str) -> tuple[Decision, ...]:
        """In order of (at, id)."""
        return tuple(decode(data, Decision) for data in self._entries(incident_id, "decision"))

    def contributions(self, incident_id: str) -> tuple[Contribution, ...]:
        """In order of (at, id)."""
        return tuple(decode(data, Contribution) for data in self._entries(incident_id, "contribution"))

    def heads(self, incident_ids: tuple[str, ...]) -> dict[str, int]:
        """The number of the last entry of each of these incidents; one without entries has none."""
        query = sa.select(LEDGER_HEADS).where(LEDGER_HEADS.c.incident_id.in_(incident_ids))
        with self._database.read() as connection:
            return {row.incident_id: row.head for row in connection.execute(query)}

    def since(self, incident_id: str, seq: int, limit: int) -> tuple[Entry, ...]:
        """The first `limit` entries after number `seq`, in order."""
        query = (
            sa.select(LEDGER.c.seq, LEDGER.c.kind, LEDGER.c.data)
            .where(LEDGER.c.incident_id == incident_id, LEDGER.c.seq > seq)
            .order_by(LEDGER.c.seq)
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(Entry(row.seq, _entry(row.kind, row.data)) for row in rows)

    def _entries(self, incident_id: str, kind: str) -> list[bytes]:
        query = (
            sa.select(LEDGER.c.data)
            .where(LEDGER.c.incident_id == incident_id, LEDGER.c.kind == kind)
            .order_by(LEDGER.c.at, LEDGER.c.id)
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))


def add_entry(connection: Connection, entry: Decision | Contribution) -> None:
    """Add an entry under the incident's next number."""
    number = connection.scalar(_NEXT, {"incident_id": entry.incident_id})
    is_decision = isinstance(entry, Decision)
    row = {
        "id": entry.id,
        "incident_id": entry.incident_id,
        "kind": "decision" if is_decision else "contribution",
        "at": format_time(entry.at),
        "data": encode(entry, Decision if is_decision else Contribution),
    }
    connection.execute(sa.insert(LEDGER).values(seq=number, **row))


def _entry(kind: str, data: bytes) -> Decision | Contribution:
    return decode(data, Decision) if kind == "decision" else decode(data, Contribution)
