"""`secondstory clock` and `secondstory steps`: what is planned, what is done, and how much time is left."""

from __future__ import annotations

from datetime import datetime

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.conduct import Clock, Conduct, Step
from secondstory.model.errors import BadInput
from secondstory.model.window import in_utc, parse_time, wall_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.texts.durations import duration
from secondstory.usecases import conduct as use

APP = typer.Typer(help="The steps from the end of the outage to the published document.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_STEP = typer.Argument(help="The step.")
_JSON = typer.Option(False, "--json", help="Print steps and clocks as JSON.")
_WHY = typer.Option("", "--why", help="The reason, for whoever reads this later.")


def clock(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """Say how much time is left to the meeting, and from the meeting to the summary."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        held = use.conduct_of(LOCAL_OWNER, world, incident_id)
        now = world.clock.now()
    if as_json:
        print_json(held.clocks)
        return
    _print_clocks(held, now)


@APP.command("show")
def steps(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """Show the steps: planned, due and done."""
    with opened() as world:
        _told(world, named_incident(world, incident), as_json)


@APP.command("plan")
def plan(
    incident: str = _INCIDENT,
    step: Step = _STEP,
    at: str = typer.Argument(help="The time with its offset: 2026-01-31T14:00:00+01:00."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Plan a step for a time."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        time = _time(at)
        asked = Change("PUT", of(incident_id, "steps", step, "plan"), {"at": time, "why": why})
        do(asked, lambda: use.plan_step(LOCAL_OWNER, world, incident_id, step, (time, why)))
        _told(world, incident_id, as_json)


@APP.command("done")
def done(
    incident: str = _INCIDENT,
    step: Step = _STEP,
    at: str = typer.Option("", "--at", help="When it was done, with its offset; of the meeting its end. Empty = now."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Tick a step."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        time = _time(at) if at else None
        asked = Change("PUT", of(incident_id, "steps", step, "done"), {"at": time, "why": why})
        do(asked, lambda: use.tick_step(LOCAL_OWNER, world, incident_id, step, (time, why)))
        _told(world, incident_id, as_json)


@APP.command("undo")
def undo(incident: str = _INCIDENT, step: Step = _STEP, as_json: bool = _JSON) -> None:
    """Take back a tick, or where there is none a plan."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("DELETE", of(incident_id, "steps", step))
        do(asked, lambda: use.untick_step(LOCAL_OWNER, world, incident_id, step))
        _told(world, incident_id, as_json)


def _time(text: str) -> datetime:
    try:
        return in_utc(parse_time(text))
    except ValueError as error:
        raise BadInput(say("conduct.no_time", text=repr(text)), say("conduct.no_time_next")) from error


def _told(world: World, incident_id: str, as_json: bool) -> None:
    held = use.conduct_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(held)
        return
    zone = held.time_zone
    columns = tuple(say(f"conduct.column_{name}") for name in ("step", "planned", "due", "done", "by"))
    rows = [
        (
            say(f"conduct.step_{one.step.value}"),
            _at(one.planned, zone),
            _at(one.due, zone),
            _at(one.done, zone),
            (one.done_by or say("conduct.by_evidence")) if one.done else one.planned_by or say("conduct.by_plan"),
        )
        for one in held.steps
    ]
    print_table(say("conduct.caption", incident=incident_id, zone=zone), columns, rows, whole_names=True)
    _print_clocks(held, world.clock.now())


def _print_clocks(held: Conduct, now: datetime) -> None:
    if held.off is not None:
        say_line(say(f"conduct.off_{held.off.value}"))
    for one in held.clocks:
        say_line(_clock(one, held.time_zone, now))


def _clock(one: Clock, zone: str, now: datetime) -> str:
    left, slack = one.left_s(now), one.slack_s(now)
    facts = {
        "clock": say(f"conduct.clock_{one.waits_for.value}"),
        "due": _at(one.due, zone),
        "left": duration(left),
        "late": duration(-left),
        "slack": duration(slack),
        "short": duration(-slack),
    }
    if one.stopped is not None:
        return say("conduct.kept" if left >= 0 else "conduct.missed", **facts)
    if left < 0:
        return say("conduct.late", **facts)
    return say("conduct.left" if slack >= 0 else "conduct.tight", **facts)


def _at(time: datetime | None, zone: str) -> str:
    return f"{wall_time(time, zone):%a %Y-%m-%d %H:%M}" if time is not None else ""
