"""`secondstory doctor`: what this installation has, lacks, and the command that mends it."""

from __future__ import annotations

import typer

from secondstory.cli.session import EXIT_NEGATIVE, opened, print_json, print_table
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.check_up import check_up


def doctor(as_json: bool = typer.Option(False, "--json", help="Print the checks as JSON.")) -> None:
    """Check data directory, records, keys, engine, clock, unfinished jobs and what the laboratory needs."""
    with opened() as world:
        checks = check_up(LOCAL_OWNER, world)
    names = ("check", "state", "found", "next step")
    rows = [(check.name, check.state, check.found, check.next_step) for check in checks]
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        print_table("Doctor", names, rows)
    if any(check.state == "fails" for check in checks):
        raise typer.Exit(EXIT_NEGATIVE)
