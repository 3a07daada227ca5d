"""`secondstory meeting poll` and `vote`: put a question to the room, and answer it."""

from __future__ import annotations

import secrets

import typer

from secondstory.cli.meeting.acting import Act, act_in
from secondstory.model.errors import BadInput
from secondstory.model.room import PollClosed, PollOpened, Room, Voted
from secondstory.texts import say

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the room as JSON.")


def poll(
    incident: str = _INCIDENT,
    question: str = typer.Argument("", help="What everybody is asked; without it the open question is closed."),
    choices: list[str] = typer.Argument(None, help="2 to 7 answers to choose from; else yes and no."),
    as_json: bool = _JSON,
) -> None:
    """Put a question to the room, or close the one that is open."""
    ident = f"cli-{secrets.token_hex(6)}"
    offered = choices or [say("room.yes"), say("room.no")]

    def act(room: Room) -> Act:
        if not question:
            found = _open(room)
            return "led", {"act": "close_poll", "poll": found}, PollClosed(found)
        if not 2 <= len(offered) <= 7:
            raise BadInput(say("room.choices", count=len(offered)), say("room.choices_next"))
        body: dict[str, object] = {"act": "poll", "id": ident, "question": question, "choices": offered}
        return "led", body, PollOpened(ident, question, tuple(offered))

    act_in(incident, act, as_json=as_json)


def vote(
    incident: str = _INCIDENT,
    choice: int = typer.Argument(help="Which answer, counted from 1.", min=1, max=7),
    as_json: bool = _JSON,
) -> None:
    """Answer the open question; the last answer counts."""

    def act(room: Room) -> Act:
        found = _open(room)
        return "said", {"act": "vote", "poll": found, "choice": choice - 1}, Voted(found, choice - 1)

    act_in(incident, act, as_json=as_json)


def _open(room: Room) -> str:
    found = next((one.id for one in room.polls if one.is_open), "")
    if not found:
        raise BadInput(say("room.none_open"), say("room.none_open_next"))
    return found
