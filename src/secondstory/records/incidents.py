"""Incidents, kept whole; what an actor may not read is never selected."""

from __future__ import annotations

from functools import lru_cache

import sqlalchemy as sa

from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.incident import Incident
from secondstory.model.window import format_time
from secondstory.records.database import Database, upsert
from secondstory.records.tables import INCIDENTS


class SqlIncidents:
    """`ports.Incidents` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, incident: Incident) -> None:
        """Create or replace."""
        with self._database.write() as connection:
            upsert(connection, INCIDENTS, incident_row(incident))

    def get(self, incident_id: str) -> Incident | None:
        """By id."""
        with self._database.read() as connection:
            data = connection.scalar(sa.select(INCIDENTS.c.data).where(INCIDENTS.c.id == incident_id))
        return _read(data) if data is not None else None

    def visible_to(self, actor: Actor) -> tuple[Incident, ...]:
        """Those that the actor may read, newest window first."""
        query = sa.select(INCIDENTS.c.data).where(readable(actor))
        query = query.order_by(INCIDENTS.c.starts_at.desc(), INCIDENTS.c.id)
        with self._database.read() as connection:
            rows = connection.scalars(query).all()
        return tuple(_read(data) for data in rows)


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """What of the table of incidents the actor may read, as a condition."""
    if actor.is_owner:
        return sa.true()
    return INCIDENTS.c.id.in_([incident_id for incident_id, _ in actor.roles])


def incident_row(incident: Incident) -> dict[str, object]:
    """An incident as its row."""
    return {
        "id": incident.id,
        "starts_at": format_time(incident.window.start),
        "restricted": incident.restricted,
        "data": encode(incident, Incident),
    }


@lru_cache(maxsize=512)
def _read(data: bytes) -> Incident:
    """Nearly every request names an incident: the same bytes are read once."""
    return decode(data, Incident)
