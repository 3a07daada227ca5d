"""The demo's world, to look at or to change, and the one incident in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.incident import Incident
from secondstory.ports import World
from secondstory.wiring import open_world


@pytest.fixture
def world(demo_dir: Path) -> Iterator[World]:
    """Shared with other tests: to look at, not to change."""
    with open_world(Settings(data_dir=demo_dir)) as opened:
        yield opened


@pytest.fixture
def own_world(own_demo_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=own_demo_dir)) as opened:
        yield opened


def only_incident(world: World) -> Incident:
    (incident,) = world.incidents.visible_to(LOCAL_OWNER)
    return incident
