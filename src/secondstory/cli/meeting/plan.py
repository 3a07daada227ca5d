"""`secondstory meeting plan`: the meeting as it is planned, and changes of time, place, template, minutes and list."""

from __future__ import annotations

from datetime import datetime

import typer

from secondstory.cli.meeting.planned import print_plan
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.meeting_plan import Template
from secondstory.model.window import in_utc, parse_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.meeting_plan import changing as use


def plan(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    sets: list[str] = typer.Argument(
        None,
        help="template=90, at=2026-11-24T14:00:00+01:00, place=ROOM, timeline=20, timeline=auto, "
        "off=REASON; off= takes it back.",
    ),
    add: list[str] = typer.Option([], "--add", help="Put a token or a name on the list."),
    strike: list[str] = typer.Option([], "--strike", help="Strike somebody off the list."),
    as_json: bool = typer.Option(False, "--json", help="Print the plan as JSON."),
) -> None:
    """Show the plan of the meeting, or change it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        for given in sets or []:
            _set(world, incident_id, given)
        for who, is_in in (*((one, True) for one in add), *((one, False) for one in strike)):
            _list(world, incident_id, who, is_in)
        print_plan(world, incident_id, as_json)


def _set(world: World, incident_id: str, given: str) -> None:
    name, equals, value = (part.strip() for part in given.partition("="))
    if not equals:
        raise BadInput(say("prepare.no_change", given=given), say("prepare.no_change_next"))
    path = (incident_id, "meeting", "plan")
    if name == "template":
        template = _template(value)
        asked = Change("PUT", of(*path, "template"), {"template": template.value})
        do(asked, lambda: use.choose_template(LOCAL_OWNER, world, incident_id, template))
    elif name == "at":
        at = _time(value)
        do(Change("PUT", of(*path, "time"), {"at": at}), lambda: use.set_time(LOCAL_OWNER, world, incident_id, at))
    elif name == "place":
        asked = Change("PUT", of(*path, "place"), {"place": value})
        do(asked, lambda: use.set_place(LOCAL_OWNER, world, incident_id, value))
    elif name == "off":
        _call_off(world, incident_id, value)
    elif value.isdecimal() or value == "auto":
        minutes = int(value) if value.isdecimal() else None
        asked = Change("PUT", of(*path, "boxes", name, "minutes"), {"minutes": minutes})
        do(asked, lambda: use.set_minutes(LOCAL_OWNER, world, incident_id, name, minutes))
    else:
        asked = Change("PUT", of(*path, "boxes", name, "aim"), {"words": value})
        do(asked, lambda: use.set_aim(LOCAL_OWNER, world, incident_id, name, value))


def _list(world: World, incident_id: str, who: str, is_in: bool) -> None:
    asked = Change("PUT", of(incident_id, "meeting", "plan", "people"), {"who": who, "is_in": is_in})
    do(asked, lambda: use.list_person(LOCAL_OWNER, world, incident_id, who, is_in=is_in))


def _call_off(world: World, incident_id: str, why: str) -> None:
    is_off = bool(why)
    asked = Change("PUT", of(incident_id, "meeting", "plan", "calling-off"), {"off": is_off, "why": why})
    do(asked, lambda: use.call_off(LOCAL_OWNER, world, incident_id, why, is_off=is_off))


def _template(value: str) -> Template:
    if value not in tuple(Template):
        known = ", ".join(Template)
        raise BadInput(say("prepare.no_template", value=value), say("prepare.no_template_next", known=known))
    return Template(value)


def _time(value: str) -> datetime:
    try:
        return in_utc(parse_time(value))
    except ValueError as error:
        raise BadInput(say("conduct.no_time", text=repr(value)), say("conduct.no_time_next")) from error
