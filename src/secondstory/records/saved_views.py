"""Saved views by person: every query names the owner, so nobody is handed another's."""

from __future__ import annotations

import sqlalchemy as sa

from secondstory.model.saved_view import SavedView
from secondstory.records.database import Database, upsert
from secondstory.records.tables import SAVED_VIEWS


class SqlSavedViews:
    """`ports.SavedViews` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, view: SavedView) -> None:
        """Create or replace the view of this name of its owner."""
        with self._database.write() as connection:
            upsert(connection, SAVED_VIEWS, {"actor_id": view.actor_id, "name": view.name, "query": view.query})

    def of(self, actor_id: str) -> tuple[SavedView, ...]:
        """All of one person's, by name."""
        query = sa.select(SAVED_VIEWS).where(SAVED_VIEWS.c.actor_id == actor_id).order_by(SAVED_VIEWS.c.name)
        with self._database.read() as connection:
            return tuple(SavedView(row.actor_id, row.name, row.query) for row in connection.execute(query))

    def forget(self, actor_id: str, name: str) -> None:
        """Remove one."""
        where = sa.and_(SAVED_VIEWS.c.actor_id == actor_id, SAVED_VIEWS.c.name == name)
        with self._database.write() as connection:
            connection.execute(sa.delete(SAVED_VIEWS).where(where))
