"""A browser that was let in to the app over a copy of the demo, without a network."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.ports import World
from secondstory.usecases.jobs import handlers
from secondstory.web.app import build_app
from secondstory.web.door import CSRF_HEADER, Door
from secondstory.wiring import open_world

PORT = 8123
BASE = f"http://127.0.0.1:{PORT}"


@dataclass
class Browser:
    """A client of one app, with the world behind it and its job queue in hand."""

    client: TestClient
    app: FastAPI
    door: Door
    world: World

    def get(self, path: str, **params: object) -> dict[str, object]:
        """A GET that must succeed, as JSON."""
        answer = self.client.get(f"/api/v1{path}", params=params)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    def work(self) -> None:
        """Run the queue until it is empty, as the server's thread does."""
        self.world.worker.run_until_idle(handlers(self.door.actor, self.world))


def visit(world: World, actor: Actor = LOCAL_OWNER, upload_limit_mb: int = 8) -> Browser:
    """A browser that `actor`'s door let in."""
    door = Door(actor, PORT)
    app = build_app(world, door, upload_limit_mb, lambda: None)
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    assert client.get(door.invitation(), follow_redirects=False).status_code == 303
    client.headers[CSRF_HEADER] = door.csrf
    return Browser(client, app, door, world)


@pytest.fixture(scope="session")
def demo_world(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The demo, for tests that only read."""
    copy = Path(shutil.copytree(demo_dir, tmp_path_factory.mktemp("web") / "data"))
    with open_world(Settings(data_dir=copy)) as world:
        yield world


@pytest.fixture
def browser(letting_in: Callable[[Actor], Browser]) -> Browser:
    """Reads the demo."""
    return letting_in(LOCAL_OWNER)


@pytest.fixture
def own_browser(own_demo_dir: Path) -> Iterator[Browser]:
    """Changes a demo of the test's own."""
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        yield visit(world)


@pytest.fixture(scope="session")
def letting_in(demo_world: World) -> Callable[[Actor], Browser]:
    """Lets an actor in to the demo, each time with a client of its own; an app takes a third of a second to build."""
    known: dict[Actor, Browser] = {}

    def let_in(actor: Actor) -> Browser:
        if actor not in known:
            known[actor] = visit(demo_world, actor)
        first = known[actor]
        client = TestClient(first.app, base_url=BASE, raise_server_exceptions=False, cookies=first.client.cookies)
        client.headers[CSRF_HEADER] = first.door.csrf
        return replace(first, client=client)

    return let_in


@pytest.fixture(scope="session")
def incident(demo_world: World) -> str:
    """The demo's incident."""
    return demo_world.incidents.visible_to(LOCAL_OWNER)[0].id
