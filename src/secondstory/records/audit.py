"""The audit in the database, where the tables themselves refuse that a line is changed or removed."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Row

from secondstory.model.audit import AuditEntry, DoorName
from secondstory.model.window import parse_time
from secondstory.records.acting import act_now, write_line
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

    def looked(self, *incident_ids: str) -> None:
        """What is done now shows something of these incidents: a line for each of them that is restricted.

        An act that is about one incident has one line, for its look and for what it changes there.
        """
        act = act_now()
        if act is None or not incident_ids:
            return
        is_about_one = len(incident_ids) == 1
        if is_about_one:
            act.incident = act.incident or incident_ids[0]
        query = sa.select(INCIDENTS.c.id).where(INCIDENTS.c.id.in_(incident_ids), INCIDENTS.c.restricted)
        with self._database.read() as connection:
            restricted = tuple(connection.scalars(query.order_by(INCIDENTS.c.id)))
        if not restricted:
            return
        has_line, act.is_written = act.is_written, not is_about_one
        with self._database.write() as connection:
            for incident_id in () if is_about_one else restricted:
                write_line(connection, replace(act, incident=incident_id))
        act.is_written = is_about_one or has_line

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
