"""Who is in an incident: members by token, invitations, roles, removal, and who wishes to be named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor, Role
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.people import Invitation, Member
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.origin import origin_tokens

MOST_DAYS = 90


@dataclass(frozen=True)
class MemberItem:
    """A person in the incident. `is_you`: the one who asks."""

    actor: str
    role: Role
    since: datetime
    named: bool
    is_you: bool


@dataclass(frozen=True)
class InvitationItem:
    """An invitation that is still open. `link` is the part of an address that lets one person in, once."""

    id: str
    role: Role
    for_actor: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    link: str


@dataclass(frozen=True)
class People:
    """The members, first joined first, and the open invitations, which only those see who may invite."""

    members: tuple[MemberItem, ...]
    invitations: tuple[InvitationItem, ...]


@dataclass(frozen=True)
class KnownPerson:
    """The name behind a token."""

    actor: str
    name: str


def people_of(actor: Actor, world: World, incident_id: str) -> People:
    """Who is in the incident. Raises NotFound, NotAllowed."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    members = tuple(
        MemberItem(one.actor_id, one.role, one.since, one.named, one.actor_id == actor.id)
        for one in world.members.of(incident_id)
    )
    return People(members, _open_invitations(world, incident_id) if may(actor, Verb.ADMIT, incident_id) else ())


def names_of(actor: Actor, world: World, incident_id: str) -> tuple[KnownPerson, ...]:
    """The names of the members, for whoever may unseal them. A name that was erased is left out, and so is one whose
    token came with the incident from elsewhere, where somebody else has it."""
    require(actor, Verb.UNSEAL, incident_id)
    get_incident(world, incident_id)
    names = {token: name for name, token in world.sealed.people()}
    elsewhere = origin_tokens(world, incident_id)
    here = [one.actor_id for one in world.members.of(incident_id) if one.actor_id not in elsewhere]
    return tuple(KnownPerson(token, names[token]) for token in here if token in names)


def public_names(world: World, incident_id: str) -> dict[str, str]:
    """Token to name of the members who asked to be named in what is published; for the writer of documents."""
    wishing = {one.actor_id for one in world.members.of(incident_id) if one.named}
    wishing -= origin_tokens(world, incident_id)  # there they are other people
    return {token: name for name, token in world.sealed.people() if token in wishing} if wishing else {}


def invite(
    actor: Actor, world: World, incident_id: str, role: Role, lasts: timedelta, for_actor: str = ""
) -> InvitationItem:
    """Make a link that lets one person in. `for_actor`: a member who needs another way in keeps token and role.

    Raises BadInput on a time that is no invitation's, NotFound where `for_actor` is not in the incident.
    """
    require(actor, Verb.ADMIT, incident_id)
    get_incident(world, incident_id)
    if not timedelta(minutes=1) <= lasts <= timedelta(days=MOST_DAYS):
        raise BadInput(say("people.lasts"), say("people.lasts_next", most=MOST_DAYS))
    if for_actor:
        role = _member(world, incident_id, for_actor).role
    now = world.clock.now()
    made = Invitation(world.ids.new("invitation"), incident_id, role, for_actor, actor.id, now, now + lasts)
    world.audit.remark(say("people.did_invite", role=role.value))
    world.invitations.save(made)
    return _item(world, made)


def revoke(actor: Actor, world: World, incident_id: str, invitation_id: str) -> None:
    """Make an open invitation worthless. Raises NotFound, and BadInput where somebody came in by it already."""
    require(actor, Verb.ADMIT, incident_id)
    found = world.invitations.get(invitation_id)
    if found is None or found.incident_id != incident_id:
        raise NotFound(say("people.no_invitation", invitation=invitation_id), say("people.no_invitation_next"))
    if found.accepted_by:
        raise BadInput(say("people.accepted", actor=found.accepted_by), say("people.accepted_next"))
    world.audit.remark(say("people.did_revoke", invitation=invitation_id))
    world.invitations.save(replace(found, revoked=True))


def change_role(actor: Actor, world: World, incident_id: str, member: str, role: Role) -> Member:
    """Give a member another role; it holds from the next request on. Raises NotFound."""
    require(actor, Verb.ADMIT, incident_id)
    changed = replace(_member(world, incident_id, member), role=role)
    world.audit.remark(say("people.did_role", actor=member, role=role.value))
    world.members.save(changed)
    return changed


def remove_member(actor: Actor, world: World, incident_id: str, member: str) -> None:
    """Take a person out of the incident, at once. What the person said stays, under the token. Raises NotFound."""
    require(actor, Verb.ADMIT, incident_id)
    _member(world, incident_id, member)
    world.audit.remark(say("people.did_remove", actor=member))
    world.members.remove(incident_id, member)


def wish_to_be_named(actor: Actor, world: World, incident_id: str, *, named: bool) -> Member:
    """One's own wish to stand in what is published by name, or to do so no longer. Raises NotFound for no member."""
    require(actor, Verb.READ, incident_id)
    changed = replace(_member(world, incident_id, actor.id), named=named)
    world.members.save(changed)
    return changed


def _member(world: World, incident_id: str, actor_id: str) -> Member:
    get_incident(world, incident_id)
    found = next((one for one in world.members.of(incident_id) if one.actor_id == actor_id), None)
    if found is None:
        facts = {"actor": actor_id, "incident": incident_id}
        raise NotFound(say("people.no_member", **facts), say("people.no_member_next"))
    return found


def _open_invitations(world: World, incident_id: str) -> tuple[InvitationItem, ...]:
    now = world.clock.now()
    return tuple(_item(world, one) for one in world.invitations.of(incident_id) if one.is_open(now))


def _item(world: World, one: Invitation) -> InvitationItem:
    link = world.links.sign(one.id)
    return InvitationItem(one.id, one.role, one.for_actor, one.made_by, one.made_at, one.expires_at, link)
