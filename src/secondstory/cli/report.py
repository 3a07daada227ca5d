"""`secondstory report`: the post-mortem as files."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.export_report import export_report


def report(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    out: Path = typer.Option(Path(), "--out", "-o", help="Folder to write to."),
    formats: list[str] = typer.Option([], "--format", "-f", help="Only these formats; default: all."),
    as_json: bool = typer.Option(False, "--json", help="Print the written paths as JSON."),
) -> None:
    """Write the report: canonical JSON, Markdown and one self-contained HTML file."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        files = export_report(LOCAL_OWNER, world, incident_id, tuple(formats))
        out.mkdir(parents=True, exist_ok=True)
        for file in files:
            (out / file.name).write_bytes(file.data)
    if as_json:
        print_json([str(out / file.name) for file in files])
        return
    for file in files:
        say_line(f"{out / file.name}  ({len(file.data) / 1000:.0f} kB)")
