"""What a meeting on the demo has to speak of, for the requests that hold the API to its description."""

from __future__ import annotations

from datetime import timedelta

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.meeting_plan import PointKind
from secondstory.model.people import Member
from secondstory.model.room import Consent, ConsentAsked, ItemKind, PollOpened
from secondstory.ports import World
from secondstory.usecases.cards import cards_of, put_card
from secondstory.usecases.meeting_plan.answering import raise_point
from secondstory.usecases.meeting_plan.changing import call_off, set_time
from secondstory.usecases.meeting_plan.prebriefing import prebriefs_of
from secondstory.usecases.meeting_plan.reading import plan_of_meeting
from secondstory.usecases.room.capture import Capture, capture
from secondstory.usecases.room.lead import Asked, start_meeting
from secondstory.usecases.room.log import happen, room_now
from secondstory.usecases.room.sentence import Sentence

CARDS = 12
FEW = 3
POLL = "poll-1"
EXECUTIVE = "executive-9"


def names_of_meeting(world: World, incident: str) -> dict[str, list[str]]:
    """Cards to remove, points to answer, people to speak with before, and an executive who can be written to."""
    guest = Actor("responder-2", roles=((incident, Role.RESPONDER),))
    for number in range(FEW):
        raise_point(guest, world, incident, PointKind.ADDITION, ("", f"The pool was full {number} times."))
    for number in range(CARDS):
        put_card(guest, world, incident, f"The runbook left out step {number}.")
    plan = plan_of_meeting(LOCAL_OWNER, world, incident)
    world.members.save(Member(incident, EXECUTIVE, Role.EXECUTIVE, world.clock.now()))
    world.addresses.save(EXECUTIVE, "board@example.org")
    return {
        "path.card": [one.id for one in cards_of(LOCAL_OWNER, world, incident)],
        "path.box": [one.key for one in plan.boxes],
        "path.point": [one.id for one in plan.points],
        "body.box": [one.key for one in plan.boxes],
        "body.who": [one.token for one in prebriefs_of(LOCAL_OWNER, world, incident).people],
        "body.poll": [POLL],
    }


def names_of_room(world: World, incident: str) -> dict[str, list[str]]:
    """A meeting to which people can be invited, and one that is on, with lines on its board, a poll and questions.

    What was asked before may have ended it, struck its lines or called it off, so it is put in order for each pass.
    """
    call_off(LOCAL_OWNER, world, incident, "", is_off=False)
    set_time(LOCAL_OWNER, world, incident, world.clock.now() + timedelta(days=1))
    room = room_now(world, incident)
    if room is None or not room.is_live:
        start_meeting(LOCAL_OWNER, world, incident, Asked())
        happen(LOCAL_OWNER, world, incident, PollOpened(POLL, "Was this new to you?", ("yes", "no")))
        for what in Consent:
            happen(LOCAL_OWNER, world, incident, ConsentAsked(what))
    lines = [world.ids.new("line") for _ in range(CARDS)]
    for line in lines:
        sentence = Sentence(ItemKind.DECISION, "We keep that step in the runbook.")
        capture(LOCAL_OWNER, world, incident, Capture(line, sentence), world.judge)
    return {"path.capture": lines, "body.item": lines}
