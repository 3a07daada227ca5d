"""Published versions, append only: a row is written once and never changed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.errors import Conflict
from secondstory.model.publication import Publication, PublishedFile
from secondstory.records.database import Database
from secondstory.records.tables import PUBLISHED, PUBLISHED_FILES
from secondstory.texts import say


class SqlPublications:
    """`ports.Publications` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, publication: Publication, files: tuple[PublishedFile, ...]) -> None:
        """Keep a version with its files, in one step. Raises Conflict where its number is taken."""
        place = {"incident_id": publication.incident_id, "number": publication.number}
        kept = [{**place, "name": f.name, "media_type": f.media_type, "data": f.data} for f in files]
        try:
            with self._database.write() as connection:
                row = {**place, "data": encode(publication, Publication)}
                connection.execute(sa.insert(PUBLISHED).values(**row))
                connection.execute(sa.insert(PUBLISHED_FILES), kept)
        except IntegrityError as error:
            told = say("publishing.taken", number=publication.number)
            raise Conflict(told, say("publishing.taken_next")) from error

    def of(self, incident_id: str) -> tuple[Publication, ...]:
        """All versions of an incident, the newest first."""
        theirs = PUBLISHED.c.incident_id == incident_id
        query = sa.select(PUBLISHED.c.data).where(theirs).order_by(PUBLISHED.c.number.desc())
        with self._database.read() as connection:
            return tuple(decode(data, Publication) for data in connection.scalars(query))

    def file(self, incident_id: str, number: int, name: str) -> PublishedFile | None:
        """One file of a version."""
        table = PUBLISHED_FILES
        query = sa.select(table.c.media_type, table.c.data).where(
            table.c.incident_id == incident_id, table.c.number == number, table.c.name == name
        )
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return PublishedFile(name, row.media_type, row.data) if row is not None else None
