"""`secondstory meeting capture` and `strike`: keep a line of the board, read back before it is kept."""

from __future__ import annotations

import secrets
from enum import StrEnum

import typer

from secondstory.cli.actions import read_day
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.room import ItemKind
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.room.capture import Capture
from secondstory.usecases.room.capture import capture as keep
from secondstory.usecases.room.capture import strike as take_back
from secondstory.usecases.room.sentence import Preview, Sentence, read_sentence
from secondstory.wiring import coach

_PARTS = ("speaker", "owner", "verifier", "due")


class Does(StrEnum):
    """What is done with the sentence."""

    KEEP = "keep"
    READ = "read"
    AS_SAID = "as-said"


def capture(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    kind: ItemKind = typer.Argument(help="What the sentence is."),
    text: str = typer.Argument(help="The sentence as it was said."),
    parts: list[str] = typer.Argument(
        None, help="speaker=, owner=, verifier= a token and due= a day, where the sentence does not say them."
    ),
    does: Does = typer.Option(
        Does.KEEP, "--do", help="`read`: show how it is read, keep nothing; `as-said`: keep words about a person."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print how it is read as JSON."),
) -> None:
    """Capture what was said: read back, then kept in the ledger and on the board."""
    given = parts_given(parts or [])
    with opened() as world:
        incident_id = named_incident(world, incident)
        sentence = Sentence(kind, text, given.get("speaker", ""))
        preview = read_sentence(LOCAL_OWNER, world, incident_id, sentence, coach().judge)
        print_reading(preview, as_json=as_json)
        if does is Does.READ:
            return
        ident = keep_said(world, incident_id, sentence, given, as_said=does is Does.AS_SAID)
        if not as_json:
            say_line(say("capturing.id", id=ident))


def keep_said(
    world: World, incident_id: str, sentence: Sentence, given: dict[str, str], *, as_said: bool = False
) -> str:
    """Keep a sentence with the parts that were given, by the server that runs or here; the id it is kept under."""
    due = read_day(given["due"]) if given.get("due") else None
    ident = f"cli-{secrets.token_hex(6)}"
    sent = Capture(ident, sentence, given.get("owner"), due, given.get("verifier"), as_said=as_said)
    body = {"id": ident, "kind": sentence.kind.value, "text": sentence.text, "as_said": as_said, **given}
    asked = Change("POST", of(incident_id, "meeting", "captures"), body)
    do(asked, lambda: keep(LOCAL_OWNER, world, incident_id, sent, coach().judge))
    return ident


def parts_given(words: list[str]) -> dict[str, str]:
    """The parts out of `owner=responder-2` and the like. Raises BadInput on anything else."""
    parted = [word.partition("=") for word in words]
    if any(name not in _PARTS or not equals for name, equals, _ in parted):
        raise BadInput(say("capturing.parts"), say("capturing.parts_next"))
    return {name: value for name, _, value in parted}


def strike(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    ident: str = typer.Argument(help="The capture's id, as `meeting room --json` lists it."),
) -> None:
    """Take a capture back: from the ledger, which keeps both, and from the board."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("DELETE", of(incident_id, "meeting", "captures", ident))
        do(asked, lambda: take_back(LOCAL_OWNER, world, incident_id, ident))
    say_line(say("capturing.struck"))


def print_reading(preview: Preview, *, as_json: bool = False) -> None:
    """Read a sentence back: what it would be kept as, and what it leaves open."""
    if as_json:
        print_json(preview)
        return
    reading = preview.reading
    say_line(say("capturing.kept", kind=reading.kind.value, text=reading.text))
    due = f"{reading.due:%a %Y-%m-%d}" + (f", {preview.due_told}" if preview.due_told else "") if reading.due else ""
    told = {"owner": reading.owner, "due": due, "verifier": reading.verifier}
    line = "  ·  ".join(f"{say(f'capturing.reading_{name}')} {value}" for name, value in told.items() if value)
    if line:
        say_line(line)
    for asked in preview.asked:
        offers = f" ({', '.join(asked.offers)})" if asked.offers else ""
        say_line(f"? {asked.question}{offers}")
    if preview.concern is not None:
        say_line(say("capturing.person", reason=preview.concern.reason))
        if preview.concern.neutral:
            say_line(say("capturing.person_next", neutral=preview.concern.neutral))
