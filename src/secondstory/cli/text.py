"""`secondstory text`: the document's text as people own it, section by section."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.text import SectionNow
from secondstory.model.window import format_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases import text as use

APP = typer.Typer(help="The document's text: read, edit, merge, restore its sections.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_SECTION = typer.Argument(help="A section's key, as `text list` gives it.")
_FILE = typer.Argument(help="A Markdown file; `-` is standard input.")
_BASE = typer.Option("", "--base", help="The version it was written on, as `text history` gives it.")
_JSON = typer.Option(False, "--json", help="Print as JSON.")


@APP.command("list")
def list_(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """The sections, who changed each last, and what is stale in it."""
    with opened() as world:
        sections = use.read_text(LOCAL_OWNER, world, named_incident(world, incident)).sections
    if as_json:
        print_json(sections)
        return
    rows = [(one.key, one.title, _state(one), str(len(one.versions)), str(len(one.stale))) for one in sections]
    print_table("Sections", ("key", "title", "text", "versions", "stale"), rows, whole_names=True)
    for section in sections:
        for stale in section.stale:
            say_line(f"{section.key}: {stale.sentence}\n    {stale.why}")
            if stale.suggestion:
                say_line(f"    {stale.suggestion}")


@APP.command("show")
def show(
    incident: str = _INCIDENT,
    section: str = _SECTION,
    version: str = typer.Option("", "--version", help="An earlier version, or `analysis`; default: as it is now."),
) -> None:
    """Print a section as Markdown, to edit elsewhere."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        head = _section(world, incident_id, section).head
        asked = {"": head, "analysis": ""}.get(version, version)
        sys.stdout.write(use.version_text(LOCAL_OWNER, world, incident_id, section, asked))


@APP.command("history")
def history(incident: str = _INCIDENT, section: str = _SECTION, as_json: bool = _JSON) -> None:
    """The versions of a section, the newest first."""
    with opened() as world:
        versions = _section(world, named_incident(world, incident), section).versions
    if as_json:
        print_json(versions)
        return
    rows = [(one.id, one.actor, format_time(one.at), str(one.words), one.why) for one in versions]
    print_table("Versions", ("version", "by", "at", "words", "why"), rows, whole_names=True)


@APP.command("edit")
def edit(
    incident: str = _INCIDENT,
    section: str = _SECTION,
    file: str = _FILE,
    base: str = typer.Option(None, "--base", help="The version it was written on; default: the newest."),
    why: str = typer.Option("", "--why", help="The reason, for whoever reads this later."),
) -> None:
    """Keep a new version of a section."""
    markdown = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    with opened() as world:
        incident_id = named_incident(world, incident)
        on = _section(world, incident_id, section).head if base is None else base
        asked = Change("PUT", of(incident_id, "text", section), {"markdown": markdown, "base": on, "why": why})
        do(asked, lambda: use.edit_text(LOCAL_OWNER, world, incident_id, use.Edit(section, on, markdown, why)))
        kept = _section(world, incident_id, section).head
    say_line(say("text.kept", version=kept))


@APP.command("merge")
def merge(incident: str = _INCIDENT, section: str = _SECTION, file: str = _FILE, base: str = _BASE) -> None:
    """Print a text that was written on an older version, merged with the section as it is now."""
    markdown = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    with opened() as world:
        incident_id = named_incident(world, incident)
        merged = use.merge_text(LOCAL_OWNER, world, incident_id, use.Edit(section, base, markdown))
    sys.stdout.write(merged.markdown)
    if merged.conflicts:
        raise typer.Exit(1)


@APP.command("restore")
def restore(
    incident: str = _INCIDENT,
    section: str = _SECTION,
    version: str = typer.Argument("analysis", help="A version, or `analysis` to follow the analysis again."),
) -> None:
    """Bring an earlier version back as a new one."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = "" if version == "analysis" else version
        change = Change("POST", of(incident_id, "text", section, "restore"), {"version": asked})
        do(change, lambda: use.restore_text(LOCAL_OWNER, world, incident_id, section, asked))
        kept = _section(world, incident_id, section).head
    say_line(say("text.kept", version=kept))


def _section(world: World, incident_id: str, key: str) -> SectionNow:
    return use.section_now(LOCAL_OWNER, world, incident_id, key)


def _state(section: SectionNow) -> str:
    return say("text.by_people" if section.is_edited else "text.by_analysis")
