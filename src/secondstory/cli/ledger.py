"""`secondstory ledger`: what people said in an incident, in the order in which it was committed."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.follow import MOST_ENTRIES, entries_since


def ledger(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    since: int = typer.Option(0, "--since", min=0, help="Only what came after the entry of this number."),
    limit: int = typer.Option(100, "--limit", min=1, max=MOST_ENTRIES, help="At most so many entries."),
    as_json: bool = typer.Option(False, "--json", help="Print the entries as JSON."),
) -> None:
    """List decisions and contributions: number, who, what, on what, why."""
    with opened() as world:
        page = entries_since(LOCAL_OWNER, world, named_incident(world, incident), since, limit)
    if as_json:
        print_json(page)
        return
    rows = [(str(one.seq), one.id, one.actor, one.kind, one.subject, one.text, one.why) for one in page.entries]
    print_table("Ledger", ("no.", "id", "who", "what", "on", "text", "why"), rows)
    if page.next_since is not None:
        say_line(f"There are more, up to {page.head}. Next: --since {page.next_since}")
