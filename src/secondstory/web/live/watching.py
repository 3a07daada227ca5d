"""One page's end of a room: tells what changed until the page goes or may not stay. A page says nothing here; what its
reader does goes by HTTP."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from secondstory.model.codec import canonical_json
from secondstory.texts import say
from secondstory.web.live.channel import FULL, NOT_ALLOWED, UNREADABLE
from secondstory.web.live.room import Rooms
from secondstory.web.live.stage import Guest, Stage


async def watch_room(socket: WebSocket, rooms: Rooms, guest: Guest) -> None:
    """Serve one page until it leaves."""
    incident_id = guest.incident_id
    await socket.accept()
    if rooms.is_full(incident_id):
        await socket.close(FULL, say("room.full", incident=incident_id))
        return
    try:
        stage = await rooms.join(incident_id, guest)
        telling = asyncio.create_task(_tell(socket, rooms, stage, guest))
        hearing = asyncio.create_task(_hear(socket))
        try:
            done, _ = await asyncio.wait((telling, hearing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            telling.cancel()
            hearing.cancel()
    finally:
        rooms.leave(incident_id, guest)
    for task in done:
        with suppress(WebSocketDisconnect):
            task.result()


async def _tell(socket: WebSocket, rooms: Rooms, stage: Stage, guest: Guest) -> None:
    role, leads = guest.role, guest.leads
    await socket.send_text(stage.welcome(guest, rooms.now()))
    while True:
        guest.woken.clear()
        if guest.actor is None:
            await socket.close(NOT_ALLOWED, say("room.gone", incident=guest.incident_id))
            return
        if (role, leads) != (guest.role, guest.leads):
            role, leads = guest.role, guest.leads
            await socket.send_text(canonical_json({"type": "rights", "role": role, "leads": leads}).decode())
            stage.again(guest)
        await _send(socket, stage.news(guest, rooms.now()))
        await guest.woken.wait()


async def _send(socket: WebSocket, messages: list[str]) -> None:
    """On its own, so that a page that waits for news holds none of the last."""
    for message in messages:
        await socket.send_text(message)


async def _hear(socket: WebSocket) -> None:
    """Notice that the page is gone."""
    with suppress(KeyError):  # bytes in place of text
        await socket.receive_text()
    await socket.close(UNREADABLE, say("live.unreadable"))
