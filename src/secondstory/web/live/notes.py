"""The shared notes while people write in them: a Yjs document for each meeting, told to others once it is on disk.

What a page sends is applied to the document, which also shows whether it is sound, and waits to be written. What came
within 50 ms is merged and written as one row; only then do the others hear of it, and the page that sent it is told how
many of its updates are on disk. So nothing that anybody was shown is lost with the process.

Rejected: pycrdt-websocket with its store. It writes each key stroke as a task of its own, and loses what waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from pycrdt import Doc, Text, create_awareness_message, create_sync_message, create_update_message, merge_updates
from starlette.concurrency import run_in_threadpool

from secondstory.model.audit import DoorName
from secondstory.model.errors import SecondStoryError
from secondstory.ports import Notebook, Notes
from secondstory.records.acting import Act, acting
from secondstory.web.live.awareness import State, write_states

_GATHER_S = 0.05
_AGAIN_S = 1.0  # after the disk refused
_COMPACT_AFTER = 300  # rows
_MOST_WAITING = 2000  # messages for a page that does not take them
MOST_BYTES = 2 * 1024 * 1024
"""Of one meeting's notes with their history; an hour of many people typing is a tenth of it."""
_NOTHING = b"\x00\x00"

Message = bytes | str


class NotesPage:
    """One open page: what waits to be sent to it, and how many of its updates came and are on disk."""

    def __init__(self, actor_id: str) -> None:
        self.actor_id = actor_id
        self.waiting: asyncio.Queue[Message] = asyncio.Queue(_MOST_WAITING)
        self.is_slow = False
        self.came = 0
        self.saved = 0
        self.clients: set[int] = set()
        self.is_in_audit = False

    def tell(self, message: Message) -> None:
        """Send it as soon as the page takes it."""
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.is_slow = True  # it is shut out, and asks for all that it missed when it comes back


class NotesRoom:
    """The notes of one meeting. All of it belongs to the server's event loop."""

    def __init__(self, notes: Notes, notebook: Notebook, now: Callable[[], datetime]) -> None:
        self._notes, self.notebook, self._now = notes, notebook, now
        self.pages: set[NotesPage] = set()
        self.is_broken = False  # an update may have left traces: all pages come back to a room read from disk
        self._doc: Doc[Text] = Doc()
        self._size = 0
        self._upto = 0
        self._rows = 0
        self._waiting: list[tuple[NotesPage, bytes]] = []
        self._states: dict[int, tuple[State, NotesPage]] = {}
        self._moved: set[int] = set()
        self._woken = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()
        self._loading = asyncio.ensure_future(self._load())
        self._writing: asyncio.Task[None] | None = None

    @property
    def is_over(self) -> bool:
        """True where nobody may come in any more: it is broken, or its loop has ended."""
        ended = self._loading.cancelled() or (self._writing is not None and self._writing.done())
        return self.is_broken or ended

    async def ready(self) -> None:
        """Wait until what is kept is here: the first page makes it come, all others wait for the same. Raises
        Unavailable."""
        await asyncio.shield(self._loading)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_on())

    def greeting(self) -> tuple[bytes, ...]:
        """What a page is sent first: what the server has, so that it sends the rest, and where the others are."""
        there = tuple((state, page.actor_id) for state, page in self._states.values())
        return create_sync_message(self._doc), create_awareness_message(write_states(there))

    def since(self, state: bytes) -> bytes:
        """All that a page with that state vector has not. Raises ValueError where it is none."""
        return self._doc.get_update(state)

    def take(self, page: NotesPage, update: bytes) -> bool:
        """An update of a page, to be written. False: the notes are full. Raises ValueError where it is unsound."""
        if update != _NOTHING:
            if self._size + len(update) > MOST_BYTES and not self._fits(update):
                return False
            try:
                self._doc.apply_update(update)
            except RuntimeError as error:  # sound in itself, but it failed half-way
                self.is_broken = True
                raise ValueError(f"no update of these notes: {error}") from error
            self._size += len(update)
        page.came += 1
        self._waiting.append((page, update))
        self._settled.clear()
        self._woken.set()
        return True

    def look(self, page: NotesPage, states: tuple[State, ...]) -> None:
        """Where the cursor of a page is now."""
        for state in states:
            owner = self._states.get(state.client)
            if owner is not None and owner[1] is not page:
                continue  # the id of somebody else's page
            page.clients.add(state.client)
            self._states[state.client] = (state, page)
            self._moved.add(state.client)
        self._woken.set()

    def forget(self, page: NotesPage) -> None:
        """The page is gone, and its cursor with it."""
        self.pages.discard(page)
        for client in page.clients & self._states.keys():
            state, _page = self._states[client]
            self._states[client] = (State(client, state.clock, None, False), page)
            self._moved.add(client)
        self._woken.set()

    async def settled(self) -> None:
        """Wait until all that came is on disk."""
        await self._settled.wait()

    async def close(self) -> None:
        """Nobody is here any more, and all is on disk: keep the whole as one row."""
        if self._writing is not None:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
        if self._rows > 1:
            with suppress(SecondStoryError):  # the rows are as good
                await self._compact()

    async def _load(self) -> None:
        kept = await run_in_threadpool(self._notes.kept, self.notebook)
        for update in kept.updates:
            self._doc.apply_update(update)
        self._upto, self._rows = kept.upto, len(kept.updates)
        self._size = sum(map(len, kept.updates))

    def _fits(self, update: bytes) -> bool:
        """Whether there is room once what was deleted is forgotten."""
        self._size = len(self._doc.get_update())
        return self._size + len(update) <= MOST_BYTES

    async def _write_on(self) -> None:
        while True:
            await self._woken.wait()
            await asyncio.sleep(_GATHER_S)
            self._woken.clear()
            self._tell_cursors()
            await self._flush()
            if self._rows > _COMPACT_AFTER:
                with suppress(SecondStoryError):
                    await self._compact()

    def _tell_cursors(self) -> None:
        if not self._moved:
            return
        moved = tuple((state, page.actor_id) for state, page in (self._states[client] for client in self._moved))
        for state, _token in moved:
            if not state.is_there:
                del self._states[state.client]
        self._moved.clear()
        self._tell(create_awareness_message(write_states(moved)))

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            for page, updates in _in_writes(batch):
                merged = merge_updates(*updates)
                if merged != _NOTHING:
                    await self._keep(page, merged)
                    self._tell(create_update_message(merged))
            for page, _update in batch:
                page.saved += 1
            for page in {page for page, _update in batch}:
                page.tell(f'{{"type":"saved","count":{page.saved}}}')
        self._settled.set()

    async def _keep(self, page: NotesPage, update: bytes) -> None:
        """While the records do not take it, everybody is told that nothing is saved, and it is tried again."""
        act = Act(self._now(), page.actor_id, DoorName.WEB, "wrote", self.notebook.incident_id, "meeting/notes")
        act.is_written = page.is_in_audit
        with acting(act):
            while True:
                try:
                    number = await run_in_threadpool(self._notes.append, self.notebook, update)
                    break
                except SecondStoryError:
                    self._tell('{"type":"trouble"}')
                    await asyncio.sleep(_AGAIN_S)
        page.is_in_audit = True
        # Another program wrote, which takes a name out: what is here still has it, and must not be kept as the whole.
        self.is_broken = self.is_broken or number != self._upto + 1
        self._upto = number
        self._rows += 1

    async def _compact(self) -> None:
        if self.is_broken:
            return
        whole, upto = self._doc.get_update(), self._upto
        await run_in_threadpool(self._notes.compact, self.notebook, upto, whole)
        self._rows, self._size = 1, len(whole)

    def _tell(self, message: Message) -> None:
        for page in self.pages:
            page.tell(message)


def _in_writes(batch: list[tuple[NotesPage, bytes]]) -> list[tuple[NotesPage, list[bytes]]]:
    """What is written as one row: all of a batch, but what a page writes first, which is its line in the audit."""
    first: dict[NotesPage, list[bytes]] = {}
    rest: list[bytes] = []
    for page, update in batch:
        (rest if page.is_in_audit else first.setdefault(page, [])).append(update)
    known = next((page for page, _update in batch if page.is_in_audit), None)
    return [*first.items(), *([(known, rest)] if known is not None else [])]


class NotesRooms:
    """The notes that are open, by meeting."""

    def __init__(self, notes: Notes, now: Callable[[], datetime]) -> None:
        self._notes, self._now = notes, now
        self._rooms: dict[Notebook, NotesRoom] = {}
        self._closing: set[asyncio.Task[None]] = set()  # held, for the loop forgets a task that nobody holds

    async def join(self, notebook: Notebook, page: NotesPage) -> NotesRoom:
        """Open the notes, or come in where they are open. Raises Unavailable."""
        room = self._rooms.get(notebook)
        if room is None or room.is_over:
            # Entered before anything is waited for, so two that come at once are in one room.
            room = self._rooms[notebook] = NotesRoom(self._notes, notebook, self._now)
        room.pages.add(page)
        try:
            await room.ready()
        except SecondStoryError:
            room.pages.discard(page)
            if self._rooms.get(notebook) is room:
                del self._rooms[notebook]
            raise
        return room

    def leave(self, room: NotesRoom, page: NotesPage) -> asyncio.Task[None]:
        """The page is gone; with the last one the notes are closed, by a task that outlives the page's own."""
        room.forget(page)
        closing = asyncio.create_task(self._close(room))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
        return closing

    async def _close(self, room: NotesRoom) -> None:
        await room.settled()
        if not room.pages and self._rooms.get(room.notebook) is room:
            del self._rooms[room.notebook]
            await room.close()
