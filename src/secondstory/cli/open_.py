"""`secondstory open`: a window on a recording in, an incident out."""

from __future__ import annotations

import typer

from secondstory.cli.session import opened, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.open_incident import described, open_by_hand


def open_(
    incident: str = typer.Argument(help="The new incident's id."),
    recording: str = typer.Option(..., "--recording", "-r", help="The recording to look at."),
    window: str = typer.Option(..., "--window", "-w", help="START/END, each RFC 3339 with its offset."),
    title: str = typer.Option("", "--title", "-t", help="What happened, in a few words."),
    severity: str = typer.Option("SEV2", "--severity", help="SEV1 to SEV5."),
    time_zone: str = typer.Option("UTC", "--time-zone", help="IANA zone that people read times in."),
) -> None:
    """Open an incident by hand, for telemetry that describes none itself."""
    with opened() as world:
        new = described(incident, title, severity, time_zone, window, recording)
        opened_incident = open_by_hand(LOCAL_OWNER, world, new)
    say_line(f"Opened {opened_incident.id}. Next: secondstory analyse {opened_incident.id}")
