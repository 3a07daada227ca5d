"""`secondstory meeting capture` and `strike`: keep a line of the board, read back before it is kept."""

from __future__ import annotations

import secrets

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.room import ItemKind
from secondstory.texts import say
from secondstory.usecases.room.capture import Capture
from secondstory.usecases.room.capture import capture as keep
from secondstory.usecases.room.capture import strike as take_back
from secondstory.usecases.room.sentence import Preview, Sentence, read_sentence
from secondstory.wiring import coach


def capture(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    kind: ItemKind = typer.Argument(help="What the sentence is."),
    text: str = typer.Argument(help="The sentence as it was said."),
    speaker: str = typer.Option("", "--speaker", help="Whose words they are, by token; `I` is this person."),
    owner: str = typer.Option("", "--owner", help="Who is asked to take it on, where the sentence does not say."),
    verifier: str = typer.Option("", "--verifier", help="Who looks whether it works."),
    as_said: bool = typer.Option(False, "--as-said", help="Keep words that speak of a person."),
    dry: bool = typer.Option(False, "--read-only", help="Show how it is read and keep nothing."),
    as_json: bool = typer.Option(False, "--json", help="Print how it is read as JSON."),
) -> None:
    """Capture what was said: read back, then kept in the ledger and on the board."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        sentence = Sentence(kind, text, speaker)
        preview = read_sentence(LOCAL_OWNER, world, incident_id, sentence, coach().judge)
        _print(preview, as_json)
        if dry:
            return
        ident = f"cli-{secrets.token_hex(6)}"
        sent = Capture(ident, sentence, owner or None, None, verifier or None, as_said=as_said)
        body = {
            "id": ident,
            "kind": kind.value,
            "text": text,
            "speaker": speaker,
            "owner": owner or None,
            "verifier": verifier or None,
            "as_said": as_said,
        }
        do(
            Change("POST", of(incident_id, "meeting", "captures"), body),
            lambda: keep(LOCAL_OWNER, world, incident_id, sent, coach().judge),
        )
        if not as_json:
            say_line(say("capturing.id", id=ident))


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
