"""`secondstory replay`: frozen evidence in, the same documents out, byte for byte."""

from __future__ import annotations

from time import perf_counter

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import EXIT_NEGATIVE, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.replay import replay as run


def replay(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    shuffle: int | None = typer.Option(
        None, "--shuffle", help="Shuffle the rows of every answer with this seed first."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the comparison as JSON."),
) -> None:
    """Run the stages again on frozen evidence alone and compare every document with the stored one."""
    began = perf_counter()
    with opened() as world:
        result = run(LOCAL_OWNER, world, named_incident(world, incident), shuffle_seed=shuffle)
    if as_json:
        documents = {each.kind: {"hash": each.hash, "same": each.same_bytes} for each in result.documents}
        print_json({"same": result.same, "documents": documents})
    else:
        rows = [
            (each.kind, each.hash[:16], "same bytes" if each.same_bytes else "DIFFERS") for each in result.documents
        ]
        print_table("Replay", ("document", "hash", "against the stored one"), rows)
        gaps = len(result.analysis.prepared.evidence.body.gaps)
        say_line(f"{len(result.analysis.evidence)} pieces of evidence, {gaps} gaps, {perf_counter() - began:.1f} s.")
    if not result.same:
        raise typer.Exit(EXIT_NEGATIVE)
