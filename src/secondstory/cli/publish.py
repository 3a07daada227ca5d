"""`secondstory publish`, `versions` and `circulate`: versions that never change, and to whom they went."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.report import Extent, edition_of
from secondstory.cli.running import Change, made, of
from secondstory.cli.session import ERR, as_told, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.publication import Edition
from secondstory.model.window import format_time
from secondstory.texts import say
from secondstory.usecases import circulate as sending
from secondstory.usecases import publish as use

VERSIONS = typer.Typer(help="Published versions: list, save, compare.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print as JSON.")


def publish(
    incident: str = _INCIDENT,
    note: str = typer.Option("", "--note", help="A word that goes out with the version."),
    as_json: bool = _JSON,
) -> None:
    """Publish the approved text as a version that never changes."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("POST", of(incident_id, "versions"), {"note": note})
        done = made(asked, lambda: use.publish(LOCAL_OWNER, world, incident_id, note), use.Published)
    if as_json:
        print_json(done)
        return
    say_line(say("publishing.published", number=done.publication.number, hash=done.publication.hash[:16]))
    for reason in done.without:
        ERR.print(as_told(reason), soft_wrap=True)


@VERSIONS.command("list")
def list_(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """The published versions, the newest first."""
    with opened() as world:
        found = use.versions(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(found)
        return
    rows = [
        (str(one.number), format_time(one.at), one.actor_id, one.approved_by, str(len(one.overrides)), one.hash[:16])
        for one in found
    ]
    print_table("Versions", ("version", "at", "published by", "approved by", "overrides", "hash"), rows)


@VERSIONS.command("save")
def save(
    incident: str = _INCIDENT,
    number: int = typer.Argument(help="The version."),
    out: Path = typer.Option(Path(), "--out", "-o", help="Folder to write to."),
) -> None:
    """Write a version's files as they were rendered when it was published."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        version = use.one_version(LOCAL_OWNER, world, incident_id, number)
        out.mkdir(parents=True, exist_ok=True)
        for name in version.files:
            edition, _, suffix = name.rpartition(".")
            file = use.published_file(LOCAL_OWNER, world, incident_id, number, suffix, Edition(edition))
            place = out / f"v{number}-{name}"
            place.write_bytes(file.data)
            say_line(f"{place}  ({len(file.data) / 1000:.0f} kB)")


@VERSIONS.command("diff")
def diff(
    incident: str = _INCIDENT,
    older: int = typer.Argument(help="The older version."),
    newer: int = typer.Argument(help="The newer version."),
    as_json: bool = _JSON,
) -> None:
    """What differs between two versions."""
    with opened() as world:
        lines = use.compare(LOCAL_OWNER, world, named_incident(world, incident), older, newer)
    if as_json:
        print_json(lines)
        return
    for line in lines:
        say_line(f"{line.sign} {line.text}")


def circulate(
    incident: str = _INCIDENT,
    number: int = typer.Argument(help="The version."),
    to: list[str] = typer.Option([], "--to", help="A person's token; default: everybody with an address."),
    form: Extent | None = typer.Option(None, "--form", help="The whole document, or the one page; default: by role."),
    dry: bool = typer.Option(False, "--list", help="Only show who would get it, and how far each letter came."),
    as_json: bool = _JSON,
) -> None:
    """Send a version by mail; a person gets each version once."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        mailing = sending.Mailing(tuple(to), edition_of(form))
        before = sending.circulation(LOCAL_OWNER, world, incident_id, number)
        body = {"to": to, "edition": mailing.edition}
        asked = Change("POST", of(incident_id, "versions", str(number), "letters"), body)
        done = before
        if not dry:
            here = (LOCAL_OWNER, world, incident_id, number, mailing)
            done = made(asked, lambda: sending.circulate(*here), sending.Circulation)
    if as_json:
        print_json(done)
        return
    if not dry:
        count = len(done.letters) - len(before.letters)
        say_line(say("publishing.queued", count=count, before=len(before.letters)))
    rows = [(one.to, one.state.value, one.error) for one in done.letters]
    rows += [(token, "–", "") for token in done.known if token not in {one.to for one in done.letters}]
    rows += [(token, say("publishing.no_address"), "") for token in done.unknown]
    print_table("Letters", ("to", "state", "error"), rows)
