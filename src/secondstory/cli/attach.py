"""`secondstory attach` and `attached`: files of an incident, such as screenshots, in, listed, out and removed."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases import attach as use

FILES = typer.Typer(help="Files that people attached to an incident: list, fetch, remove.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_FILE = typer.Argument(help="A file's id, as `secondstory attached list` names it.")


def attach(
    incident: str = _INCIDENT,
    file: Path = typer.Argument(help="A picture, a PDF or a text file."),
    note: str = typer.Option("", "--note", help="What it shows, in a sentence."),
    as_json: bool = typer.Option(False, "--json", help="Print what was kept as JSON."),
) -> None:
    """Attach a file to an incident; its kind is told by its content, and text is kept without names and secrets."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        kept = use.attach(LOCAL_OWNER, world, incident_id, use.GivenFile(file.name, file.read_bytes(), note))
    if as_json:
        print_json(kept)
        return
    facts = {"name": kept.name, "kind": kept.kind.value, "size_kb": kept.bytes / 1000}
    say_line(say("keeping.attached", incident=incident_id, file=kept.id, **facts))
    if kept.redacted:
        say_line(say("keeping.was_redacted"))


@FILES.command("list")
def list_(
    incident: str = _INCIDENT, as_json: bool = typer.Option(False, "--json", help="Print the files as JSON.")
) -> None:
    """List the files of an incident, the newest first."""
    with opened() as world:
        found = use.attached(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one.id,
            one.name,
            one.kind.value if one.is_there else f"removed by {one.removed_by}",
            f"{one.bytes / 1000:,.1f} kB",
            one.actor_id,
            f"{one.at:%Y-%m-%d %H:%M}",
            one.note,
        )
        for one in found.files
    ]
    print_table("Files", ("id", "name", "kind", "size", "who", "when (UTC)", "note"), rows, whole_names=True)


@FILES.command("fetch")
def fetch(
    incident: str = _INCIDENT,
    file: str = _FILE,
    out: Path = typer.Option(Path(), "--out", "-o", help="Folder, or the file to write."),
) -> None:
    """Write an attached file to disk, never over another."""
    with opened() as world:
        found, data = use.fetch(LOCAL_OWNER, world, named_incident(world, incident), file)
        target = out / found.name if out.is_dir() else out
        try:
            with target.open("xb") as written:
                written.write(data)
        except FileExistsError as error:
            raise BadInput(say("keeping.exists", path=target), say("keeping.exists_next")) from error
    say_line(say("keeping.fetched", path=target, size_kb=len(data) / 1000))


@FILES.command("remove")
def remove(
    incident: str = _INCIDENT,
    file: str = _FILE,
    why: str = typer.Option("", "--why", help="The reason, which stays in the list."),
) -> None:
    """Forget a file's content; that it was there stays in the list."""
    with opened() as world:
        gone = use.remove_file(LOCAL_OWNER, world, named_incident(world, incident), file, why)
    say_line(say("keeping.removed", name=gone.name))
