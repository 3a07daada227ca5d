"""`secondstory incident`: an incident's own data, how it changed, and who had which role when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.assumption import IncidentRole
from secondstory.model.errors import BadInput
from secondstory.model.incident_record import Field, IncidentRecord, Mode
from secondstory.model.window import parse_time
from secondstory.texts import say
from secondstory.usecases import incident_record as use

APP = typer.Typer(help="An incident's title, severity, status, services, customers and roles.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print what holds, with its history, as JSON.")


@APP.command("show")
def show(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """Show what holds, who has which role, and every change."""
    with opened() as world:
        held = use.record_of(LOCAL_OWNER, world, named_incident(world, incident))
    _print(held, as_json)


@APP.command("set")
def set_(
    incident: str = _INCIDENT,
    field: Field = typer.Argument(help="What changes."),
    value: str = typer.Argument(help="What it is from now on; services are separated by commas."),
    why: str = typer.Option("", "--why", help="The reason; needed for the severity and the mode."),
    as_json: bool = _JSON,
) -> None:
    """Change one thing. No document becomes stale by it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("PUT", of(incident_id, "record", field), {"value": value, "why": why})
        do(asked, lambda: use.change(LOCAL_OWNER, world, incident_id, field, (value, why)))
        held = use.record_of(LOCAL_OWNER, world, incident_id)
    _print(held, as_json)


@APP.command("role")
def role(
    incident: str = _INCIDENT,
    role: IncidentRole = typer.Argument(help="The role."),
    who: str = typer.Argument(
        "", help="A token such as responder-2, or a name, which becomes one; empty = nobody now."
    ),
    note: str = typer.Option("", "--note", help="What is handed over; needed when the review changes hands."),
    since: str = typer.Option(
        "", "--from", help="Since when, with its offset: 2026-01-31T14:00:00+01:00; empty = now."
    ),
    as_json: bool = _JSON,
) -> None:
    """Say that somebody takes a role; whoever had it hands it over."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if who:
            taken = use.Taken(role, who, note, _time(since))
            body = {"role": role, "who": who, "note": note, "since": taken.since}
            asked = Change("POST", of(incident_id, "roles"), body)
            do(asked, lambda: use.take_role(LOCAL_OWNER, world, incident_id, taken))
        else:
            asked = Change("DELETE", of(incident_id, "roles", role, note=note))
            do(asked, lambda: use.leave_role(LOCAL_OWNER, world, incident_id, role, note))
        held = use.record_of(LOCAL_OWNER, world, incident_id)
    _print(held, as_json)


@APP.command("undo")
def undo(
    incident: str = _INCIDENT,
    change: str = typer.Argument(help="The id of a change, as `incident show` gives it."),
    as_json: bool = _JSON,
) -> None:
    """Take back one change; the ledger keeps both."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("DELETE", of(incident_id, "record", "changes", change))
        do(asked, lambda: use.take_back(LOCAL_OWNER, world, incident_id, change))
        held = use.record_of(LOCAL_OWNER, world, incident_id)
    _print(held, as_json)


def _time(text: str) -> datetime | None:
    try:
        return parse_time(text) if text else None
    except ValueError as error:
        raise BadInput(say("conduct.no_time", text=repr(text)), say("conduct.no_time_next")) from error


def _print(held: IncidentRecord, as_json: bool) -> None:
    if as_json:
        print_json(held)
        return
    by_evidence = say("incident.by_evidence", status=held.status.value)
    services = ", ".join(held.services) if held.services is not None else say("incident.measured")
    rows = [
        ("title", held.title),
        ("severity", held.severity.value),
        ("status", held.status.value if held.status_by else by_evidence),
        ("mode", held.mode.value),
        ("services", services),
        ("customers", held.customers or say("incident.nobody_said")),
    ]
    pair = (say("incident.column_what"), say("incident.column_value"))
    print_table(say("incident.caption", incident=held.id), pair, rows, whole_names=True)
    _print_roles(held)
    columns = tuple(say(f"incident.column_{name}") for name in ("id", "what", "value", "before", "why", "by", "at"))
    changes = [(one.id, one.field, one.value, one.before, one.why, one.actor, _told(one.at)) for one in held.changes]
    print_table(say("incident.history"), columns, changes, whole_names=True)


def _print_roles(held: IncidentRecord) -> None:
    columns = tuple(say(f"incident.column_{name}") for name in ("role", "who", "since", "until", "why"))
    rows = [
        (one.role.value, one.who, _told(one.since), _told(one.until) if one.until else say("incident.still"), one.note)
        for one in held.roles
    ]
    print_table(say("incident.roles"), columns, rows, whole_names=True)
    if held.mode is Mode.RETROSPECTIVE:
        say_line(say("incident.retrospective"))


def _told(time: datetime) -> str:
    return f"{time.astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M} UTC"
