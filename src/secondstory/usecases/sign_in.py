"""Coming in by a signed invitation, being recognised by the browser's secret, and going out.

None of this asks `access.require`: whoever holds a link or a secret is nobody yet, and the link or secret is what is
checked.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from secondstory.model.actor import Actor, Role
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.people import Invitation, Member, SignIn
from secondstory.model.person import is_automation, name_words
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident

MOST_NAME = 100  # characters
_LASTS = timedelta(days=30)
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Invited:
    """What an invitation is for. `asks_name`: the one who accepts says who it is, once."""

    incident: str
    title: str
    role: Role
    for_actor: str
    expires_at: datetime
    asks_name: bool


@dataclass(frozen=True)
class Entered:
    """Who came in, and the browser's new secret; None where the browser was signed in before."""

    actor: str
    incident: str
    secret: str | None
    expires_at: datetime


def look_at(world: World, link: str, visitor: Actor | None) -> Invited:
    """What a link is for. Raises NotAllowed where it is not ours, used, revoked or too old."""
    invitation = _open(world, link)
    incident = get_incident(world, invitation.incident_id)
    asks = not invitation.for_actor and visitor is None
    facts = (invitation.role, invitation.for_actor, invitation.expires_at, asks)
    return Invited(incident.id, incident.title, *facts)


def accept(world: World, link: str, name: str, visitor: Actor | None) -> Entered:
    """Join the incident that the link is for; `visitor` is who the browser is signed in as, if anybody.

    The name goes into the sealed map and nowhere else. Raises NotAllowed for a link that is not open, BadInput for a
    name that cannot be used or is another member's.
    """
    invitation = _open(world, link)
    if visitor is not None:
        return _as_known(world, invitation, visitor)
    actor_id = invitation.for_actor or world.sealed.token(_usable(name), invitation.role.value)
    return _join(world, invitation, actor_id, secrets.token_urlsafe(_SECRET_BYTES))


def recognised(world: World, secret: str) -> Actor | None:
    """Who a browser with this secret is, with the roles held now."""
    return all_recognised(world, (secret,)).get(secret)


def all_recognised(world: World, given: Collection[str]) -> dict[str, Actor]:
    """Who the browsers with these secrets are, in one look; without those that are nobody's."""
    by_hash = {_hashed(secret): secret for secret in given if secret}
    if not by_hash:
        return {}
    return {by_hash[one]: actor for one, actor in world.sign_ins.actors(by_hash, world.clock.now()).items()}


def sign_out(world: World, secret: str) -> None:
    """Forget a browser."""
    world.sign_ins.end(_hashed(secret))


def _as_known(world: World, invitation: Invitation, visitor: Actor) -> Entered:
    if visitor.is_owner:
        raise BadInput(say("people.owner"), say("people.owner_next"))
    if invitation.for_actor not in ("", visitor.id):
        raise NotAllowed(say("people.another", actor=visitor.id), say("people.another_next"))
    return _join(world, invitation, visitor.id, None)


def _join(world: World, invitation: Invitation, actor_id: str, secret: str | None) -> Entered:
    now = world.clock.now()
    before = next((one for one in world.members.of(invitation.incident_id) if one.actor_id == actor_id), None)
    if before is None:
        member = Member(invitation.incident_id, actor_id, invitation.role, now)
    else:  # another browser of a member takes the role as it is now, whatever it was when the link was made
        member = before if invitation.for_actor else replace(before, role=invitation.role)
    sign_in = SignIn(_hashed(secret), actor_id, now, now + _LASTS) if secret is not None else None
    if not world.sign_ins.accept(replace(invitation, accepted_by=actor_id), member, sign_in):
        raise NotAllowed(say("people.link_used"), say("people.link_next"))
    return Entered(actor_id, invitation.incident_id, secret, now + _LASTS)


def _open(world: World, link: str) -> Invitation:
    invitation_id = world.links.read(link)
    invitation = world.invitations.get(invitation_id) if invitation_id is not None else None
    if invitation is None:
        raise NotAllowed(say("people.link_unknown"), say("people.link_next"))
    if invitation.accepted_by or invitation.revoked:
        raise NotAllowed(say("people.link_used"), say("people.link_next"))
    if not invitation.is_open(world.clock.now()):
        raise NotAllowed(say("people.link_old"), say("people.link_next"))
    return invitation


def _usable(name: str) -> str:
    written = " ".join(name.split())
    if not name_words(written) or len(written) > MOST_NAME or not written.isprintable() or is_automation(written):
        raise BadInput(say("people.name"), say("people.name_next", most=MOST_NAME))
    return written


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
