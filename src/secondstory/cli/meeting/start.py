"""`secondstory meeting start` and `end`: begin the meeting as it was planned, and end it."""

from __future__ import annotations

import typer

from secondstory.cli.meeting.acting import tell
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.room.lead import Asked, end_meeting, start_meeting

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the room as JSON.")


def start(
    incident: str = _INCIDENT,
    title: str = typer.Option("", "--title", help="What the meeting is called; else the incident's title."),
    as_json: bool = _JSON,
) -> None:
    """Begin the meeting with its planned agenda; its first part begins at once."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("POST", of(incident_id, "meeting", "start"), {"title": title})
        do(asked, lambda: start_meeting(LOCAL_OWNER, world, incident_id, Asked(title)))
        tell(world, incident_id, as_json=as_json)


def end(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """End the meeting that is on."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("POST", of(incident_id, "meeting", "end"))
        do(asked, lambda: end_meeting(LOCAL_OWNER, world, incident_id))
        tell(world, incident_id, as_json=as_json)
