"""Who was named in a comment and has not looked yet. Every query names the person: nobody is handed another's."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from secondstory.model.decision import Contribution, ContributionKind
from secondstory.model.talk import ON, mentions
from secondstory.model.window import format_time, parse_time
from secondstory.ports import Mention
from secondstory.records.database import Database
from secondstory.records.tables import MENTIONS

_ADD = sa.text(
    "INSERT INTO mentions (token, comment_id, incident_id, subject, actor_id, at, is_read)"
    " VALUES (:token, :comment_id, :incident_id, :subject, :actor_id, :at, :is_read) ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("is_read", False, sa.Boolean))
_NAMING = (ContributionKind.COMMENT, ContributionKind.EDIT)


def keep_mentions(connection: Connection, said: Contribution) -> None:
    """Tell those whom a comment, or its other words, names; who wrote it and who was told before are not told again."""
    if said.kind not in _NAMING:
        return
    comment_id = said.id if said.kind is ContributionKind.COMMENT else said.subject.removeprefix(ON)
    told = {"comment_id": comment_id, "incident_id": said.incident_id, "subject": said.subject}
    by = {"actor_id": said.actor_id, "at": format_time(said.at)}
    named = [token for token in mentions(said.text) if token != said.actor_id]
    if named:
        connection.execute(_ADD, [{"token": token, **told, **by} for token in named])


class SqlMentions:
    """`ports.Mentions` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
