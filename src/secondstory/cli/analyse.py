"""`secondstory analyse`: an incident in, its documents out."""

from __future__ import annotations

from time import perf_counter

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, progress_bar, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.analyse import analyse as run


def analyse(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    refresh: bool = typer.Option(False, "--refresh", help="Ask the warehouse anew instead of using frozen evidence."),
    as_json: bool = typer.Option(False, "--json", help="Print hashes of the documents as JSON."),
) -> None:
    """Analyse an incident: freeze evidence, then timeline, impact, causes, actions and report."""
    began = perf_counter()
    with opened() as world, progress_bar() as progress:
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
