"""A socket and the tasks that serve it: with the first that ends all end, and the page is told why."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect


class Shut(Exception):
    """The page is to be shut out."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


async def sit(socket: WebSocket, *work: Coroutine[None, None, None]) -> None:
    """Do all at once until one of them ends, the page leaves, or it is shut out."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
    for task in done:
        with suppress(WebSocketDisconnect):
            await _close(socket, task)


async def _close(socket: WebSocket, task: asyncio.Task[None]) -> None:
    try:
        task.result()
    except Shut as shut:
        await socket.close(shut.code, shut.why)
