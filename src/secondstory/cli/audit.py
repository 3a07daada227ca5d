"""`secondstory audit`: who changed what, when and by which door; `restrict`: from when on looks stand there too."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.audit import MOST_LINES, audit_of, whole_audit
from secondstory.usecases.audit import restrict as run


def audit(
    incident: str = typer.Argument("", help="An incident's id, or `demo`; none = the whole installation."),
    limit: int = typer.Option(50, "--limit", min=1, max=MOST_LINES, help="How many lines."),
    before: int = typer.Option(0, "--before", min=0, help="Only lines with a smaller number."),
    as_json: bool = typer.Option(False, "--json", help="Print the lines as JSON."),
) -> None:
    """Show the audit, the newest first: every change, and every look at a restricted incident."""
    with opened() as world:
        if incident:
            found = audit_of(LOCAL_OWNER, world, named_incident(world, incident), before, limit)
        else:
            found = whole_audit(LOCAL_OWNER, world, before, limit)
    if as_json:
        print_json(found)
        return
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M:%S}", one.actor, one.door.value, one.what, one.incident, one.on, one.remark)
        for one in found
    ]
    print_table("Audit", ("when (UTC)", "who", "door", "what", "incident", "on", "why"), rows, whole_names=True)


def restrict(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    why: str = typer.Option(..., "--why", help="The reason, for whoever reads the audit."),
    lift: bool = typer.Option(False, "--lift", help="The incident is restricted no longer."),
) -> None:
    """Mark an incident as restricted: every look at it stands in the audit, and its exports say that they are."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("PUT", of(incident_id, "restriction"), {"restricted": not lift, "why": why})
        do(asked, lambda: run(LOCAL_OWNER, world, incident_id, restricted=not lift, why=why))
    say_line(f"{incident_id} is {'not restricted' if lift else 'restricted'} now.")
