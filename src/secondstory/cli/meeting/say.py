"""`secondstory meeting say`, `hand` and `consent`: what everybody in the room may do."""

from __future__ import annotations

import secrets
from enum import StrEnum

import typer

from secondstory.cli.meeting.acting import Act, act_in
from secondstory.model.room import Consent, ConsentAsked, Consented, HandLowered, HandRaised, Room, Told
from secondstory.usecases.room.view import OWNER

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the room as JSON.")


class Answer(StrEnum):
    """What is done about a consent."""

    ASK = "ask"
    YES = "yes"
    NO = "no"


def say(
    incident: str = _INCIDENT,
    text: str = typer.Argument(help="What you write into the room."),
    about: str = typer.Option("", "--on", help="Subject key of the event that it is on."),
    as_json: bool = _JSON,
) -> None:
    """Write into the room."""
    ident = f"cli-{secrets.token_hex(6)}"
    body: dict[str, object] = {"act": "tell", "id": ident, "text": text, "about": about}
    act_in(incident, lambda _room: ("said", body, Told(ident, text, about)), as_json=as_json)


def hand(
    incident: str = _INCIDENT,
    about: str = typer.Option("", "--about", help="What you ask for the word on."),
    down: bool = typer.Option(False, "--down", help="Ask for it no more."),
    whose: str = typer.Option("", "--give", help="Give this person the word: their hand goes down."),
    as_json: bool = _JSON,
) -> None:
    """Ask for the word; or give it to somebody who does."""

    def act(_room: Room) -> Act:
        if whose:
            return "led", {"act": "lower", "whose": whose}, HandLowered(whose)
        if down:
            return "said", {"act": "hand", "up": False}, HandLowered(OWNER)
        return "said", {"act": "hand", "up": True, "about": about}, HandRaised(about)

    act_in(incident, act, as_json=as_json)


def consent(
    incident: str = _INCIDENT,
    what: Consent = typer.Argument(help="What it is about."),
    answer: Answer = typer.Argument(help="`ask` everybody, or answer for yourself."),
    as_json: bool = _JSON,
) -> None:
    """Ask everybody to agree to captions, microphones or a kept transcript; or answer."""

    def act(_room: Room) -> Act:
        if answer is Answer.ASK:
            return "led", {"act": "ask_consent", "what": what.value}, ConsentAsked(what)
        yes = answer is Answer.YES
        return "said", {"act": "consent", "what": what.value, "yes": yes}, Consented(what, yes)

    act_in(incident, act, as_json=as_json)
