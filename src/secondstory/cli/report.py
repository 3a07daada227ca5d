"""`secondstory report`: the post-mortem as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.publication import Edition
from secondstory.usecases.export_report import export_report


class Extent(StrEnum):
    """How much of a document is wanted, as it is typed."""

    WHOLE = "whole"
    EXECUTIVE = "executive"


def edition_of(extent: Extent | None) -> Edition | None:
    """The edition that is meant; None where nobody said."""
    return None if extent is None else Edition[extent.name]


def report(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    out: Path = typer.Option(Path(), "--out", "-o", help="Folder to write to."),
    formats: list[str] = typer.Option([], "--format", "-f", help="Only these formats, pdf too; default: all but pdf."),
    form: Extent = typer.Option(Extent.WHOLE, "--form", help="The whole document, or one page for executives."),
    as_json: bool = typer.Option(False, "--json", help="Print the written paths as JSON."),
) -> None:
    """Write the report: canonical JSON, Markdown, one self-contained HTML file; PDF where it is asked for."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        files = export_report(LOCAL_OWNER, world, incident_id, tuple(formats), Edition[form.name])
        out.mkdir(parents=True, exist_ok=True)
        for file in files:
            (out / file.name).write_bytes(file.data)
    if as_json:
        print_json([str(out / file.name) for file in files])
        return
    for file in files:
        say_line(f"{out / file.name}  ({len(file.data) / 1000:.0f} kB)")
