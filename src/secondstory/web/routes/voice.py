"""Microphones in the live meeting: whether they are read along, and the socket that takes their sound."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.websockets import WebSocket

from secondstory.access import Verb, may
from secondstory.usecases.room.voice import VoiceNow, voice_now
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.guard import cookies_of
from secondstory.web.live.voice_socket import NOT_ALLOWED, VoiceChannel, speak
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])


@ROUTER.get("/voice", responses=gives(VoiceNow, FINDS))
def voice(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Whether microphones are read along now, and what would begin it.

    The same path as a WebSocket takes the sound of one microphone: 16,000 samples a second, one channel, 16 bits.
    `?shared=true` where several people share it. It tells `voice` and `heard`; until all agree,
    sound is dropped unread.
    """
    return json_answer(request, voice_now(visit.actor, visit.world, incident))


@ROUTER.websocket("/voice")
async def take_voice(socket: WebSocket, incident: str, shared: bool = False) -> None:
    """Take the sound of one microphone. The guard has looked at host, origin and cookie."""
    state = socket.app.state
    cookies = cookies_of(socket.headers)

    def now() -> VoiceNow | None:
        """Asked again and again: a role may have changed, and somebody may agree no more."""
        visitor = state.door.visitor(cookies, state.world)
        if visitor is None or not may(visitor.actor, Verb.CONTRIBUTE, incident):
            return None
        return voice_now(visitor.actor, state.world, incident)

    actor = socket.state.visitor.actor
    is_there = await run_in_threadpool(state.world.incidents.get, incident) is not None
    if not is_there or not may(actor, Verb.CONTRIBUTE, incident):
        await socket.close(NOT_ALLOWED)  # before it was accepted: the handshake is refused
        return
    await speak(socket, VoiceChannel(state.voices, incident, now), None if shared else actor.id)
