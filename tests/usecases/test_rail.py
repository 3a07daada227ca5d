"""The rail of a live meeting: what it hears, what a facilitator does with it, and that nothing of it stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import BadInput, Conflict, NotAllowed
from secondstory.model.hearing import RailAct
from secondstory.model.room import (
    Box,
    Consent,
    ConsentAsked,
    Consented,
    Ended,
    Joined,
    Started,
    StepBegan,
    Told,
)
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Channel
from secondstory.ports import World
from secondstory.sources.reading.meetings import transcript_of
from secondstory.sources.reading.roles import roles_given
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.log import begin, happen
from secondstory.usecases.room.rail_view import RailView, act_on, rail_of, said_rule
from secondstory.wiring import open_world

MEETING = Path(__file__).parents[2] / "examples" / "meetings" / "pool-exhaustion.vtt"
BOXES = (
    Box("open", AgendaStep.OPENING, "Opening", 5),
    Box("time", AgendaStep.TIMELINE, "Timeline of events", 20),
    Box("causes", AgendaStep.CAUSES, "Root-cause analysis", 15),
)


@pytest.fixture
def world(own_demo_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        yield world


@pytest.fixture
def incident(world: World) -> str:
    one = world.incidents.visible_to(LOCAL_OWNER)[0].id
    begin(LOCAL_OWNER, world, one, Started("Post-mortem", BOXES, "We ask how."))
    return one


def member(incident: str, name: str, role: Role) -> Actor:
    return Actor(name, roles=((incident, role),))


def said(*lines: str, start: float = 0.0) -> list[Cue]:
    return [
        Cue(number, start + 5.0 * number, start + 5.0 * number + 4, *line.split(": ", 1))
        for number, line in enumerate(lines, 1)
    ]


def rail(world: World, incident: str) -> RailView:
    return rail_of(LOCAL_OWNER, world, incident)


def test_a_charge_brings_a_card_and_each_used_reply_makes_the_next_one_firmer(world: World, incident: str) -> None:
    steps = []
    for minute in range(4):
        charge = "Emil: Bruno broke it again and he should be held responsible for this outage."
        hear(LOCAL_OWNER, world, incident, said(charge, start=240.0 * minute))
        card = rail(world, incident).card
        assert card is not None
        steps.append(card.replies[card.place].step.value)
        act_on(LOCAL_OWNER, world, incident, RailAct.USED, card.cue)
        assert rail(world, incident).card is None
    assert steps == sorted(steps, key=["nudge", "redirect", "firm", "outside"].index)
    assert steps[-1] in ("firm", "outside") and steps[0] != steps[-1]
