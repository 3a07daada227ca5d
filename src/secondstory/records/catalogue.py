"""Recordings and their segments: a segment counts once its row here is committed."""

from __future__ import annotations

import sqlalchemy as sa

from secondstory.model.codec import decode, encode
from secondstory.model.segment import Recording, Segment
from secondstory.records.database import Database, upsert
from secondstory.records.tables import RECORDINGS, SEGMENTS


class SqlCatalogue:
    """`ports.Catalogue` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commit(self, recording: str, segment: Segment, replaces: str | None) -> None:
        """Make a segment visible, in the same transaction hiding the one that it replaces."""
        row = {
            "recording": recording,
            "id": segment.id,
            "replaced_by": None,
            "data": encode(segment, Segment),
        }
        ids = (segment.id, replaces) if replaces is not None else (segment.id,)
        with self._database.write() as connection:
            # Written anew it is no younger; what was given up and read again is.
            row["kept_since"] = connection.scalar(
                sa.select(sa.func.min(SEGMENTS.c.kept_since)).where(
                    SEGMENTS.c.recording == recording, SEGMENTS.c.id.in_(ids), SEGMENTS.c.retired_at.is_(None)
                )
            )
            if replaces is not None:
                connection.execute(
                    sa.update(SEGMENTS)
                    .where(SEGMENTS.c.recording == recording, SEGMENTS.c.id == replaces)
                    .values(replaced_by=segment.id)
                )
            upsert(connection, SEGMENTS, row)  # last, for a segment read anew replaces itself and stays visible

    def segments(self, recordings: tuple[str, ...]) -> tuple[Segment, ...]:
        """The visible segments of these recordings, in order of recording and id.

        A block of a file that several of them hold is given once, as the first of them read it: who imports a file
        into two recordings of one incident has not seen twice as many requests.
        """
        query = (
            sa.select(SEGMENTS.c.recording, SEGMENTS.c.data)
            .where(SEGMENTS.c.recording.in_(recordings), SEGMENTS.c.replaced_by.is_(None))
            .order_by(SEGMENTS.c.recording, SEGMENTS.c.id)
        )
        with self._database.read() as connection:
            found = [(recording, decode(data, Segment)) for recording, data in connection.execute(query)]
        holders: dict[tuple[str, int, str], str] = {}
        return tuple(
            one
            for recording, one in found
            if not one.source_hash
            or holders.setdefault((one.source, one.first_line, one.source_hash), recording) == recording
        )


class SqlRecordings:
    """`ports.Recordings` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, recording: Recording) -> None:
        """Create or replace."""
        with self._database.write() as connection:
            upsert(connection, RECORDINGS, {"name": recording.name, "data": encode(recording, Recording)})

    def get(self, name: str) -> Recording | None:
        """By name."""
        with self._database.read() as connection:
            data = connection.scalar(sa.select(RECORDINGS.c.data).where(RECORDINGS.c.name == name))
        return decode(data, Recording) if data is not None else None

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        with self._database.read() as connection:
            return tuple(connection.scalars(sa.select(RECORDINGS.c.name).order_by(RECORDINGS.c.name)))
