"""One page's end of the live channel: tells what was said and who is there, until the page goes or may not stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json
from secondstory.texts import say
from secondstory.web.live.hub import Hub, Page
from secondstory.web.live.told import Presence, Rights, Seen, Welcome

_ASK_AGAIN_S = 1.0
NOT_ALLOWED, UNREADABLE, FULL = 4403, 4400, 4429
"""Codes that a socket is closed with."""


@dataclass(frozen=True)
class Channel:
    """Which incident, and what the one behind the page is in it, asked every second: "" = may not read it any more."""

    hub: Hub
    incident_id: str
    role_now: Callable[[], str]


async def talk(socket: WebSocket, channel: Channel, actor: Actor, since: int) -> None:
    """Serve one page until it leaves."""
    await socket.accept()
    hub, incident_id = channel.hub, channel.incident_id
    if hub.is_full(incident_id):
        await socket.close(FULL, say("live.full", incident=incident_id))
        return
    page = Page(actor, since)
    head = await hub.join(incident_id, page)
    telling = asyncio.create_task(_tell(socket, channel, page, head))
    hearing = asyncio.create_task(_hear(socket, channel, page))
    try:
        done, _ = await asyncio.wait((telling, hearing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        telling.cancel()
        hearing.cancel()
        hub.leave(incident_id, page)
    for task in done:
        with suppress(WebSocketDisconnect):
            task.result()


async def _tell(socket: WebSocket, channel: Channel, page: Page, head: int) -> None:
    hub, incident_id, clock = channel.hub, channel.incident_id, asyncio.get_running_loop()
    page.told = hub.present(incident_id)
    role = await run_in_threadpool(channel.role_now)
    await _send(socket, Welcome(head, page.told, page.actor.id))
    asked = 0.0
    while True:
        if clock.time() - asked >= _ASK_AGAIN_S:
            before, role = role, await run_in_threadpool(channel.role_now)
            if not role:
                await socket.close(NOT_ALLOWED, say("live.gone", incident=incident_id))
                return
            if before not in ("", role):
                await _send(socket, Rights(role))
            asked = clock.time()
        page.woken.clear()
        while message := await hub.next_changes(incident_id, page):
            await socket.send_text(message)
        present = hub.present(incident_id)
        if present != page.told:
            page.told = present
            await _send(socket, Presence(present))
        with suppress(TimeoutError):
            await asyncio.wait_for(page.woken.wait(), _ASK_AGAIN_S)


async def _hear(socket: WebSocket, channel: Channel, page: Page) -> None:
    while True:
        try:
            seen = Seen.model_validate_json(await socket.receive_text())
        except (ValidationError, KeyError):  # KeyError: bytes in place of text
            await socket.close(UNREADABLE, say("live.unreadable"))
            return
        if seen.page != page.name:
            page.name = seen.page
            channel.hub.changed(channel.incident_id)


async def _send(socket: WebSocket, message: object) -> None:
    await socket.send_text(canonical_json(message).decode())
