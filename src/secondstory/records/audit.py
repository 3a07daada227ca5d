"""The audit in the database, where the tables themselves refuse that a line is changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Row

from secondstory.model.audit import AuditEntry, DoorName
from secondstory.model.window import parse_time
from secondstory.records.acting import act_now
from secondstory.records.database import Database
from secondstory.records.tables import AUDIT, INCIDENTS

_MOST_REMARK = 500


class SqlAudit:
    """`ports.Audit` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remark(self, text: str) -> None:
        """The reason for the change that is being made now, to stand in its line."""
        if (act := act_now()) is not None:
            act.remark = text[:_MOST_REMARK]

    def looked(self, incident_id: str) -> None:
        """What is done now is about this incident, and looks at it: a line of its own where it is restricted."""
        act = act_now()
        query = sa.select(INCIDENTS.c.restricted).where(INCIDENTS.c.id == incident_id)
        with self._database.read() as connection:
            is_restricted = bool(connection.scalar(query))
        if act is None:
            return
        act.incident = act.incident or incident_id
        if not is_restricted:
            return
        act.is_written = False
        with self._database.write():
            pass  # the line is all that there is to write

    def entries(self, incident_id: str | None, before: int, limit: int) -> tuple[AuditEntry, ...]:
        """The newest first, of an incident or of all; only those with a number below `before`, 0 = from the top."""
        query = sa.select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(limit)
        if incident_id is not None:
            query = query.where(AUDIT.c.incident_id == incident_id)
        if before:
            query = query.where(AUDIT.c.seq < before)
        with self._database.read() as connection:
            return tuple(_entry(row) for row in connection.execute(query))


def _entry(row: Row[tuple[object, ...]]) -> AuditEntry:
    door = DoorName(row.door)
    return AuditEntry(
        row.seq, parse_time(row.at), row.actor_id, door, row.what, row.incident_id, row.subject, row.remark
    )
