"""What a meeting on the demo has to speak of, for the requests that hold the API to its description."""

from __future__ import annotations

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.meeting_plan import PointKind
from secondstory.model.room import Consent, ConsentAsked, ItemKind, PollOpened
from secondstory.ports import World
from secondstory.usecases.cards import cards_of, put_card
from secondstory.usecases.meeting_plan.answering import raise_point
from secondstory.usecases.meeting_plan.reading import plan_of_meeting
from secondstory.usecases.room.capture import Capture, capture
from secondstory.usecases.room.lead import Asked, start_meeting
from secondstory.usecases.room.log import happen
from secondstory.usecases.room.sentence import Sentence

CARDS = 12
FEW = 3
POLL = "poll-1"


def names_of_meeting(world: World, incident: str) -> dict[str, list[str]]:
    """A meeting that is on, with lines on its board and a poll; cards to remove and points to answer."""
    guest = Actor("responder-2", roles=((incident, Role.RESPONDER),))
    for number in range(FEW):
        raise_point(guest, world, incident, PointKind.ADDITION, ("", f"The pool was full {number} times."))
    for number in range(CARDS):
        put_card(guest, world, incident, f"The runbook left out step {number}.")
    plan = plan_of_meeting(LOCAL_OWNER, world, incident)
    start_meeting(LOCAL_OWNER, world, incident, Asked())
    happen(LOCAL_OWNER, world, incident, PollOpened(POLL, "Was this new to you?", ("yes", "no")))
    for what in Consent:
        happen(LOCAL_OWNER, world, incident, ConsentAsked(what))
    lines = [f"line-{number}" for number in range(CARDS)]
    for line in lines:
        sentence = Sentence(ItemKind.DECISION, f"We keep the step of {line} in the runbook.")
        capture(LOCAL_OWNER, world, incident, Capture(line, sentence), world.judge)
    return {
        "path.capture": lines,
        "path.card": [one.id for one in cards_of(LOCAL_OWNER, world, incident)],
        "path.box": [one.key for one in plan.boxes],
        "path.point": [one.id for one in plan.points],
        "body.box": [one.key for one in plan.boxes],
        "body.poll": [POLL],
        "body.item": lines,
    }
