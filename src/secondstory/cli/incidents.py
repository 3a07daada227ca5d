"""`secondstory incidents`: the list, searched, filtered and sorted."""

from __future__ import annotations

from datetime import datetime

import typer

from secondstory.cli.session import opened, print_json, print_table
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.window import wall_time
from secondstory.texts import say
from secondstory.usecases.incident_list import LONGEST_PAGE, Wanted, find_incidents, views
from secondstory.usecases.overview import IncidentItem


def incidents(
    query: str = typer.Argument(
        "",
        help="Words of the title, services or first cause, and filters: severity:SEV1 status:learning service:orders "
        "analysis:stale is:late is:mine is:running is:restricted.",
    ),
    sort: str = typer.Option("deadline", "--sort", help="deadline, date, severity or title."),
    offset: int = typer.Option(0, "--offset", min=0, help="How many to leave out at the beginning."),
    limit: int = typer.Option(50, "--limit", min=1, max=LONGEST_PAGE, help="How many to list."),
    saved: bool = typer.Option(False, "--views", help="List your saved views in place of the incidents."),
    as_json: bool = typer.Option(False, "--json", help="Print as JSON."),
) -> None:
    """List the incidents, those with the nearest deadline first."""
    with opened() as world:
        kept = views(LOCAL_OWNER, world)
        page = find_incidents(LOCAL_OWNER, world, Wanted(query, sort, offset, limit))
        now = world.clock.now()
    if as_json:
        print_json(kept if saved else page)
    elif saved:
        columns = (say("listing.column_name"), say("listing.column_query"))
        print_table(say("listing.views"), columns, [(one.name, one.query) for one in kept], whole_names=True)
    else:
        names = ("id", "severity", "status", "due", "services", "title")
        rows = [_row(one, now) for one in page.incidents]
        title = say("listing.caption", shown=len(rows), total=page.total, all=page.counts.all)
        print_table(title, tuple(say(f"listing.column_{name}") for name in names), rows, whole_names=True)


def _row(one: IncidentItem, now: datetime) -> tuple[str, ...]:
    services = one.named if one.named is not None else one.services_hit or ()
    return (one.id, one.severity, one.stands.value, _due(one, now), ", ".join(services), one.title)


def _due(one: IncidentItem, now: datetime) -> str:
    if one.clock is None or one.clock.stopped is not None:
        return say("listing.no_clock")
    due = f"{wall_time(one.clock.due, one.time_zone):%Y-%m-%d %H:%M}"
    return say("listing.late" if one.clock.due < now else "listing.due", what=one.clock.waits_for.value, due=due)
