"""`secondstory analyse`: an incident in, its documents out."""

from __future__ import annotations

from time import perf_counter

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, progress_bar, say_line


def analyse(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    refresh: bool = typer.Option(False, "--refresh", help="Ask the warehouse anew instead of using frozen evidence."),
    recording: str = typer.Option("", "--recording", "-r", help="Open a new incident on this recording first."),
    begin: str = typer.Option("", "--from", help="Start of a new incident's window, RFC 3339 with offset."),
    end: str = typer.Option("", "--to", help="End of a new incident's window, RFC 3339 with offset."),
    title: str = typer.Option("", "--title", help="Title of a new incident."),
    severity: str = typer.Option("SEV2", "--severity", help="Severity of a new incident."),
    time_zone: str = typer.Option("UTC", "--time-zone", help="IANA zone of a new incident, for people."),
    as_json: bool = typer.Option(False, "--json", help="Print hashes of the documents as JSON."),
) -> None:
    """Analyse an incident: freeze evidence, then timeline, impact, causes, actions and report."""
    began = perf_counter()
    with opened() as world, progress_bar() as progress:
        from secondstory.model.actor import LOCAL_OWNER  # noqa: PLC0415  (lazy, see session.opened)
        from secondstory.usecases.analyse import analyse as run  # noqa: PLC0415
        from secondstory.usecases.open_incident import described, open_by_hand  # noqa: PLC0415

        if recording:
            open_by_hand(LOCAL_OWNER, world, described(incident, title, severity, time_zone, (begin, end), recording))
        found = run(LOCAL_OWNER, world, named_incident(world, incident), refresh=refresh, progress=progress)
    if as_json:
        print_json({document.envelope.kind: document.hash for document in found.documents()})
        return
    for claim in found.bluf():
        say_line(claim)
    say_line("")
    say_line(f"{len(found.evidence)} pieces of evidence frozen, {perf_counter() - began:.1f} s.")
    name = found.case.incident.id
    say_line(f"Next: secondstory show {name}   secondstory report {name} --out .")
