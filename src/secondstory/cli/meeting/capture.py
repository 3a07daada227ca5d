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
    given = _parts(parts or [])
    with opened() as world:
        incident_id = named_incident(world, incident)
        sentence = Sentence(kind, text, given.get("speaker", ""))
        preview = read_sentence(LOCAL_OWNER, world, incident_id, sentence, coach().judge)
        _print(preview, as_json)
        if does is Does.READ:
            return
        due = read_day(given["due"]) if given.get("due") else None
        sent = Capture(
            f"cli-{secrets.token_hex(6)}",
            sentence,
            given.get("owner"),
            due,
            given.get("verifier"),
            as_said=does is Does.AS_SAID,
        )
        body = {"id": sent.id, "kind": kind.value, "text": text, "as_said": sent.as_said, **given}
        asked = Change("POST", of(incident_id, "meeting", "captures"), body)
        do(asked, lambda: keep(LOCAL_OWNER, world, incident_id, sent, coach().judge))
        if not as_json:
            say_line(say("capturing.id", id=sent.id))


def _parts(words: list[str]) -> dict[str, str]:
    """`owner=responder-2` and the like. Raises BadInput on anything else."""
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


def _print(preview: Preview, as_json: bool) -> None:
    if as_json:
        print_json(preview)
        return
    reading = preview.reading
    say_line(say("capturing.kept", kind=reading.kind.value, text=reading.text))
    told = {"owner": reading.owner, "due": reading.due, "verifier": reading.verifier}
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
