"""`secondstory import`: files or a folder of telemetry in, a recording and its incidents out."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import typer

from secondstory.cli.previewing import corrections, print_preview
from secondstory.cli.session import explained, opened, print_json, print_table, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.usecases.import_job import import_as_job
from secondstory.usecases.import_telemetry import ImportedFile, ImportRequest, ImportResult
from secondstory.usecases.open_incident import open_seeds, recorded_window
from secondstory.usecases.preview_import import corrected, mapping_for, preview_import

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def import_(
    path: Path = typer.Argument(help="A file, or a folder that is walked."),
    recording: str = typer.Option("", "--recording", "-r", help="Name to keep it under; default: the path's own name."),
    preview: bool = typer.Option(False, "--preview", help="Show which label becomes what, and store nothing."),
    label_map: list[str] = typer.Option(
        [],
        "--map",
        help="Labels for service, instance, version or environment, the first present wins: service=job,app.",
    ),
    alias: list[str] = typer.Option([], "--alias", help="Another name of a service: payments-svc=payment."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Import telemetry and records. Importing the same file again adds nothing; an interrupted import goes on.

    The recording remembers --map and --alias; they hold for what is imported from then on.
    """
    with opened() as world, progress_bar() as progress:
        request = _request(world, ImportRequest(path, recording or path.resolve().name), label_map, alias)
        if preview:
            told = preview_import(LOCAL_OWNER, world, request, progress)
        else:
            result = import_as_job(LOCAL_OWNER, world, request, progress)
            incidents = open_seeds(LOCAL_OWNER, world, request.recording) if result.was_read else ()
            window = recorded_window(LOCAL_OWNER, world, request.recording)
    if not preview:
        _tell(request, result, incidents, window, as_json)
    elif as_json:
        print_json(told)
    else:
        print_preview(told)


def _request(world: World, request: ImportRequest, label_map: list[str], alias: list[str]) -> ImportRequest:
    if not label_map and not alias:
        return request
    return replace(request, mapping=corrected(mapping_for(world, request), *corrections(label_map, alias)))


def _tell(
    request: ImportRequest, result: ImportResult, incidents: tuple[Incident, ...], window: Window | None, as_json: bool
) -> None:
    if as_json:
        print_json({"import": result, "incidents": [incident.id for incident in incidents]})
    else:
        _print(result)
    if not result.was_read:
        with explained():
            raise BadInput(f"Nothing could be read from {request.path}.", "`secondstory doctor` lists what can be.")
    if as_json:
        return
    for incident in incidents:
        say_line(f"Incident {incident.id}: {incident.title}")
        say_line(f"Next: secondstory analyse {incident.id}")
    if not incidents:
        say_line("No incident is described here. Open one with:")
        stretch = f"{window.start:{_TIME}}/{window.end:{_TIME}}" if window is not None else "START/END"
        say_line(f"  secondstory open NEW-ID --recording {shlex.quote(request.recording)} --window {stretch}")
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


def _row(file: ImportedFile) -> tuple[str, ...]:
    rows = ", ".join(f"{number:,} {table}" for table, number in file.rows) or "–"
    known, left_out = f"{file.blocks_recognised:,}", f"{file.rejected_rows:,}"
    return (file.path, file.source or "nobody", rows, known, left_out)
