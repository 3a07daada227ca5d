"""Tells facilitators their rail as it changes: made once for all of them, and only the latest of it.

A browser that cannot keep up misses what was overtaken, never what stands. What this process hears wakes it at once;
what another one hears, and what happens in the room, it finds by looking four times a second while anybody follows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from secondstory.model.codec import canonical_json
from secondstory.model.errors import SecondStoryError
from secondstory.model.hearing import JournalEntry
from secondstory.ports import Journal
from secondstory.texts import say
from secondstory.usecases.room.rail_view import RailView
from secondstory.web.live.channel import FULL, NOT_ALLOWED
from secondstory.web.live.hub import MOST_PAGES

_LOOK_EVERY_S = 0.25
_ASK_AGAIN_S = 1.0
Look = Callable[[str], RailView]


class _Followers:
    def __init__(self) -> None:
        self.message = ""
        self.pages: set[asyncio.Event] = set()
        self.woken = asyncio.Event()
        self.watch: asyncio.Task[None] | None = None

    def tell(self, message: str) -> None:
        """Wake the pages where the rail has changed."""
        if message == self.message:
            return
        self.message = message
        for page in self.pages:
            page.set()


class RailHub:
    """The rails that are open, by incident. All but `wake` belongs to the server's event loop."""

    def __init__(self, look: Look, most_pages: int = MOST_PAGES) -> None:
        self._look, self._most_pages = look, most_pages
        self._open: dict[str, _Followers] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self, incident_id: str) -> None:
        """Something was heard or done; from any thread."""
        loop, followers = self._loop, self._open.get(incident_id)
        if loop is not None and followers is not None:
            with suppress(RuntimeError):  # the loop has ended with its server
                loop.call_soon_threadsafe(followers.woken.set)

    async def follow(self, socket: WebSocket, incident_id: str, may_stay: Callable[[], bool]) -> None:
        """Serve one page until it leaves, or may not stay."""
        await socket.accept()
        self._loop = asyncio.get_running_loop()
        followers = self._open.setdefault(incident_id, _Followers())
        if len(followers.pages) >= self._most_pages:
            await socket.close(FULL, say("live.full", incident=incident_id))
            return
        page = asyncio.Event()
        followers.pages.add(page)
        if followers.watch is None or followers.watch.done():
            followers.watch = self._loop.create_task(self._look_on(incident_id, followers))
        telling = asyncio.create_task(_tell(socket, page, followers, may_stay, incident_id))
        leaving = asyncio.create_task(_until_gone(socket))
        try:
            # Where the watch ends by an error its pages end with it: they come back, and with them another watch.
            done, _ = await asyncio.wait((telling, leaving, followers.watch), return_when=asyncio.FIRST_COMPLETED)
        finally:
            telling.cancel()
            leaving.cancel()
            followers.pages.discard(page)
            if not followers.pages:
                self._open.pop(incident_id, None)
                followers.watch.cancel()
        for task in done:
            with suppress(WebSocketDisconnect):
                task.result()

    async def _look_on(self, incident_id: str, followers: _Followers) -> None:
        while True:
            with suppress(
                SecondStoryError
            ):  # no meeting yet, or the records do not answer now; the next look asks again
                view = await run_in_threadpool(self._look, incident_id)
                message = canonical_json({"type": "rail", "rail": view}).decode()
                followers.tell(message)
            with suppress(TimeoutError):
                await asyncio.wait_for(followers.woken.wait(), _LOOK_EVERY_S)
            followers.woken.clear()


class ToldJournal:
    """`ports.Journal` that calls `wake` when entries are on disk, and `forget` too when all of them are gone."""

    def __init__(self, journal: Journal, wake: Callable[[str], None], forget: Callable[[str], None]) -> None:
        self._journal, self._wake, self._forget = journal, wake, forget

    def append(self, incident_id: str, number: int, entries: tuple[JournalEntry, ...]) -> bool:
        """Durably add entries, all or none."""
        done = self._journal.append(incident_id, number, entries)
        self._wake(incident_id)
        return done

    def since(self, incident_id: str, number: int, seq: int) -> tuple[JournalEntry, ...]:
        """All after entry number `seq`, in order."""
        return self._journal.since(incident_id, number, seq)

    def destroy(self, incident_id: str, number: int) -> None:
        """Make it unreadable for good."""
        self._journal.destroy(incident_id, number)
        self._forget(incident_id)
        self._wake(incident_id)


async def _tell(
    socket: WebSocket, page: asyncio.Event, followers: _Followers, may_stay: Callable[[], bool], incident_id: str
) -> None:
    told, asked, clock = "", 0.0, asyncio.get_running_loop()
    while True:
        if clock.time() - asked >= _ASK_AGAIN_S:
            if not await run_in_threadpool(may_stay):
                await socket.close(NOT_ALLOWED, say("live.gone", incident=incident_id))
                return
            asked = clock.time()
        page.clear()
        if followers.message != told:
            told = followers.message
            await socket.send_text(told)
        with suppress(TimeoutError):
            await asyncio.wait_for(page.wait(), _ASK_AGAIN_S)


async def _until_gone(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass  # a page has nothing to tell
