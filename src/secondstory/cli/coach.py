"""`secondstory coach`: what a transcript asks of the facilitator, and what was agreed; also while it is written."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from secondstory.cli.hearing import print_finding, print_heard
from secondstory.cli.naming import named_incident
from secondstory.cli.session import ERR, as_told, explained, opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.ports import Reject
from secondstory.sources.reading.following import lines_while_growing
from secondstory.sources.reading.meetings import cues_as_said, transcript_of
from secondstory.sources.reading.roles import ENDING, roles_given, roles_in
from secondstory.texts import say
from secondstory.usecases.coach import About, coach_as_said, coach_transcript
from secondstory.wiring import coach as the_coach

_STANDARD_INPUT = "-"
_LOOK_EVERY_S = 0.5


def coach(
    file: str = typer.Argument(help="WebVTT, SRT or text with `Speaker: words`; `-` reads standard input."),
    role: list[str] = typer.Option([], "--role", help="Who is what, such as `Ana Lind=executive`; once for each."),
    incident: str = typer.Option("", "--incident", help="An incident's id, or `demo`: its facts fill the replies."),
    live: bool = typer.Option(False, "--live", help="Follow the file while it grows, until Ctrl-C or its end."),
    as_json: bool = typer.Option(False, "--json", help="Print all that was read as JSON."),
) -> None:
    """Read a meeting's transcript: hard moments with replies, shares of speech, decisions, action items, open points.

    Roles may also stand in a file beside it, such as call.roles.toml for call.vtt, in lines `"Ana Lind" = "executive"`.
    Nothing of a transcript is kept.
    """
    with explained(say("coaching.stopped")):
        people = (*_roles_beside(file), *roles_given(role))
        with _about(incident) as about:
            transcript = _followed(file, people, about, as_json=as_json) if live else _read(file, people)
            heard = coach_transcript(LOCAL_OWNER, the_coach(), transcript, about)
    if as_json:
        print_json(heard)
        return
    _print_rejects(transcript)
    if incident and not heard.is_filled:
        say_line(say("coaching.not_filled", incident=incident))
    print_heard(heard, with_findings=not live)


@contextmanager
def _about(incident: str) -> Iterator[About | None]:
    """The incident with its documents, where one is named."""
    if not incident:
        yield None
        return
    with opened() as world:
        yield About(world, named_incident(world, incident))


def _read(file: str, people: tuple[Participant, ...]) -> Transcript:
    data = sys.stdin.buffer.read() if file == _STANDARD_INPUT else _existing(file).read_bytes()
    found = transcript_of(Path(file).name, data)
    return Transcript(found.name, found.cues, people, found.rejects)


def given_transcript(file: str, roles: list[str]) -> Transcript:
    """A transcript with the roles that were given, and those of the file beside it. Raises BadInput."""
    return _read(file, (*_roles_beside(file), *roles_given(roles)))


def _followed(file: str, people: tuple[Participant, ...], about: About | None, *, as_json: bool) -> Transcript:
    """Print each finding as its cue is whole; all that was heard until the end, or until Ctrl-C."""
    heard: list[Cue] = []
    rejects: dict[str, int] = {}
    lines = _stdin_lines() if file == _STANDARD_INPUT else lines_while_growing(_existing(file), _wait)

    def cues() -> Iterator[Cue]:
        for one in cues_as_said(file, lines):
            if isinstance(one, Reject):
                rejects[one.reason] = rejects.get(one.reason, 0) + one.count
            else:
                heard.append(one)
                yield one

    try:
        for cue, finding, advice in coach_as_said(LOCAL_OWNER, the_coach(), cues(), people, about):
            if not as_json:
                print_finding(cue, finding, advice)
    except KeyboardInterrupt:
        ERR.print(as_told(say("coaching.ended")))
    if not heard:
        raise BadInput(say("coaching.no_cue", path=file), say("coaching.formats"))
    return Transcript(Path(file).name, tuple(heard), people, tuple(rejects.items()))


def _stdin_lines() -> Iterator[str]:
    return (line.rstrip("\r\n") for line in sys.stdin)


def _wait() -> bool:
    """Look again in a moment; Ctrl-C ends the waiting, and what stands in the file is still read."""
    try:
        time.sleep(_LOOK_EVERY_S)
    except KeyboardInterrupt:
        return False
    return True


def _roles_beside(file: str) -> tuple[Participant, ...]:
    beside = Path(file).with_suffix(ENDING) if file != _STANDARD_INPUT else None
    return roles_in(beside.name, beside.read_bytes()) if beside is not None and beside.is_file() else ()


def _existing(file: str) -> Path:
    path = Path(file)
    if not path.is_file():
        raise BadInput(say("coaching.no_file", path=file), say("coaching.no_file_next"))
    return path


def _print_rejects(transcript: Transcript) -> None:
    for reason, count in transcript.rejects:
        say_line(say("coaching.rejected", count=count, reason=reason))
