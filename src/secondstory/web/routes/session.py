"""Who is signed in, coming in by an invitation, going out, and whether the server is there."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory import __version__
from secondstory.access import Verb, allowed
from secondstory.model.actor import Actor, Role
from secondstory.model.codec import canonical_json
from secondstory.usecases.sign_in import MOST_NAME, Entered, Invited, accept, look_at, sign_out
from secondstory.web.answers import JSON, json_answer
from secondstory.web.attempts import caller
from secondstory.web.declared import CHANGES, JOINS, READS, UNCHANGED, gives
from secondstory.web.pages import give_cookie
from secondstory.web.problems import refused
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(tags=["session"])


@dataclass(frozen=True)
class Health:
    """That the server answers."""

    status: str
    version: str


@dataclass(frozen=True)
class Allowed:
    """What one may do in an incident, as verbs."""

    incident: str
    role: Role
    verbs: tuple[Verb, ...]


@dataclass(frozen=True)
class Session:
    """The signed-in actor. Requests that change something send `csrf` in the header X-CSRF-Token.

    `may`: what one may do to the installation; `incidents`: and in each incident that one is a member of.
    """

    actor: str
    is_owner: bool
    roles: tuple[str, ...]
    may: tuple[Verb, ...]
    incidents: tuple[Allowed, ...]
    csrf: str
    version: str
    zone: str


@dataclass(frozen=True)
class Joined:
    """Who one is now, and where."""

    actor: str
    incident: str


@dataclass(frozen=True)
class SignedOut:
    """That the browser is nobody's any more."""

    signed_out: bool


class LinkGiven(BaseModel):
    """A signed invitation: what follows `#/join/` in its address."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"link": "Imludml0YXRpb24tMSI.abc"}]})

    link: str = Field(min_length=1, max_length=500)


class Accepting(LinkGiven):
    """A signed invitation and, where it asks for one, the name of the person who accepts it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"link": "Imludml0YXRpb24tMSI.abc", "name": "Maria Lopez"}]}
    )

    name: str = Field("", max_length=MOST_NAME)


@ROUTER.get("/health", responses=gives(Health, UNCHANGED))
def health(request: Request) -> Response:
    """Whether the server answers. Needs no cookie."""
    return json_answer(request, Health("ok", __version__))


@ROUTER.get("/session", responses=gives(Session, READS))
def session(request: Request, visit: Reading) -> Response:
    """Who is signed in, and what that one may do."""
    actor = visit.actor
    csrf = request.state.visitor.csrf
    return json_answer(
        request,
        Session(
            actor.id, actor.is_owner, _roles(actor), allowed(actor, None), _allowed(actor), csrf, __version__, "UTC"
        ),
    )


@ROUTER.delete("/session", responses=gives(SignedOut, CHANGES, meaning="This browser is signed out."))
def leave(request: Request, visit: Changing) -> Response:
    """Sign this browser out. The owner's is only asked to forget its cookie, which ends with the server."""
    if not visit.actor.is_owner:
        sign_out(visit.world, request.state.visitor.secret)
    answer = Response(canonical_json(SignedOut(True)), media_type=JSON)
    door = request.app.state.door
    answer.delete_cookie(door.cookie_name, path="/", secure=door.entrance.is_secure, httponly=True, samesite="strict")
    return answer


@ROUTER.post("/invitations/look", responses=gives(Invited, JOINS, meaning="What the invitation is for."))
def look(request: Request, given: LinkGiven) -> Response:
    """What an invitation is for. Needs no cookie; it changes nothing, and its link is kept out of every log."""
    if not _in_time(request):
        return refused("too_many", 429, area="entrance")
    return Response(canonical_json(look_at(request.app.state.world, given.link, _visitor(request))), media_type=JSON)


@ROUTER.post("/invitations/accept", responses=gives(Joined, JOINS, meaning="Signed in; the answer sets the cookie."))
def join(request: Request, given: Accepting) -> Response:
    """Accept an invitation, once. The name goes into the sealed map; from then on the person is a token."""
    if not _in_time(request):
        return refused("too_many", 429, area="entrance")
    entered = accept(request.app.state.world, given.link, given.name, _visitor(request))
    answer = Response(canonical_json(Joined(entered.actor, entered.incident)), media_type=JSON)
    if entered.secret is not None:
        give_cookie(answer, request.app.state.door, entered.secret, _lasts_s(request, entered))
    return answer


def _lasts_s(request: Request, entered: Entered) -> int:
    return int((entered.expires_at - request.app.state.world.clock.now()).total_seconds())


def _visitor(request: Request) -> Actor | None:
    visitor = request.state.visitor
    return visitor.actor if visitor is not None else None


def _in_time(request: Request) -> bool:
    address, forwarded = request.client.host if request.client else "", request.headers.get("x-forwarded-for", "")
    by_proxy = bool(request.app.state.door.entrance.proxies)
    allowed_now: bool = request.app.state.attempts.allow(caller(address, forwarded, by_proxy=by_proxy))
    return allowed_now


def _roles(actor: Actor) -> tuple[str, ...]:
    return ("owner",) if actor.is_owner else tuple(sorted({role.value for _, role in actor.roles}))


def _allowed(actor: Actor) -> tuple[Allowed, ...]:
    return tuple(Allowed(incident, role, allowed(actor, incident)) for incident, role in actor.roles)
