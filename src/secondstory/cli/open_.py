"""`secondstory open`: an incident by hand, or from a notification of alerts."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.session import opened, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.open_from_alert import open_from_alert
from secondstory.usecases.open_incident import described, open_by_hand


def open_(
    incident: str = typer.Argument("", help="The new incident's id, or its title in several words."),
    recording: str = typer.Option(
        "", "--recording", "-r", help="The recording to look at; without one an empty one is made, to import into."
    ),
    window: str = typer.Option("", "--window", "-w", help="START/END, each RFC 3339 with its offset."),
    severity: str = typer.Option("SEV2", "--severity", help="SEV1 to SEV5."),
    time_zone: str = typer.Option("UTC", "--time-zone", help="IANA zone that people read times in."),
    from_alert: Path | None = typer.Option(
        None, "--from-alert", help="A file with what Alertmanager, Grafana or PagerDuty sent; its alert says the rest."
    ),
) -> None:
    """Open an incident by hand, or from a notification of alerts; the same alert always leads to the same incident.

    `secondstory incident` changes title and severity later.
    """
    if from_alert is not None:
        _open_from(from_alert, time_zone, by_hand=(incident, recording, window))
        return
    with opened() as world:
        if not incident or not window:
            raise BadInput(say("opening.one_of"), say("opening.one_of_next"))
        ident, title = ("", incident) if " " in incident.strip() else (incident, "")
        made = open_by_hand(LOCAL_OWNER, world, described(ident, title, severity, time_zone, window, recording))
    next_step = f"analyse {made.id}" if recording else f"import TELEMETRY --recording {made.id}"
    say_line(f"Opened {made.id}. Next: secondstory {next_step}")


def _open_from(file: Path, time_zone: str, *, by_hand: tuple[str, ...]) -> None:
    with opened() as world:
        if any(by_hand):
            raise BadInput(say("opening.alert_alone"), say("opening.one_of_next"))
        found = open_from_alert(LOCAL_OWNER, world, file.read_bytes(), time_zone)
    kept = found.incident
    key = "opening.opened" if found.is_new else "opening.known"
    say_line(say(key, incident=kept.id, severity=kept.severity.value, recording=kept.recordings[0]))
