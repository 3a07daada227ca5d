"""The shared notes of the meeting: as text, and as the socket that pages write them by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.websockets import WebSocket

from secondstory.usecases.room.notes import NotesText, Standing, notes_text, standing_now
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.guard import cookies_of
from secondstory.web.live.notes_socket import NOT_ALLOWED, NotesChannel, write_along
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])
MeetingNumber = Annotated[int, Query(ge=0, le=10_000, description="Of the meeting; 0 = the last one.")]


@ROUTER.get("/notes", responses=gives(NotesText, FINDS))
def notes(request: Request, visit: Reading, incident: IncidentId, meeting: MeetingNumber = 0) -> Response:
    """What stands in the notes of a meeting as Markdown, as far as it is saved, with people as tokens.

    The same path as a WebSocket is where pages write: binary messages are the sync and awareness protocol of Yjs on a
    document with one text, `notes`; text messages are `welcome`, `rights`, `trouble`, and `saved` with how many of the
    updates that came by this connection are on disk.
    """
    return json_answer(request, notes_text(visit.actor, visit.world, incident, meeting))


@ROUTER.websocket("/notes")
async def write_notes(socket: WebSocket, incident: str) -> None:
    """Write in the notes together with the others. The guard has looked at host, origin and cookie."""
    state = socket.app.state
    cookies = cookies_of(socket.headers)

    def standing() -> Standing | None:
        """Asked again and again: a role may have changed, and a person may have been taken out."""
        visitor = state.door.visitor(cookies, state.world)
        return standing_now(visitor.actor, state.world, incident) if visitor is not None else None

    first = await run_in_threadpool(standing)
    if first is None:
        await socket.close(NOT_ALLOWED)  # before it was accepted: the handshake is refused
        return
    await run_in_threadpool(state.world.audit.looked, incident)
    actor_id = socket.state.visitor.actor.id
    await write_along(socket, NotesChannel(state.notes, incident, actor_id, standing), first)
