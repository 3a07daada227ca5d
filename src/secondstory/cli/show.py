"""`secondstory show`: incidents and their documents, as tables or JSON."""

from __future__ import annotations

import orjson
import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.reading import print_report
from secondstory.cli.session import opened, print_json, print_table
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases import read
from secondstory.usecases.text import report_of


def show(
    incident: str = typer.Argument("", help="An incident's id, or `demo`; without it, the list of incidents."),
    section: str = typer.Option("", "--section", "-s", help="Only this part of the document."),
    as_json: bool = typer.Option(False, "--json", help="Print the documents of all stages as JSON."),
) -> None:
    """Show the incidents, or what was found on one of them."""
    with opened() as world:
        if not incident:
            incidents = read.list_incidents(LOCAL_OWNER, world)
            time = "%Y-%m-%dT%H:%M:%SZ" if as_json else "%Y-%m-%d %H:%M UTC"
            rows = [(each.id, each.severity.value, each.window.start.strftime(time), each.title) for each in incidents]
            names = ("id", "severity", "from", "title")
            if as_json:
                print_json([dict(zip(names, row, strict=True)) for row in rows])
            else:
                print_table("Incidents", names, rows, whole_names=True)
            return
        incident_id = named_incident(world, incident)
        if as_json:
            shown = read.show(LOCAL_OWNER, world, incident_id)
            print_json({each.kind: orjson.loads(each.data) for each in shown.documents})
            return
        print_report(report_of(LOCAL_OWNER, world, incident_id), section)
