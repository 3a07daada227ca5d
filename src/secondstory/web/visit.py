"""What a route is handed: the actor who asks and the world that a use case may reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import APIKeyCookie, APIKeyHeader
from starlette.concurrency import run_in_threadpool

from secondstory.access import Verb, may
from secondstory.model.actor import Actor
from secondstory.ports import World
from secondstory.web.door import CSRF_HEADER
from secondstory.web.once import KEY_HEADER

# Only declared here, for the description of the API; the guard has checked both before a route is reached.
_COOKIE = APIKeyCookie(name="secondstory", scheme_name="cookie", auto_error=False)
_CSRF = APIKeyHeader(name=CSRF_HEADER, scheme_name="csrf", auto_error=False)


@dataclass(frozen=True)
class Visit:
    """Who asks, of what."""

    actor: Actor
    world: World


async def _visit(request: Request, _cookie: Annotated[str | None, Security(_COOKIE)]) -> Visit:
    visit = Visit(request.state.visitor.actor, request.app.state.world)
    incident = request.path_params.get("incident")
    if incident is not None and request.method in ("GET", "HEAD") and may(visit.actor, Verb.READ, incident):
        await run_in_threadpool(visit.world.audit.looked, incident)
    return visit


_Key = Annotated[
    str | None,
    Header(
        alias=KEY_HEADER,
        max_length=200,
        pattern=r"^[!-~]+$",
        description="Your own name for this change. Sent again within a week, it is made once and answered as before.",
    ),
]


async def _change(
    visit: Annotated[Visit, Depends(_visit)],
    _csrf: Annotated[str | None, Security(_CSRF)],
    _key: _Key = None,
) -> Visit:
    return visit


def _called(request: Request) -> Visit:
    return Visit(request.state.visitor.actor, request.app.state.world)


Visiting = Annotated[Visit, Depends(_called)]
"""For a path with a way in of its own: neither cookie nor CSRF token."""
Reading = Annotated[Visit, Depends(_visit)]
Changing = Annotated[Visit, Depends(_change)]
