"""A quiet meeting gives signs of life on each of its sockets, so that a page can tell it from a dead connection."""

import asyncio
import json
from collections.abc import Callable

import pytest

from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.room.rail_view import rail_of
from secondstory.web.live.beat import within_a_beat
from secondstory.web.live.notes import NotesRooms
from secondstory.web.live.rail import RailHub
from secondstory.web.live.room import Rooms

from .conftest import BASE, Browser, visit

SOON_S = 0.02


@pytest.fixture(scope="module")
def quick(demo_world: object, letting_in: Callable[..., Browser]) -> Browser:
    """A server of the demo that says so fifty times a second."""
    browser = visit(letting_in(LOCAL_OWNER).world)
    state, world = browser.app.state, browser.world
    state.rooms = Rooms(world, browser.door.actors, SOON_S)
    state.rails = RailHub(lambda one: rail_of(LOCAL_OWNER, world, one), beat_s=SOON_S)
    state.notes = NotesRooms(world.notes, world.clock.now, SOON_S)
    return browser


@pytest.mark.parametrize("part", ["room", "rail", "notes"])
def test_where_nothing_happens_a_page_is_told_so_again_and_again(quick: Browser, incident: str, part: str) -> None:
    address = f"{BASE.replace('http', 'ws')}/api/v1/incidents/{incident}/meeting/{part}"
    beats = 0
    with quick.client, quick.client.websocket_connect(address) as socket:
        while beats < 3:
            message = socket.receive()
            assert message["type"] == "websocket.send", message
            beats += json.loads(message.get("text") or "{}").get("type") == "beat"


def test_what_comes_in_time_is_taken_and_what_comes_late_is_not_lost() -> None:
    async def take() -> list[str | None]:
        waiting: asyncio.Queue[str] = asyncio.Queue()
        waiting.put_nowait("first")
        taken = [await within_a_beat(waiting.get(), SOON_S), await within_a_beat(waiting.get(), SOON_S)]
        waiting.put_nowait("late")
        return [*taken, await within_a_beat(waiting.get(), SOON_S)]

    assert asyncio.run(take()) == ["first", None, "late"]
