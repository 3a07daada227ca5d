"""`secondstory meeting own-notes`: what whoever leads writes down for themselves, gone when the meeting ends."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.room.own_notes import own_notes as read_own_notes
from secondstory.usecases.room.own_notes import write_own_notes


def own_notes(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    text: str = typer.Argument("", help="A line to add; `-` reads it from standard input, past the shell's history."),
    drop: bool = typer.Option(False, "--drop", help="Take away what was written so far."),
    to: Path = typer.Option(None, "--to", help="A file to copy them out to, before the meeting ends."),
    as_json: bool = typer.Option(False, "--json", help="Print them with their version as JSON."),
) -> None:
    """Your own notes of the meeting that is on: print them, add a line, drop them, or copy them out to keep them."""
    added = sys.stdin.read() if text == "-" else text
    with opened() as world:
        incident_id = named_incident(world, incident)
        if added.strip() or drop:
            _write(world, incident_id, added.strip(), drop=drop)
        found = read_own_notes(LOCAL_OWNER, world, incident_id)
    if to is not None:
        to.touch(mode=0o600)
        to.write_text(found.text, encoding="utf-8")
        say_line(say("own_notes.copied", path=to))
    if as_json:
        print_json(found)
    elif added.strip() or drop:
        say_line(say("own_notes.kept"))
    elif to is None:
        say_line(found.text or say("own_notes.none" if found.is_live else "own_notes.over"))


def _write(world: World, incident_id: str, added: str, *, drop: bool) -> None:
    before = read_own_notes(LOCAL_OWNER, world, incident_id)
    lines = [added] if drop else [before.text, added]
    whole = "\n".join(line for line in lines if line)
    asked = Change("PUT", of(incident_id, "meeting", "rail", "notes"), {"text": whole, "version": before.version})
    do(asked, lambda: write_own_notes(LOCAL_OWNER, world, incident_id, (whole, before.version)))
