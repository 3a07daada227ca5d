"""`secondstory import`: files or a folder of telemetry in, a recording and its incidents out."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer

from secondstory.cli.session import explained, opened, print_json, print_table, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.usecases.import_job import import_as_job
from secondstory.usecases.import_telemetry import ImportedFile, ImportRequest, ImportResult
from secondstory.usecases.open_incident import open_seeds, recorded_window

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def import_(
    path: Path = typer.Argument(help="A file, or a folder that is walked."),
    recording: str = typer.Option("", "--recording", "-r", help="Name to keep it under; default: the path's own name."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Import telemetry and records. Importing the same file again adds nothing; an interrupted import goes on."""
    name = recording or path.resolve().name
    with opened() as world, progress_bar() as progress:
        result = import_as_job(LOCAL_OWNER, world, ImportRequest(path, name), progress)
        was_read = any(_was_read(file) for file in result.files)
        incidents = open_seeds(LOCAL_OWNER, world, name) if was_read else ()
        window = recorded_window(LOCAL_OWNER, world, name)
    if as_json:
        print_json({"import": result, "incidents": [incident.id for incident in incidents]})
    else:
        _print(result)
    if not was_read:
        with explained():
            raise BadInput(f"Nothing could be read from {path}.", "`secondstory doctor` lists what can be.")
    if as_json:
        return
    for incident in incidents:
        say_line(f"Incident {incident.id}: {incident.title}")
        say_line(f"Next: secondstory analyse {incident.id}")
    if not incidents:
        say_line("No incident is described here. Open one with:")
        stretch = f"{window.start:{_TIME}}/{window.end:{_TIME}}" if window is not None else "START/END"
        say_line(f"  secondstory open NEW-ID --recording {shlex.quote(name)} --window {stretch}")
        if window is not None:
            say_line("The window is all that was recorded; give the stretch around the outage instead.")


def _print(result: ImportResult) -> None:
    columns = ("file", "read by", "rows added", "blocks known already", "rows left out")
    print_table(f"Recording {result.recording}", columns, [_row(file) for file in result.files])
    if result.redactions:
        counts = ", ".join(f"{number} × {what}" for what, number in result.redactions)
        say_line(f"Taken out before anything was stored: {counts}.")
    for file in result.files:
        for failure in file.failures:
            say_line(f"{file.path}: {failure}")
    told = {failure for file in result.files for failure in file.failures}
    for gap in result.gaps:
        if gap.detail not in told:
            say_line(f"Gap: {gap.detail}")
    say_line(f"{result.seconds:.1f} s.")


def _was_read(file: ImportedFile) -> bool:
    """True where the file gave something: rows now or before, or a whole file of definitions."""
    given = bool(file.rows) or file.blocks_recognised > 0
    return given or (bool(file.source) and not file.failures and not file.rejected_rows)


def _row(file: ImportedFile) -> tuple[str, ...]:
    rows = ", ".join(f"{number:,} {table}" for table, number in file.rows) or "–"
    known, left_out = f"{file.blocks_recognised:,}", f"{file.rejected_rows:,}"
    return (file.path, file.source or "nobody", rows, known, left_out)
