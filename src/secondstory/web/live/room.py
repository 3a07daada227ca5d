"""The rooms that are watched: looks what happened, tells it to every page, and sees who came and who may not stay.

What this process writes wakes it at once; what another one writes, such as the command line, it finds by looking four
times a second. Nothing runs while no room is watched.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from secondstory.access import Verb, may
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import SecondStoryError
from secondstory.model.room import Happened, Left, Room
from secondstory.ports import RoomLog, World
from secondstory.usecases.room.lead import come_in
from secondstory.usecases.room.log import happen, room_now
from secondstory.usecases.room.view import NO_ROOM
from secondstory.web.live.stage import Guest, News, Stage, news_of

LOOK_EVERY_S = 0.25
ASK_EVERY_S = 1.0
_GATHER_S, _GATHER_MORE_S = 0.03, 0.0003  # what happens within it, and so much for each page, travels in one message
MOST_GUESTS = 500
_LOG = logging.getLogger(__name__)


class Rooms:
    """The rooms with a page open, by incident. All but `wake` belongs to the server's event loop."""

    def __init__(self, world: World, actors: Callable[[Collection[str], World], dict[str, Actor]]) -> None:
        self._world, self._actors = world, actors
        self._stages: dict[str, Stage] = {}
        self._due: set[str] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watches: tuple[asyncio.Task[None], ...] = ()

    def wake(self, incident_id: str) -> None:
        """Something happened in this room; from any thread."""
        loop = self._loop
        if loop is not None and incident_id in self._stages:
            with suppress(RuntimeError):  # the loop has ended with its server
                loop.call_soon_threadsafe(self._is_due, incident_id)

    def now(self) -> datetime:
        """The server's time, which pages reckon their clocks by."""
        return self._world.clock.now()

    def is_full(self, incident_id: str) -> bool:
        """True where no more pages are taken."""
        return incident_id in self._stages and len(self._stages[incident_id].guests) >= MOST_GUESTS

    async def join(self, incident_id: str, guest: Guest) -> Stage:
        """Begin to watch a room, which is known by then."""
        stage = self._stages.setdefault(incident_id, Stage())
        stage.guests.add(guest)
        stage.count(self.now())
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._woken = loop, asyncio.Event()  # an event belongs to the loop that waits for it
        if not self._watches or any(one.done() for one in self._watches):
            for one in self._watches:
                one.cancel()
            self._watches = (loop.create_task(self._look_on()), loop.create_task(self._ask_on()))
        if stage.room is None:
            await self._look(incident_id)
        self._is_due(incident_id)
        return stage

    def leave(self, incident_id: str, guest: Guest) -> None:
        """Watch no more."""
        stage = self._stages[incident_id]
        stage.guests.discard(guest)
        stage.count(self.now())
        if stage.guests:
            self._is_due(incident_id)
        else:
            del self._stages[incident_id]

    def _is_due(self, incident_id: str) -> None:
        self._due.add(incident_id)
        self._woken.set()

    async def _look_on(self) -> None:
        while self._stages:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY_S)
            self._woken.clear()
            due, self._due = self._due or set(self._stages), set()
            for incident_id in due:
                try:
                    await self._look(incident_id)
                except SecondStoryError as error:  # the records do not answer now; the next look asks again
                    _LOG.warning("the room of %s could not be read: %s", incident_id, type(error).__name__)
            pages = max((len(stage.guests) for stage in self._stages.values()), default=0)
            await asyncio.sleep(_GATHER_S + _GATHER_MORE_S * pages)

    async def _look(self, incident_id: str) -> None:
        stage = self._stages.get(incident_id)
        if stage is None:
            return
        present = {one.id: one.actor for one in stage.guests if one.actor is not None}
        news = await run_in_threadpool(_news, self._world, incident_id, stage.room, present.values())
        is_told_more = stage.take(news)
        if is_told_more or any(one.here != stage.here_version for one in stage.guests):
            stage.wake()

    async def _ask_on(self) -> None:
        """What everybody is in the incident may have changed, and people may have been taken out."""
        while self._stages:
            await asyncio.sleep(ASK_EVERY_S)
            guests = tuple(guest for stage in self._stages.values() for guest in stage.guests)
            with suppress(SecondStoryError):  # the records do not answer now; it is asked again in a second
                known = await run_in_threadpool(self._asked, {one.secret for one in guests}, tuple(self._stages))
                _know(guests, *known)
            for incident_id, stage in tuple(self._stages.items()):
                stage.count(self.now())
                await run_in_threadpool(_note_left, self._world, incident_id, stage.left(self.now()))

    def _asked(self, secrets: set[str], incidents: tuple[str, ...]) -> tuple[dict[str, Actor], set[str]]:
        """Who the browsers are now, and which of the incidents are still there."""
        there = {one for one in incidents if self._world.incidents.get(one) is not None}
        return self._actors(secrets, self._world), there


def _know(guests: Iterable[Guest], actors: Mapping[str, Actor], there: Collection[str]) -> None:
    for guest in guests:
        actor = actors.get(guest.secret) if guest.incident_id in there else None
        if actor is not None and not may(actor, Verb.READ, guest.incident_id):
            actor = None
        if guest.actor != actor:
            guest.actor = actor
            guest.woken.set()


def _news(world: World, incident_id: str, before: Room | None, present: Iterable[Actor]) -> News:
    """The room as it is now, after those who are present but not noted in it were noted."""
    room = room_now(world, incident_id) or NO_ROOM
    noted = {(one.actor, one.role) for one in room.present}
    fresh = [one for one in present if (one.id, one.role_in(incident_id)) not in noted] if room.is_live else []
    for actor in fresh:
        with suppress(SecondStoryError):  # was taken out, or the meeting is over by now
            come_in(actor, world, incident_id)
    return news_of(room_now(world, incident_id) or NO_ROOM if fresh else room, before)


def _note_left(world: World, incident_id: str, gone: Iterable[str]) -> None:
    """Nobody waits any longer for those who left; the server says so, for they cannot."""
    for whose in gone:
        with suppress(SecondStoryError):  # the meeting is over by now
            happen(LOCAL_OWNER, world, incident_id, Left(whose))


class ToldRoomLog:
    """`ports.RoomLog` that calls `wake` when an event is on disk."""

    def __init__(self, log: RoomLog, wake: Callable[[str], None]) -> None:
        self._log, self._wake = log, wake

    def append(self, incident_id: str, number: int, happened: Happened) -> bool:
        """Durably add one event. False: its place is taken, by another process; read on and try again."""
        is_added = self._log.append(incident_id, number, happened)
        self._wake(incident_id)
        return is_added

    def since(self, incident_id: str, number: int, seq: int) -> tuple[Happened, ...]:
        """All after event number `seq`, in order."""
        return self._log.since(incident_id, number, seq)

    def reduce(self, incident_id: str, number: int, stays: tuple[Happened, ...]) -> None:
        """Keep these in place of all that happened, in one step: all of it is as before, or as it is to be."""
        self._log.reduce(incident_id, number, stays)
        self._wake(incident_id)
