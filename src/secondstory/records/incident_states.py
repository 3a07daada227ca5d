"""States of incidents: a few grouped queries, however many incidents there are, in one transaction.

A state is made of what the list is made from: the incident, its documents, what was said, what was published and sent,
and the segments of its recordings, of which rows are only ever added or marked.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.incident import Incident
from secondstory.records.database import Database
from secondstory.records.incidents import readable
from secondstory.records.tables import (
    DOCUMENTS,
    EVIDENCE,
    INCIDENTS,
    LEDGER_HEADS,
    OUTBOX,
    PUBLISHED,
    RECORDINGS,
    SEGMENTS,
)


class SqlIncidentStates:
    """`ports.IncidentStates` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def visible_to(self, actor: Actor) -> tuple[tuple[str, str], ...]:
        """(incident id, state) of those that the actor may read, newest window first; as of one moment."""
        incidents = sa.select(INCIDENTS.c.id, INCIDENTS.c.data).where(readable(actor))
        incidents = incidents.order_by(INCIDENTS.c.starts_at.desc(), INCIDENTS.c.id)
        with self._database.read() as connection:
            rows = connection.execute(incidents).all()
            told = _of_incidents(connection)
            recordings = _of_recordings(connection)
        return tuple((row.id, _state(row.data, told[row.id], recordings)) for row in rows)


def _state(data: bytes, told: list[str], recordings: dict[str, str]) -> str:
    over = [recordings.get(name, "") for name in _recordings_in(data)]
    return "/".join((f"{crc32(data):x}.{len(data)}", *told, *over))


@lru_cache(maxsize=4096)
def _recordings_in(data: bytes) -> tuple[str, ...]:
    return decode(data, Incident).recordings


def _of_incidents(connection: Connection) -> defaultdict[str, list[str]]:
    hashes = sa.func.aggregate_strings(DOCUMENTS.c.hash, ".")
    queries = (
        sa.select(DOCUMENTS.c.incident_id, hashes).group_by(DOCUMENTS.c.incident_id),
        sa.select(LEDGER_HEADS.c.incident_id, LEDGER_HEADS.c.head),
        sa.select(PUBLISHED.c.incident_id, sa.func.count()).group_by(PUBLISHED.c.incident_id),
        sa.select(OUTBOX.c.incident_id, sa.func.count(OUTBOX.c.sent_at)).group_by(OUTBOX.c.incident_id),
        sa.select(EVIDENCE.c.incident_id, sa.func.max(EVIDENCE.c.fetched_at)).group_by(EVIDENCE.c.incident_id),
    )
    told: defaultdict[str, list[str]] = defaultdict(list)
    for place, query in enumerate(queries):
        for incident_id, value in connection.execute(query):
            told[incident_id].append(f"{place}:{value}")
    return told


def _of_recordings(connection: Connection) -> dict[str, str]:
    counts = sa.func.count(), sa.func.count(SEGMENTS.c.replaced_by), sa.func.count(SEGMENTS.c.retired_at)
    segments = sa.select(SEGMENTS.c.recording, *counts).group_by(SEGMENTS.c.recording)
    states = {name: f"{kept}-{replaced}-{retired}" for name, kept, replaced, retired in connection.execute(segments)}
    for name, data in connection.execute(sa.select(RECORDINGS.c.name, RECORDINGS.c.data)):
        states[name] = f"{states.get(name, '')}-{crc32(data):x}"
    return states
