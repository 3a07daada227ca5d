"""What people say in an incident, as a list since any entry and as a channel that tells it when it is said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.websockets import WebSocket

from secondstory.model.workspace import Workspace
from secondstory.usecases.follow import MOST_ENTRIES, LedgerPage, entries_since, may_follow, what_stands
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.guard import cookies_of
from secondstory.web.live.channel import NOT_ALLOWED, Channel, talk
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["live"])
_MOST_SEQ = 2**53
OWNER = "owner"
Since = Annotated[int, Query(ge=0, le=_MOST_SEQ, description="The number of the last entry seen; 0 = none.")]
Limit = Annotated[int, Query(ge=1, le=MOST_ENTRIES)]


@ROUTER.get("/ledger", responses=gives(LedgerPage, FINDS))
def ledger(request: Request, visit: Reading, incident: IncidentId, since: Since = 0, limit: Limit = 100) -> Response:
    """What people said, in the order in which it was committed; numbers rise by one and are never used again.

    The channel `/incidents/{incident}/live?since=n` (WebSocket) tells the same as it happens, without the words:
    `welcome`, then `changes`, `presence`, and `rights` where your role there has changed.
    """
    return json_answer(request, entries_since(visit.actor, visit.world, incident, since, limit))


@ROUTER.get("/ledger/standing", responses=gives(Workspace, FINDS))
def standing(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """What stands of all that was said, after entry number `seq`: what a client that follows should have as well."""
    return json_answer(request, what_stands(visit.actor, visit.world, incident))


@ROUTER.websocket("/live")
async def live(socket: WebSocket, incident: str, since: int = 0) -> None:
    """Changes and presence as they happen. The guard has looked at host, origin and cookie."""
    state = socket.app.state
    cookies = cookies_of(socket.headers)

    def role_now() -> str:
        """Asked again and again: a role may have changed, and a person may have been taken out."""
        visitor = state.door.visitor(cookies, state.world)
        if visitor is None or not may_follow(visitor.actor, state.world, incident):
            return ""
        return visitor.actor.role_in(incident) or OWNER

    if not await run_in_threadpool(role_now):
        await socket.close(NOT_ALLOWED)  # before it was accepted: the handshake is refused
        return
    await run_in_threadpool(state.world.audit.looked, incident)
    actor = socket.state.visitor.actor
    await talk(socket, Channel(state.hub, incident, role_now), actor, max(0, min(since, _MOST_SEQ)))
