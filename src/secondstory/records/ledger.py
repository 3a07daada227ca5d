"""Decisions and contributions, append only: a row is written once and never changed.

Each entry of an incident is numbered. The number is drawn from the incident's head in the same transaction; the head's
row stays locked until the commit, so a number that can be seen has none below it that is still to come. Therefore what
was read once is kept in memory, and a read asks only for what came since.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import BadInput
from secondstory.model.ledger import Entry
from secondstory.model.window import format_time
from secondstory.records.database import Database
from secondstory.records.mentions import keep_mentions
from secondstory.records.tables import LEDGER, LEDGER_HEADS

_NEXT = sa.text(
    "INSERT INTO ledger_heads (incident_id, head) VALUES (:incident_id, 1)"
    " ON CONFLICT (incident_id) DO UPDATE SET head = ledger_heads.head + 1 RETURNING head"
)
_Said = TypeVar("_Said", Decision, Contribution)
_KEPT = 32  # incidents whose entries stay in memory


@dataclass(frozen=True)
class _Read:
    """What was read of one incident, up to its last entry then; by number, and in order of (at, id)."""

    entries: tuple[Entry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    contributions: tuple[Contribution, ...] = ()


class SqlLedger:
    """`ports.Ledger` and `ports.Feed` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[str, _Read] = OrderedDict()
        self._lock = threading.Lock()

    def append(self, entry: Decision | Contribution) -> None:
        """Durably add one entry, with those whom a comment names. Raises BadInput where its id exists already."""
        try:
            with self._database.write() as connection:
                add_entry(connection, entry)
                if isinstance(entry, Contribution):
                    keep_mentions(connection, entry)
        except IntegrityError as error:
            raise BadInput(
                f"The ledger already holds {entry.id}.", "Entries are never overwritten; use a new id."
            ) from error

    def decisions(self, incident_id: str) -> tuple[Decision, ...]:
        """In order of (at, id)."""
        return self._read(incident_id).decisions

    def contributions(self, incident_id: str) -> tuple[Contribution, ...]:
        """In order of (at, id)."""
        return self._read(incident_id).contributions

    def heads(self, incident_ids: tuple[str, ...]) -> dict[str, int]:
        """The number of the last entry of each of these incidents; one without entries has none."""
        query = sa.select(LEDGER_HEADS).where(LEDGER_HEADS.c.incident_id.in_(incident_ids))
        with self._database.read() as connection:
            return {row.incident_id: row.head for row in connection.execute(query)}

    def since(self, incident_id: str, seq: int, limit: int) -> tuple[Entry, ...]:
        """The first `limit` entries after number `seq`, in order."""
        return self._read(incident_id).entries[seq : seq + limit]  # entry n is at place n - 1

    def _read(self, incident_id: str) -> _Read:
        with self._lock:
            before = self._kept.get(incident_id, _Read())
        # The last known entry is asked for again: where it is another one, the incident was replaced since.
        last = before.entries[-1] if before.entries else None
        fresh = self._entries(incident_id, last.seq if last else 1)
        if last is not None and (not fresh or fresh[0].said != last.said):
            before, fresh = _Read(), self._entries(incident_id, 1)
        elif last is not None:
            fresh = fresh[1:]
        after = _joined(before, fresh) if fresh else before
        with self._lock:
            self._kept[incident_id] = after
            self._kept.move_to_end(incident_id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return after

    def _entries(self, incident_id: str, first: int) -> tuple[Entry, ...]:
        query = (
            sa.select(LEDGER.c.seq, LEDGER.c.kind, LEDGER.c.data)
            .where(LEDGER.c.incident_id == incident_id, LEDGER.c.seq >= first)
            .order_by(LEDGER.c.seq)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(Entry(row.seq, _entry(row.kind, row.data)) for row in rows)


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


def _joined(before: _Read, fresh: tuple[Entry, ...]) -> _Read:
    decisions = tuple(entry.said for entry in fresh if isinstance(entry.said, Decision))
    contributions = tuple(entry.said for entry in fresh if isinstance(entry.said, Contribution))
    return _Read(
        before.entries + fresh,
        _in_order(before.decisions, decisions),
        _in_order(before.contributions, contributions),
    )


def _in_order(before: tuple[_Said, ...], fresh: tuple[_Said, ...]) -> tuple[_Said, ...]:
    """Both by (at, id). What is fresh nearly always comes after all else, and then nothing is sorted again."""
    fresh = tuple(sorted(fresh, key=_when))
    if before and fresh and _when(fresh[0]) < _when(before[-1]):
        return tuple(sorted(before + fresh, key=_when))
    return before + fresh


def _when(said: Decision | Contribution) -> tuple[datetime, str]:
    return said.at, said.id


def _entry(kind: str, data: bytes) -> Decision | Contribution:
    return decode(data, Decision) if kind == "decision" else decode(data, Contribution)
