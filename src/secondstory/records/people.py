"""Members, invitations and signed-in browsers. A person is a token here; the name is in the sealed map alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from secondstory.model.actor import Actor, Role
from secondstory.model.audit import DoorName
from secondstory.model.codec import decode, encode
from secondstory.model.errors import BadInput
from secondstory.model.people import Invitation, Member, SignIn
from secondstory.model.window import format_time, parse_time
from secondstory.records.acting import Act, write_line
from secondstory.records.database import Database, upsert
from secondstory.records.tables import INVITATIONS, MEMBERS, SIGN_INS
from secondstory.texts import say


class SqlMembers:
    """`ports.Members` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, member: Member) -> None:
        """Create or replace."""
        with self._database.write() as connection:
            upsert(connection, MEMBERS, _member_row(member))

    def of(self, incident_id: str) -> tuple[Member, ...]:
        """All of an incident, those who joined first before the others."""
        query = (
            sa.select(MEMBERS).where(MEMBERS.c.incident_id == incident_id).order_by(MEMBERS.c.since, MEMBERS.c.actor_id)
        )
        with self._database.read() as connection:
            return tuple(_member(row) for row in connection.execute(query))

    def remove(self, incident_id: str, actor_id: str) -> None:
        """Take a person out, with the invitations meant for them; who is in no incident any more is signed out."""
        with self._database.write() as connection:
            connection.execute(
                sa.delete(MEMBERS).where(MEMBERS.c.incident_id == incident_id, MEMBERS.c.actor_id == actor_id)
            )
            meant = sa.select(INVITATIONS.c.data).where(
                INVITATIONS.c.incident_id == incident_id,
                INVITATIONS.c.for_actor == actor_id,
                INVITATIONS.c.is_used.is_(False),
            )
            for data in connection.scalars(meant).all():
                _keep(connection, replace(decode(data, Invitation), revoked=True))
            if not _is_member_somewhere(connection, actor_id):
                connection.execute(sa.delete(SIGN_INS).where(SIGN_INS.c.actor_id == actor_id))


class SqlInvitations:
    """`ports.Invitations` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, invitation: Invitation) -> None:
        """Create or replace."""
        with self._database.write() as connection:
            _keep(connection, invitation)

    def get(self, invitation_id: str) -> Invitation | None:
        """By id."""
        with self._database.read() as connection:
            data = connection.scalar(sa.select(INVITATIONS.c.data).where(INVITATIONS.c.id == invitation_id))
        return decode(data, Invitation) if data is not None else None

    def of(self, incident_id: str) -> tuple[Invitation, ...]:
        """All of an incident, the newest first."""
        query = (
            sa.select(INVITATIONS.c.data)
            .where(INVITATIONS.c.incident_id == incident_id)
            .order_by(INVITATIONS.c.id.desc())
        )
        with self._database.read() as connection:
            return tuple(decode(data, Invitation) for data in connection.scalars(query))


class SqlSignIns:
    """`ports.SignIns` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, invitation: Invitation, member: Member, sign_in: SignIn | None) -> bool:
        """Use up the invitation, make the person a member and the browser signed in: all of it or nothing."""
        with self._database.write() as connection:
            is_used = connection.scalar(sa.select(INVITATIONS.c.is_used).where(INVITATIONS.c.id == invitation.id))
            if is_used is not False:
                return False
            if sign_in is not None:
                if not invitation.for_actor and _has_joined_before(connection, member.actor_id):
                    raise BadInput(say("people.name_taken"), say("people.name_taken_next"))
                _forget_expired(connection, sign_in.at)
                connection.execute(sa.insert(SIGN_INS).values(**_sign_in_row(sign_in)))
            _keep(connection, invitation)
            upsert(connection, MEMBERS, _member_row(member))
            write_line(connection, _joining(invitation, member, sign_in))
        return True

    def actors(self, sign_in_ids: Collection[str], now: datetime) -> dict[str, Actor]:
        """Who each browser is, with the roles held now, in one look; those that are not signed in are left out."""
        query = (
            sa.select(SIGN_INS.c.id, SIGN_INS.c.actor_id, MEMBERS.c.incident_id, MEMBERS.c.role)
            .join_from(SIGN_INS, MEMBERS, SIGN_INS.c.actor_id == MEMBERS.c.actor_id, isouter=True)
            .where(SIGN_INS.c.id.in_(sign_in_ids), SIGN_INS.c.expires_at > format_time(now))
            .order_by(MEMBERS.c.incident_id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        whose = {row.id: row.actor_id for row in rows}
        roles: dict[str, list[tuple[str, Role]]] = {ident: [] for ident in whose}
        for row in rows:
            if row.incident_id is not None:
                roles[row.id].append((row.incident_id, Role(row.role)))
        return {ident: Actor(actor, roles=tuple(roles[ident])) for ident, actor in whose.items()}

    def end(self, sign_in_id: str) -> None:
        """Sign a browser out."""
        with self._database.write() as connection:
            connection.execute(sa.delete(SIGN_INS).where(SIGN_INS.c.id == sign_in_id))


def _joining(invitation: Invitation, member: Member, sign_in: SignIn | None) -> Act:
    """Whoever accepts was nobody when the door was opened, so the line is written here."""
    at = sign_in.at if sign_in is not None else max(member.since, invitation.made_at)
    return Act(at, member.actor_id, DoorName.WEB, "joined", invitation.incident_id, invitation.id)


def _keep(connection: Connection, invitation: Invitation) -> None:
    row = {
        "id": invitation.id,
        "incident_id": invitation.incident_id,
        "for_actor": invitation.for_actor,
        "accepted_by": invitation.accepted_by,
        "is_used": invitation.revoked or bool(invitation.accepted_by),
        "data": encode(invitation, Invitation),
    }
    upsert(connection, INVITATIONS, row)


def _is_member_somewhere(connection: Connection, actor_id: str) -> bool:
    found = connection.scalar(sa.select(MEMBERS.c.actor_id).where(MEMBERS.c.actor_id == actor_id).limit(1))
    return found is not None


def _has_joined_before(connection: Connection, actor_id: str) -> bool:
    """True also for one who was removed since: what is kept of that person is nobody else's."""
    query = sa.select(INVITATIONS.c.id).where(INVITATIONS.c.accepted_by == actor_id).limit(1)
    return connection.scalar(query) is not None


def _forget_expired(connection: Connection, now: datetime) -> None:
    connection.execute(sa.delete(SIGN_INS).where(SIGN_INS.c.expires_at <= format_time(now)))


def _member_row(member: Member) -> dict[str, object]:
    return {
        "incident_id": member.incident_id,
        "actor_id": member.actor_id,
        "role": member.role.value,
        "since": format_time(member.since),
        "named": member.named,
    }


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(row.incident_id, row.actor_id, Role(row.role), parse_time(row.since), row.named)


def _sign_in_row(sign_in: SignIn) -> dict[str, object]:
    return {
        "id": sign_in.id,
        "actor_id": sign_in.actor_id,
        "at": format_time(sign_in.at),
        "expires_at": format_time(sign_in.expires_at),
    }
