"""`secondstory meeting voice`: whether microphones are read along in the live meeting, and what stands in the way."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.room.voice import voice_now


def voice(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    as_json: bool = typer.Option(False, "--json", help="Print it as JSON."),
) -> None:
    """Say whether microphones are captioned in the meeting now, and what would begin it."""
    with opened() as world:
        now = voice_now(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(now)
        return
    say_line(f"{now.told} {now.next_step}")
