"""`secondstory meeting minutes`: the minutes of the meetings that were held, or of a file of captions alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import typer

from secondstory.cli.coach import given_transcript
from secondstory.cli.naming import named_incident
from secondstory.cli.session import explained, opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.meeting import MeetingRecord
from secondstory.model.window import in_utc, wall_time
from secondstory.stages.report import minutes_text
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import record_of
from secondstory.usecases.room.hearsay import minutes_heard
from secondstory.usecases.room.minutes import minutes_kept
from secondstory.wiring import coach


def minutes(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    captions: str = typer.Option("", "--captions", help="Read them from this WebVTT, SRT or text, which is not kept."),
    role: list[str] = typer.Option([], "--role", help="With --captions: such as `Ana Lind=executive`; once for each."),
    began: str = typer.Option("", "--began", help="With --captions: when, such as 2026-11-19T10:00."),
    as_json: bool = typer.Option(False, "--json", help="Print the minutes as JSON."),
) -> None:
    """Print the minutes of the meetings on an incident; with --captions a reading of a file, to be confirmed."""
    with opened() as world, explained(say("coaching.stopped")):
        incident_id = named_incident(world, incident)
        zone = get_incident(world, incident_id).time_zone
        title = record_of(LOCAL_OWNER, world, incident_id).title
        held: tuple[MeetingRecord, ...]
        if captions:
            transcript = given_transcript(captions, role)
            length = timedelta(seconds=max((one.end_s or 0.0 for one in transcript.cues), default=0.0))
            start = _begin(began, world.clock.now() - length, zone)
            held = (minutes_heard(LOCAL_OWNER, world, incident_id, (transcript, start), coach()),)
        else:
            held = minutes_kept(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(held)
        return
    if captions:
        say_line(say("minutes.from_captions", name=captions))
    typer.echo(minutes_text(held, title, zone), nl=False)


def _begin(text: str, default: datetime, zone: str) -> datetime:
    """When the meeting began; a time without a zone is in the incident's. Raises BadInput."""
    if not text:
        return default
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(say("minutes.no_time", text=text), say("minutes.no_time_next")) from error
    return in_utc(time if time.tzinfo is not None else time.replace(tzinfo=wall_time(default, zone).tzinfo))
