"""Who is signed in, and whether the server is there."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from secondstory import __version__
from secondstory.web.answers import json_answer
from secondstory.web.declared import READS, UNCHANGED, gives
from secondstory.web.visit import Reading

ROUTER = APIRouter(tags=["session"])


@dataclass(frozen=True)
class Health:
    """That the server answers."""

    status: str
    version: str


@dataclass(frozen=True)
class Session:
    """The signed-in actor. Requests that change something send `csrf` in the header X-CSRF-Token."""

    actor: str
    roles: tuple[str, ...]
    csrf: str
    version: str
    zone: str


@ROUTER.get("/health", responses=gives(Health, UNCHANGED))
def health(request: Request) -> Response:
    """Whether the server answers. The one path that needs no cookie."""
    return json_answer(request, Health("ok", __version__))


@ROUTER.get("/session", responses=gives(Session, READS))
def session(request: Request, visit: Reading) -> Response:
    """Who is signed in."""
    actor = visit.actor
    roles = ("owner",) if actor.is_owner else tuple(sorted({role.value for _, role in actor.roles}))
    return json_answer(request, Session(actor.id, roles, request.app.state.door.csrf, __version__, "UTC"))
