"""The people of an incident: members by token, invitations, roles, removal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.actor import Role
from secondstory.model.codec import canonical_json
from secondstory.usecases.people import (
    MOST_DAYS,
    InvitationItem,
    KnownPerson,
    People,
    change_role,
    invite,
    names_of,
    people_of,
    remove_member,
    revoke,
    wish_to_be_named,
)
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import WHOLE
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["people"])
MemberId = Annotated[str, Path(max_length=200, description="A member's token, such as responder-2.")]


class InvitationGiven(BaseModel):
    """Whom to let in: a role, or with `for_actor` a member who needs another way in and keeps the role."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"role": "responder", "days": 7}]})

    role: Role = Role.RESPONDER
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True), WHOLE] = 7
    for_actor: str = Field("", max_length=200)


class MemberRoleGiven(BaseModel):
    """A member's new role."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"role": "scribe"}]})

    role: Role


class NamingGiven(BaseModel):
    """Whether one wishes to stand in what is published by name."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"named": True}]})

    named: StrictBool


@dataclass(frozen=True)
class Made:
    """An invitation with the address to send; it lets one person in, once."""

    invitation: InvitationItem
    address: str


@dataclass(frozen=True)
class Names:
    """The names behind the tokens of members."""

    people: tuple[KnownPerson, ...]


@ROUTER.get("/people", responses=gives(People, FINDS))
def people(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Who is in the incident, by token; for whoever may invite, with the open invitations."""
    return json_answer(request, people_of(visit.actor, visit.world, incident))


@ROUTER.get("/names", responses=gives(Names, FINDS))
def names(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The names behind the tokens, for the facilitator alone."""
    return json_answer(request, Names(names_of(visit.actor, visit.world, incident)))


@ROUTER.post("/invitations", status_code=201, responses=gives(Made, CHANGES, 201, "The link lets one person in."))
def make_invitation(request: Request, visit: Changing, incident: IncidentId, given: InvitationGiven) -> Response:
    """Make a signed link that lets one person in."""
    lasts = timedelta(days=given.days)
    made = invite(visit.actor, visit.world, incident, given.role, lasts, given.for_actor)
    address = request.app.state.door.join_address(made.link)
    return Response(canonical_json(Made(made, address)), 201, media_type=JSON)


@ROUTER.delete("/invitations/{invitation}", responses=gives(People, CHANGES))
def take_invitation_back(
    visit: Changing, incident: IncidentId, invitation: Annotated[str, Path(max_length=200)]
) -> Response:
    """Make an open invitation worthless."""
    revoke(visit.actor, visit.world, incident, invitation)
    return _now(visit, incident)


@ROUTER.put("/people/{member}", responses=gives(People, CHANGES, meaning="The role holds from the next request on."))
def give_role(visit: Changing, incident: IncidentId, member: MemberId, given: MemberRoleGiven) -> Response:
    """Give a member another role."""
    change_role(visit.actor, visit.world, incident, member, given.role)
    return _now(visit, incident)


@ROUTER.delete("/people/{member}", responses=gives(People, CHANGES, meaning="The person is out, at once."))
def remove(visit: Changing, incident: IncidentId, member: MemberId) -> Response:
    """Take a person out of the incident. What the person said stays, under the token."""
    remove_member(visit.actor, visit.world, incident, member)
    return _now(visit, incident)


@ROUTER.put("/naming", responses=gives(People, CHANGES, meaning="The wish holds for what is published next."))
def naming(visit: Changing, incident: IncidentId, given: NamingGiven) -> Response:
    """Say whether you wish to be named in what is published."""
    wish_to_be_named(visit.actor, visit.world, incident, named=given.named)
    return _now(visit, incident)


def _now(visit: Visit, incident: str) -> Response:
    return Response(canonical_json(people_of(visit.actor, visit.world, incident)), media_type=JSON)
