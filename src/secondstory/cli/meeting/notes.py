"""`secondstory meeting notes`: what was written together in the meeting."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.texts import say
from secondstory.usecases.room.notes import notes_text


def notes(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    meeting: int = typer.Option(0, "--meeting", min=0, max=10_000, help="Number of the meeting; 0 = the last one."),
    as_json: bool = typer.Option(False, "--json", help="Print them with the meeting's number as JSON."),
) -> None:
    """Print the shared notes of a meeting as Markdown, as far as they are saved, with people as tokens."""
    with opened() as world:
        found = notes_text(LOCAL_OWNER, world, named_incident(world, incident), meeting)
    if as_json:
        print_json(found)
        return
    say_line(found.text or say("notes.empty", number=found.meeting))
