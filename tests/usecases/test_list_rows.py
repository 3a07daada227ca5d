"""A row of the list is made once for what is stored, and anew as soon as anything of it changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conduct import Step
from secondstory.model.incident import Severity
from secondstory.model.incident_record import Field
from secondstory.ports import World
from secondstory.usecases.conduct import tick_step
from secondstory.usecases.incident_record import change
from secondstory.usecases.overview import list_items
from secondstory.usecases.policy import keep_policy, read_policy, with_rule


def title(world: World, incident: str) -> None:
    change(LOCAL_OWNER, world, incident, Field.TITLE, ("Another title", ""))


def meeting(world: World, incident: str) -> None:
    tick_step(LOCAL_OWNER, world, incident, Step.MEETING, (datetime(2026, 11, 21, 12, tzinfo=UTC), ""))


def window(world: World, incident: str) -> None:
    held = world.incidents.get(incident)
    assert held is not None
    world.incidents.save(replace(held, restricted=True))


def document(world: World, incident: str) -> None:
    report = world.documents.latest(incident, "timeline")
    assert report is not None
    world.documents.save(incident, (replace(report, hash="0" * 64),))


def segment(world: World, incident: str) -> None:
    held = world.incidents.get(incident)
    assert held is not None
    first = world.catalogue.segments(held.recordings)[0]
    world.catalogue.commit(held.recordings[0], replace(first, id="another-segment"), first.id)


def policy(world: World, _incident: str) -> None:
    held = read_policy(world)
    keep_policy(LOCAL_OWNER, world, with_rule(held, replace(held.of(Severity.SEV1), meeting_days=9)))


@pytest.mark.parametrize("alter", [title, meeting, window, document, segment, policy], ids=lambda one: one.__name__)
def test_every_change_is_seen(own_world: World, alter: Callable[[World, str], None]) -> None:
    (before,) = list_items(LOCAL_OWNER, own_world)
    assert list_items(LOCAL_OWNER, own_world)[0] is before, "nothing is made anew while nothing changes"
    alter(own_world, before.id)
    (after,) = list_items(LOCAL_OWNER, own_world)
    assert after != before


def test_a_row_is_told_as_ones_own_to_whom_it_is(own_world: World) -> None:
    (mine,) = list_items(LOCAL_OWNER, own_world)
    member = Actor("responder-2", roles=((mine.id, Role.RESPONDER),))
    assert not mine.mine and list_items(member, own_world) == (replace(mine, mine=True),)
    assert list_items(Actor("guest"), own_world) == ()
