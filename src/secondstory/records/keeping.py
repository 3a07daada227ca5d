"""The age of stored telemetry, and legal holds."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from secondstory.model.codec import decode, encode
from secondstory.model.retention import Hold
from secondstory.model.segment import Segment
from secondstory.model.window import format_time, parse_time
from secondstory.ports import AgedSegment
from secondstory.records.database import Database, upsert
from secondstory.records.tables import HOLDS, SEGMENTS


class SqlTelemetryAges:
    """`ports.TelemetryAges` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, now: datetime) -> None:
        """Count the age of what came since, from now on."""
        fresh = SEGMENTS.c.kept_since.is_(None)
        with self._database.read() as connection:
            if connection.scalar(sa.select(SEGMENTS.c.id).where(fresh).limit(1)) is None:
                return
        with self._database.write() as connection:
            connection.execute(sa.update(SEGMENTS).where(fresh).values(kept_since=format_time(now)))

    def of(self, recordings: tuple[str, ...]) -> tuple[AgedSegment, ...]:
        """The visible segments of these recordings."""
        query = (
            sa.select(SEGMENTS)
            .where(SEGMENTS.c.recording.in_(recordings), SEGMENTS.c.replaced_by.is_(None))
            .order_by(SEGMENTS.c.recording, SEGMENTS.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            AgedSegment(row.recording, _segment(row.data), _time(row.kept_since), _time(row.retired_at)) for row in rows
        )

    def retire(self, segments: tuple[AgedSegment, ...], now: datetime) -> None:
        """Note that the rows of these are given up, in one transaction, before their files go."""
        with self._database.write() as connection:
            for one in segments:
                place = (SEGMENTS.c.recording == one.recording, SEGMENTS.c.id == one.segment.id)
                connection.execute(sa.update(SEGMENTS).where(*place).values(retired_at=format_time(now)))


class SqlHolds:
    """`ports.Holds` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, hold: Hold) -> None:
        """Create or replace."""
        with self._database.write() as connection:
            upsert(connection, HOLDS, {"incident_id": hold.incident_id, "data": encode(hold, Hold)})

    def lift(self, incident_id: str) -> None:
        """The incident is held no longer."""
        with self._database.write() as connection:
            connection.execute(sa.delete(HOLDS).where(HOLDS.c.incident_id == incident_id))

    def all(self) -> tuple[Hold, ...]:
        """All, in order of incident."""
        with self._database.read() as connection:
            found = connection.scalars(sa.select(HOLDS.c.data).order_by(HOLDS.c.incident_id))
            return tuple(decode(data, Hold) for data in found)


@lru_cache(maxsize=8192)
def _segment(data: bytes) -> Segment:
    """Each read of a document asks whether its rows are kept; a segment never changes."""
    return decode(data, Segment)


def _time(text: str | None) -> datetime | None:
    return parse_time(text) if text is not None else None
