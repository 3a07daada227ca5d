"""Spells of alerts by the incident that they were brought to."""

from __future__ import annotations

import sqlalchemy as sa

from secondstory.records.database import Database
from secondstory.records.tables import ALERT_SPELLS


class SqlAlertSpells:
    """`ports.AlertSpells` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, keys: tuple[str, ...], incident_id: str) -> str:
        """The incident that has one of these spells, else `incident_id`; from now on it has all of them."""
        known = sa.select(ALERT_SPELLS.c.incident_id).where(ALERT_SPELLS.c.key.in_(keys)).order_by(ALERT_SPELLS.c.key)
        with self._database.write() as connection:
            taken = connection.scalars(known).first() or incident_id
            # The insertion decides between two that come at once, whichever database it is.
            connection.execute(_TAKE, [{"key": key, "incident_id": taken} for key in keys])
            return connection.scalars(known).first() or taken


_TAKE = sa.text("INSERT INTO alert_spells (key, incident_id) VALUES (:key, :incident_id) ON CONFLICT (key) DO NOTHING")
