"""`secondstory retention` and `hold`: how long what is kept, what goes when, and what may not go."""

from __future__ import annotations

from datetime import datetime

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.retention import Due, RetentionPolicy
from secondstory.texts import say
from secondstory.usecases import retention as use
from secondstory.usecases.hold import hold_of, set_hold

_NEVER = "never"
_COLUMNS = ("what", "of", "goes (UTC)", "rows", "incidents")


def retention(
    apply: bool = typer.Option(False, "--apply", help="Let go what is due; without it nothing is changed."),
    telemetry: str = typer.Option("", "--telemetry", help="Set the days that raw telemetry is kept, or `never`."),
    names: str = typer.Option("", "--names", help="Set the days after publication for names, or `never`."),
    as_json: bool = typer.Option(False, "--json", help="Print what goes and when as JSON."),
) -> None:
    """Show what goes by itself and when, per recording and person; `never` goes what is under legal hold."""
    with opened() as world:
        if telemetry or names:
            now = use.read_retention(world)
            wanted = (_days(telemetry, now.telemetry_days), _days(names, now.names_days))
            use.change_retention(LOCAL_OWNER, world, *wanted)
        went = use.apply_retention(LOCAL_OWNER, world) if apply else ()
        found = use.retention(LOCAL_OWNER, world)
    if as_json:
        print_json({"went": went, "retention": found})
        return
    for one in went:
        say_line(say("retention.went", kind=one.kind.value, subject=one.subject))
    say_line(_policy(found.policy))
    rows = [
        (one.kind.value, one.subject, _when(one, found.now), f"{one.count:,}", ", ".join(one.incidents))
        for one in found.due
    ]
    print_table(say("retention.caption"), _COLUMNS, rows)
    count = len(found.going)
    say_line(say("retention.would_go", count=count) if count else say("retention.nothing"))


def hold(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    why: str = typer.Option("", "--why", help="The reason; without one the hold is only shown."),
    lift: bool = typer.Option(False, "--lift", help="The incident is held no longer."),
    as_json: bool = typer.Option(False, "--json", help="Print the hold as JSON."),
) -> None:
    """Put an incident under legal hold: nothing of it goes, by retention, erasure or deletion, until it is lifted."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if why or lift:
            state = set_hold(LOCAL_OWNER, world, incident_id, on=not lift, why=why)
        else:
            state = hold_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(state)
    elif state.hold is None:
        say_line(say("retention.is_free", incident=incident_id))
    else:
        say_line(say("retention.is_held", incident=incident_id, why=state.hold.why))


def _days(text: str, before: int | None) -> int | None:
    if not text:
        return before
    if text == _NEVER:
        return None
    if not text.isdecimal():
        raise BadInput(say("retention.unusable", fault=repr(text)), say("retention.unusable_next"))
    return int(text)


def _policy(policy: RetentionPolicy) -> str:
    telemetry, names = (
        say("retention.for_good") if days is None else say(f"retention.{name}_days", days=days)
        for name, days in (("telemetry", policy.telemetry_days), ("names", policy.names_days))
    )
    return say("retention.policy", telemetry=telemetry, names=names)


def _when(one: Due, now: datetime) -> str:
    if one.held_by:
        return say("retention.held_by", incidents=", ".join(one.held_by))
    if one.due_at is None:
        return say("retention.when_published" if one.kind.value == "names" else "retention.never")
    return say("retention.now") if one.due_at <= now else f"{one.due_at:%Y-%m-%d %H:%M}"
