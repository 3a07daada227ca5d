"""`secondstory import`: files or a folder of telemetry in, a recording and its incidents out."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.session import ERR, opened, print_json, print_table, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.open_incident import open_seeds


def import_(
    path: Path = typer.Argument(help="A file, or a folder that is walked."),
    recording: str = typer.Option("", "--recording", "-r", help="Name to keep it under; default: the path's own name."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Import telemetry and records. Importing the same file again adds nothing; an interrupted import goes on."""
    with opened() as world, progress_bar() as progress:
        name = recording or path.resolve().name
        result = import_path(LOCAL_OWNER, world, ImportRequest(path, name), progress)
        incidents = open_seeds(LOCAL_OWNER, world, name)
    if as_json:
        print_json(result.plain() | {"incidents": [incident.id for incident in incidents]})
        return
    print_table(f"Recording {name}", ("file", "read by", "rows added", "known already", "left out"), result.lines())
    for warning in result.warnings():
        ERR.print(warning, highlight=False, markup=False)
    for incident in incidents:
        say_line(f"Incident {incident.id}: {incident.title}. Analyse it with: secondstory analyse {incident.id}")
    if not incidents:
        say_line("No incident is described here. Open one with:")
        say_line(f"  secondstory open NEW-ID --recording {name} --window START/END")
