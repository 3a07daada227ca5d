"""Takes an incident out of the records for good, in one transaction, and leaves a tombstone in its place."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from secondstory.model.codec import decode, encode
from secondstory.model.incident import Incident
from secondstory.model.retention import Tombstone
from secondstory.model.segment import Segment
from secondstory.records.attachments import forget_unnamed
from secondstory.records.database import Database
from secondstory.records.tables import (
    ANSWERED,
    AUDIT,
    INCIDENTS,
    JOBS,
    MEMBERS,
    METADATA,
    RECORDINGS,
    SEGMENTS,
    SIGN_INS,
    TOMBSTONES,
)

_STAY = (AUDIT, TOMBSTONES)
_RUNNING = ("waiting", "running")


class SqlTombstones:
    """`ports.Tombstones` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bury(self, tombstone: Tombstone) -> tuple[str, ...]:
        """Remove all that the records hold of an incident; gives the files of segments that nothing names any more."""
        with self._database.write() as connection:
            data = connection.scalar(sa.select(INCIDENTS.c.data).where(INCIDENTS.c.id == tombstone.incident_id))
            if data is None:
                return ()
            incident = decode(data, Incident)
            members = _members(connection, incident.id)
            for table in METADATA.sorted_tables:
                if "incident_id" in table.c and table not in _STAY:
                    connection.execute(sa.delete(table).where(table.c.incident_id == incident.id))
            connection.execute(sa.delete(INCIDENTS).where(INCIDENTS.c.id == incident.id))
            paths = _remove_recordings(connection, incident)
            forget_unnamed(connection)
            _forget_answers(connection, incident)
            _sign_out(connection, members)
            row = {"incident_id": incident.id, "data": encode(tombstone, Tombstone)}
            connection.execute(sa.insert(TOMBSTONES).values(**row))
        return paths

    def of(self, incident_id: str) -> Tombstone | None:
        """The tombstone of an incident that was deleted."""
        with self._database.read() as connection:
            data = connection.scalar(sa.select(TOMBSTONES.c.data).where(TOMBSTONES.c.incident_id == incident_id))
        return decode(data, Tombstone) if data is not None else None

    def all(self) -> tuple[Tombstone, ...]:
        """All, in order of incident."""
        with self._database.read() as connection:
            found = connection.scalars(sa.select(TOMBSTONES.c.data).order_by(TOMBSTONES.c.incident_id))
            return tuple(decode(data, Tombstone) for data in found)


def _members(connection: Connection, incident_id: str) -> tuple[str, ...]:
    query = sa.select(MEMBERS.c.actor_id).where(MEMBERS.c.incident_id == incident_id)
    return tuple(str(one) for one in connection.scalars(query))


def _remove_recordings(connection: Connection, incident: Incident) -> tuple[str, ...]:
    """The recordings that no other incident looks at, and the paths that no other recording names."""
    others = connection.scalars(sa.select(INCIDENTS.c.data))
    looked_at = {name for data in others for name in decode(data, Incident).recordings}
    gone = [name for name in incident.recordings if name not in looked_at]
    theirs = _paths(connection, SEGMENTS.c.recording.in_(gone))
    connection.execute(sa.delete(SEGMENTS).where(SEGMENTS.c.recording.in_(gone)))
    connection.execute(sa.delete(RECORDINGS).where(RECORDINGS.c.name.in_(gone)))
    needed = set(_paths(connection, sa.true())) if theirs else set()
    return tuple(path for path in theirs if path not in needed)


def _paths(connection: Connection, condition: sa.ColumnElement[bool]) -> tuple[str, ...]:
    found = connection.scalars(sa.select(SEGMENTS.c.data).where(condition)).all()
    return tuple(dict.fromkeys(file.path for data in found for file in decode(data, Segment).files))


def _forget_answers(connection: Connection, incident: Incident) -> None:
    """Jobs that ended and answers that are kept for requests sent again hold parts of it."""
    name = incident.id.encode()
    for row in connection.execute(sa.select(ANSWERED.c.actor_id, ANSWERED.c.key, ANSWERED.c.body)).all():
        if name in row.body:
            place = (ANSWERED.c.actor_id == row.actor_id, ANSWERED.c.key == row.key)
            connection.execute(sa.delete(ANSWERED).where(*place))
    for row in connection.execute(sa.select(JOBS).where(JOBS.c.state.not_in(_RUNNING))).all():
        if name in row.arguments or incident.id in row.result:
            connection.execute(sa.delete(JOBS).where(JOBS.c.id == row.id))


def _sign_out(connection: Connection, members: tuple[str, ...]) -> None:
    """Who is in no incident any more is signed out."""
    still = set(connection.scalars(sa.select(MEMBERS.c.actor_id).where(MEMBERS.c.actor_id.in_(members))))
    gone = [one for one in members if one not in still]
    connection.execute(sa.delete(SIGN_INS).where(SIGN_INS.c.actor_id.in_(gone)))
