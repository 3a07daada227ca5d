"""Looks what was committed to the ledgers that are followed, once for all pages, and wakes those that it concerns.

What this process writes wakes it at once; what another one writes, such as the command line, it finds by looking at the
heads of the followed ledgers four times a second: one read of an index. Nothing runs while nobody follows.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import SecondStoryError
from secondstory.model.ledger import Entry
from secondstory.ports import Feed, Ledger
from secondstory.web.live.told import Changes, Present, change_of

LOOK_EVERY_S = 0.25
_GATHER_S = 0.2  # what is committed within it travels in one message
_KEPT = 1000  # entries that late pages are served from without asking the records
_AT_ONCE = 500
MOST_PAGES = 500


class Page:
    """One open page: how far it was told, and what wakes it."""

    def __init__(self, actor: Actor, since: int) -> None:
        self.actor, self.seq, self.name = actor, since, ""
        self.woken = asyncio.Event()
        self.told: tuple[Present, ...] = ()


class _Room:
    def __init__(self, head: int) -> None:
        self.head = head
        self.pages: set[Page] = set()
        self.tail: deque[Entry] = deque(maxlen=_KEPT)
        self.encoded: tuple[int, int, str] = (0, 0, "")
        self.present: tuple[Present, ...] = ()
        self.moved = False  # who is here has changed, and the pages were not told yet

    def count(self) -> None:
        """Who is here has changed."""
        present = (Present(page.actor.id, page.name) for page in self.pages)
        self.present = tuple(sorted(present, key=lambda one: (one.actor, one.page)))
        self.moved = True

    def wake(self) -> None:
        self.moved = False
        for page in self.pages:
            page.woken.set()


class Hub:
    """The pages that are open, by incident. All but `wake` belongs to the server's event loop."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._rooms: dict[str, _Room] = {}
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watch: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something was committed; from any thread."""
        loop = self._loop
        if loop is not None and self._rooms:
            with suppress(RuntimeError):  # the loop has ended with its server
                loop.call_soon_threadsafe(self._woken.set)

    async def join(self, incident_id: str, page: Page) -> int:
        """Begin to follow; the number of the last entry. A page from after that begins there."""
        head = (await run_in_threadpool(self._feed.heads, (incident_id,))).get(incident_id, 0)
        room = self._rooms.setdefault(incident_id, _Room(head))
        page.seq = min(page.seq, head)
        room.pages.add(page)
        self.changed(incident_id)
        self._loop = asyncio.get_running_loop()
        if self._watch is None or self._watch.done():
            self._watch = self._loop.create_task(self._look_on())
        return head

    def leave(self, incident_id: str, page: Page) -> None:
        """Follow no more."""
        room = self._rooms[incident_id]
        room.pages.discard(page)
        self.changed(incident_id)
        if not room.pages:
            del self._rooms[incident_id]

    def is_full(self, incident_id: str) -> bool:
        """True where no more pages are taken."""
        return incident_id in self._rooms and len(self._rooms[incident_id].pages) >= MOST_PAGES

    def present(self, incident_id: str) -> tuple[Present, ...]:
        """Who has which page open, in a steady order."""
        room = self._rooms.get(incident_id)
        return room.present if room is not None else ()

    def changed(self, incident_id: str) -> None:
        """A page of this incident shows another part of it."""
        if incident_id in self._rooms:
            self._rooms[incident_id].count()
            self._woken.set()

    async def next_changes(self, incident_id: str, page: Page) -> str:
        """What the page was not told yet, as one message; "" = nothing. It counts as told from then on."""
        room = self._rooms.get(incident_id)  # none: the page left while it waited for the records
        if room is None or page.seq >= room.head:
            return ""
        first, last, message = room.encoded
        if first == page.seq and last == room.head:  # most pages are equally far
            page.seq = last
            return message
        entries = await self._since(incident_id, room, page.seq)
        if not entries:
            return ""
        message = canonical_json(Changes(tuple(change_of(entry) for entry in entries))).decode()
        room.encoded = (page.seq, entries[-1].seq, message)
        page.seq = entries[-1].seq
        return message

    async def _since(self, incident_id: str, room: _Room, seq: int) -> tuple[Entry, ...]:
        if room.tail and room.tail[0].seq <= seq + 1:
            return tuple(entry for entry in room.tail if entry.seq > seq)[:_AT_ONCE]
        return await run_in_threadpool(self._feed.since, incident_id, seq, _AT_ONCE)

    async def _look_on(self) -> None:
        while self._rooms:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY_S)
            self._woken.clear()
            with suppress(SecondStoryError):  # the records do not answer now; the next look asks again
                await self._look()
            await asyncio.sleep(_GATHER_S)

    async def _look(self) -> None:
        heads = await run_in_threadpool(self._feed.heads, tuple(self._rooms))
        for incident_id, head in heads.items():
            room = self._rooms.get(incident_id)
            while room is not None and room.head < head:
                entries = await run_in_threadpool(self._feed.since, incident_id, room.head, _AT_ONCE)
                if not entries:
                    break
                room.tail.extend(entries)
                room.head = entries[-1].seq
                room.wake()
        for room in self._rooms.values():
            if room.moved:
                room.wake()


class ToldLedger:
    """`ports.Ledger` that calls `wake` when an entry is on disk."""

    def __init__(self, ledger: Ledger, wake: Callable[[], None]) -> None:
        self._ledger, self._wake = ledger, wake

    def append(self, entry: Decision | Contribution) -> None:
        """Durably add one entry; an id that exists already is refused."""
        self._ledger.append(entry)
        self._wake()

    def decisions(self, incident_id: str) -> tuple[Decision, ...]:
        """In order of (at, id)."""
        return self._ledger.decisions(incident_id)

    def contributions(self, incident_id: str) -> tuple[Contribution, ...]:
        """In order of (at, id)."""
        return self._ledger.contributions(incident_id)
