"""`secondstory export-incident` and `import-incident`: a whole incident as one file, and back."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.texts import say
from secondstory.usecases.incident_file import export_incident as write
from secondstory.usecases.incident_file import import_incident as read
from secondstory.usecases.incident_file.writing import file_name


def export_incident(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    out: Path = typer.Option(Path(), "--out", "-o", help="Folder, or the file to write."),
    with_telemetry: bool = typer.Option(False, "--with-telemetry", help="With the rows of its recordings."),
    as_json: bool = typer.Option(False, "--json", help="Print what was written as JSON."),
) -> None:
    """Write all that is known of an incident into one file: decisions, comments, frozen evidence, documents.

    It holds role tokens and no names. `secondstory import-incident` reads it elsewhere, where it replays the same.
    """
    with opened() as world:
        incident_id = named_incident(world, incident)
        target = out / file_name(incident_id) if out.is_dir() else out
        aside = target.with_name(f".{target.name}.part")
        try:
            with aside.open("wb") as file:
                written = write(LOCAL_OWNER, world, incident_id, file, telemetry=with_telemetry)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    if as_json:
        print_json({"path": str(target), "written": written})
        return
    counts = {"evidence": written.evidence, "decisions": written.decisions, "contributions": written.contributions}
    say_line(say("incident_file.wrote", path=target, size_kb=target.stat().st_size / 1000))
    say_line(say("incident_file.counts", **counts))
    say_line(say("incident_file.wrote_telemetry" if with_telemetry else "incident_file.wrote_no_telemetry"))
    say_line(say("incident_file.wrote_names"))
    if written.restricted:
        say_line(say("incident_file.wrote_restricted"))


def import_incident(
    file: Path = typer.Argument(help="The file that `secondstory export-incident` wrote."),
    as_json: bool = typer.Option(False, "--json", help="Print what was read as JSON."),
) -> None:
    """Read an incident's file, check every part of it, keep it and replay it. Nothing here is overwritten."""
    with opened() as world, progress_bar() as progress:
        done = read(LOCAL_OWNER, world, file, progress)
    if as_json:
        print_json(done)
        return
    say_line(say("incident_file.imported", incident=done.incident, title=done.title))
    counts = {"evidence": done.evidence, "decisions": done.decisions, "contributions": done.contributions}
    say_line(say("incident_file.counts", **counts))
    say_line(say(f"incident_file.replay_{done.replay.replace(' ', '_')}"))
    if not done.telemetry:
        say_line(say("incident_file.imported_no_telemetry"))
