"""`secondstory verify`: asks the engine every frozen question again."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import EXIT_NEGATIVE, opened, print_json, print_table
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.verify import verify as run


def verify(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    as_json: bool = typer.Option(False, "--json", help="Print the comparison as JSON."),
) -> None:
    """Compare frozen evidence with what the warehouse answers now: counts equal, numbers within 1e-9."""
    with opened() as world:
        checked = run(LOCAL_OWNER, world, named_incident(world, incident))
    names = ("evidence", "query", "rows", "state", "detail")
    rows = [(each.evidence_id, each.query, str(each.rows), each.state, each.detail) for each in checked]
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        print_table("Evidence against the warehouse", names, rows)
    if any(each.state == "differs" for each in checked):
        raise typer.Exit(EXIT_NEGATIVE)
