"""`secondstory meeting transcript`: what was said, where all who were there agreed to keep it."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.texts import say
from secondstory.usecases.room.transcripts import transcripts_of


def transcript(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    as_json: bool = typer.Option(False, "--json", help="Print them as JSON."),
) -> None:
    """Print the transcripts that were kept, meeting by meeting."""
    with opened() as world:
        kept = transcripts_of(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(kept)
        return
    for one in kept:
        say_line(say("rail.transcript", number=one.number, people=", ".join(one.agreed_by)))
        for cue in one.cues:
            say_line(f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text)
    if not kept:
        say_line(say("rail.no_transcript"))
