"""`secondstory meeting step`, `pause`, `show` and `rule`: where the room is, and what it looks at."""

from __future__ import annotations

import typer

from secondstory.cli.meeting.acting import Act, act_in
from secondstory.model.errors import BadInput
from secondstory.model.room import BoxStretched, BreakBegan, BreakEnded, Room, RuleShown, Shown, StepBegan
from secondstory.texts import say

NEXT = "next"
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the room as JSON.")


def step(
    incident: str = _INCIDENT,
    part: str = typer.Argument(NEXT, help="Key of a part of the agenda, as `meeting room` lists it, or `next`."),
    minutes: int = typer.Option(None, "--minutes", min=0, max=480, help="Give the part so many minutes in all."),
    as_json: bool = _JSON,
) -> None:
    """Go to a part of the agenda, or with --minutes give it other minutes and stay."""

    def act(room: Room) -> Act:
        if minutes is not None:
            box = room.clock.current if part == NEXT else part
            return "led", {"act": "stretch", "box": box, "minutes": minutes}, BoxStretched(box, minutes)
        box = next_box(room) if part == NEXT else part
        return "led", {"act": "step", "box": box}, StepBegan(box)

    act_in(incident, act, as_json=as_json)


def pause(
    incident: str = _INCIDENT,
    minutes: int = typer.Argument(help="So many minutes; 0 = go on now.", min=0, max=480),
    as_json: bool = _JSON,
) -> None:
    """Take a break, in which no part's time runs, or go on after it."""

    def act(_room: Room) -> Act:
        if minutes:
            return "led", {"act": "break", "minutes": minutes}, BreakBegan(minutes)
        return "led", {"act": "resume"}, BreakEnded()

    act_in(incident, act, as_json=as_json)


def show(
    incident: str = _INCIDENT,
    subject: str = typer.Argument("", help="Subject key of an event of the timeline; without it nothing is shown."),
    as_json: bool = _JSON,
) -> None:
    """Put an event of the timeline under discussion, for everybody in the room."""
    act_in(incident, lambda _room: ("led", {"act": "show", "subject": subject}, Shown(subject)), as_json=as_json)


def rule(
    incident: str = _INCIDENT,
    words: str = typer.Argument(help="The ground rule as the room sees it from now on."),
    as_json: bool = _JSON,
) -> None:
    """Word the ground rule anew."""
    act_in(incident, lambda _room: ("led", {"act": "rule", "text": words}, RuleShown(words)), as_json=as_json)


def next_box(room: Room) -> str:
    """The key of the part after the one at hand. Raises BadInput at the last one."""
    keys = [one.box.key for one in room.clock.boxes]
    place = keys.index(room.clock.current) + 1 if room.clock.current in keys else 0
    if place >= len(keys):
        raise BadInput(say("room.last_box"), say("room.last_box_next"))
    return keys[place]
