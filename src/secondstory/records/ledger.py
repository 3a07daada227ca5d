"""Decisions and contributions, append only: a row is written once and never changed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import BadInput
from secondstory.model.window import format_time
from secondstory.records.database import Database
from secondstory.records.tables import LEDGER


class SqlLedger:
    """`ports.Ledger` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry: Decision | Contribution) -> None:
        """Durably add one entry. Raises BadInput where its id exists already."""
        try:
            with self._database.write() as connection:
                connection.execute(sa.insert(LEDGER).values(**entry_row(entry)))
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

    def _entries(self, incident_id: str, kind: str) -> list[bytes]:
        query = (
            sa.select(LEDGER.c.data)
            .where(LEDGER.c.incident_id == incident_id, LEDGER.c.kind == kind)
            .order_by(LEDGER.c.at, LEDGER.c.id)
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))


def entry_row(entry: Decision | Contribution) -> dict[str, object]:
    """A decision or contribution as its row."""
    is_decision = isinstance(entry, Decision)
    return {
        "id": entry.id,
        "incident_id": entry.incident_id,
        "kind": "decision" if is_decision else "contribution",
        "at": format_time(entry.at),
        "data": encode(entry, Decision if is_decision else Contribution),
    }
