"""Who was named in a comment and has not looked yet. Every query names the person: nobody is handed another's."""

from __future__ import annotations

import sqlalchemy as sa

from secondstory.model.window import format_time, parse_time
from secondstory.ports import Mention
from secondstory.records.database import Database
from secondstory.records.tables import MENTIONS


class SqlMentions:
    """`ports.Mentions` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, mentions: tuple[Mention, ...]) -> None:
        """Keep them, unread; one that is known already stays as it is."""
        if not mentions:
            return
        with self._database.write() as connection:
            for one in mentions:
                same = (MENTIONS.c.token == one.token) & (MENTIONS.c.comment_id == one.comment_id)
                if connection.scalar(sa.select(MENTIONS.c.token).where(same)) is None:
                    row = {
                        "token": one.token,
                        "comment_id": one.comment_id,
                        "incident_id": one.incident_id,
                        "subject": one.subject,
                        "actor_id": one.actor_id,
                        "at": format_time(one.at),
                        "is_read": False,
                    }
                    connection.execute(sa.insert(MENTIONS).values(**row))

    def unread(self, token: str, incident_ids: tuple[str, ...]) -> tuple[Mention, ...]:
        """A person's own in these incidents, the newest first."""
        query = (
            sa.select(MENTIONS)
            .where(MENTIONS.c.token == token, MENTIONS.c.is_read.is_(False), MENTIONS.c.incident_id.in_(incident_ids))
            .order_by(MENTIONS.c.at.desc(), MENTIONS.c.comment_id.desc())
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Mention(row.token, row.incident_id, row.comment_id, row.subject, row.actor_id, parse_time(row.at))
            for row in rows
        )

    def read(self, token: str, incident_id: str) -> None:
        """The person has looked at all of theirs in an incident."""
        theirs = (MENTIONS.c.token == token) & (MENTIONS.c.incident_id == incident_id)
        with self._database.write() as connection:
            connection.execute(sa.update(MENTIONS).where(theirs).values(is_read=True))
