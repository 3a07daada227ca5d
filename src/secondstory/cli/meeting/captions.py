"""`secondstory meeting captions`: lets the meeting hear a file of captions, also while it is written."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, made, of
from secondstory.cli.session import ERR, as_told, explained, opened, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.transcript import Cue
from secondstory.ports import Reject, World
from secondstory.sources.reading.following import lines_while_growing
from secondstory.sources.reading.meetings import cues_as_said, transcript_of
from secondstory.sources.reading.roles import ENDING, roles_given, roles_in
from secondstory.texts import say
from secondstory.usecases.room.hear import CuesTaken, hear

_STANDARD_INPUT = "-"
_LOOK_EVERY_S = 0.5
_AT_ONCE = 500


def captions(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    file: str = typer.Argument(help="WebVTT, SRT or text with `Speaker: words`; `-` reads standard input."),
    follow: bool = typer.Option(False, "--follow", help="Follow the file while it grows, until Ctrl-C or its end."),
    role: list[str] = typer.Option([], "--role", help="Who is what, such as `Ana Lind=executive`; once for each."),
) -> None:
    """Let the live meeting hear captions. They are forgotten at its end, unless all who were there agreed to keep them.

    Refused while somebody in the room has not agreed to captions.
    """
    pairs = tuple(role)
    roles_given(pairs)
    heard = repeated = 0
    with explained(say("coaching.stopped")), opened() as world:
        incident_id = named_incident(world, incident)
        roles = (*roles_beside(file), *pairs)
        for cues in _chunks(file, follow=follow or file == _STANDARD_INPUT):
            taken = let_hear(world, incident_id, cues, roles)
            heard, repeated, roles = heard + taken.heard, repeated + taken.repeated, ()
    say_line(say("rail.heard", heard=heard, repeated=repeated))


def let_hear(world: World, incident_id: str, cues: tuple[Cue, ...], roles: tuple[str, ...]) -> CuesTaken:
    """Let the meeting hear cues, by the server that runs or here. Raises what the room refuses."""

    def here() -> CuesTaken:
        return hear(LOCAL_OWNER, world, incident_id, cues, roles_given(roles))

    return made(_asked(incident_id, cues, roles), here, CuesTaken)


def _asked(incident_id: str, cues: tuple[Cue, ...], roles: tuple[str, ...]) -> Change:
    """The same as the route takes it."""
    given = [
        {"text": cue.text, "speaker": cue.speaker or "", "start_s": cue.start_s, "end_s": cue.end_s} for cue in cues
    ]
    return Change("POST", of(incident_id, "meeting", "captions"), {"cues": given, "roles": roles})


def _chunks(file: str, *, follow: bool) -> Iterator[tuple[Cue, ...]]:
    if follow:
        yield from ((cue,) for cue in _as_said(file))
    else:
        path = Path(file)
        if not path.is_file():
            raise BadInput(say("coaching.no_file", path=file), say("coaching.no_file_next"))
        cues = iter(transcript_of(path.name, path.read_bytes()).cues)
        while chunk := tuple(islice(cues, _AT_ONCE)):
            yield chunk


def _as_said(file: str) -> Iterator[Cue]:
    lines = (
        (line.rstrip("\r\n") for line in sys.stdin)
        if file == _STANDARD_INPUT
        else lines_while_growing(Path(file), _wait)
    )
    for one in cues_as_said(file, lines):
        if isinstance(one, Reject):
            ERR.print(as_told(say("coaching.rejected", count=one.count, reason=one.reason)))
        else:
            yield one


def _wait() -> bool:
    """Look again in a moment; Ctrl-C ends the waiting."""
    try:
        time.sleep(_LOOK_EVERY_S)
    except KeyboardInterrupt:
        return False
    return True


def roles_beside(file: str) -> tuple[str, ...]:
    """Pairs out of call.roles.toml beside call.vtt."""
    beside = Path(file).with_suffix(ENDING) if file != _STANDARD_INPUT else None
    found = roles_in(beside.name, beside.read_bytes()) if beside is not None and beside.is_file() else ()
    return tuple(f"{one.name}={one.role.value}" for one in found)
