"""`secondstory actions`: the actions that people agreed on, from a proposal to a proof."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import EXIT_NEGATIVE, explained, opened, print_json, print_table, say_line
from secondstory.model.action_state import ActionState
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.plan import PlannedAction, Warned
from secondstory.model.remedy import ActionKind, Area, Strength
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases import actions as use
from secondstory.usecases.action_verifier import answer_verifying, ask_no_verifier, ask_verifier
from secondstory.usecases.calendar import action_calendar, plan_calendar
from secondstory.usecases.plan import Planned, action_named, plan_of

APP = typer.Typer(help="Actions: agree, own, date, and take them from open to effective.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_ACTION = typer.Argument(help="Its label, such as A3.")
_JSON = typer.Option(False, "--json", help="Print the plan as JSON.")
_WHY = typer.Option("", "--why", help="The reason, or what was seen.")
_SET = typer.Option(
    [],
    "--set",
    metavar="NAME=VALUE",
    help="kind, area, strength, strength-why, answers (F1,L2), criterion, team or title; as often as needed.",
)
_KINDS: dict[str, type[StrEnum]] = {"kind": ActionKind, "area": Area, "strength": Strength}
_TEXTS = ("title", "strength-why", "criterion", "team")


class AskedFor(StrEnum):
    """What somebody is asked for on an action."""

    OWNER = "owner"
    VERIFIER = "verifier"


@APP.command("list")
def list_(
    incident: str = _INCIDENT,
    owner: str = typer.Option("", "--owner", help="Only those of this person."),
    progress: ActionState = typer.Option(None, "--progress", help="Only those that stand there."),
    overdue: bool = typer.Option(False, "--overdue", help="Only those that were due before today."),
    as_json: bool = _JSON,
) -> None:
    """The actions with their owners and dates, the proposals nobody took yet, and what the plan lacks."""
    with opened() as world:
        planned = plan_of(LOCAL_OWNER, world, named_incident(world, incident))
    late = {one.subject for one in planned.warnings if one.rule == "overdue"}
    shown = tuple(
        one
        for one in planned.plan.actions
        if (not owner or one.owner == owner)
        and (progress is None or one.progress is progress)
        and (not overdue or one.key in late)
    )
    if as_json:
        print_json({"actions": shown, "proposals": planned.proposals, "warnings": planned.warnings})
        return
    _print_actions(shown)
    names = ("", "proposal", "strength", "how one would know")
    rows = [
        (f"P{place}", one.title, one.strength.value, one.criterion)
        for place, one in enumerate(planned.proposals, start=1)
    ]
    print_table("Proposed by the evidence, not agreed yet", names, rows)
    print_warnings(planned.warnings)


@APP.command("show")
def show(incident: str = _INCIDENT, action: str = _ACTION, as_json: bool = _JSON) -> None:
    """One action with all that was said of it."""
    with opened() as world:
        one = action_named(plan_of(LOCAL_OWNER, world, named_incident(world, incident)).plan, action)
    if as_json:
        print_json(one)
        return
    _print_actions((one,))
    rows = [(f"{step.at:%Y-%m-%d %H:%M}", step.actor, step.what, step.text, step.why, step.id) for step in one.history]
    print_table("History", ("when", "who", "what", "", "why", "decision"), rows)


@APP.command("add")
def add(
    incident: str = _INCIDENT,
    title: str = typer.Argument("", help="What changes, where; without it, what the proposal says."),
    proposal: str = typer.Option("", "--from", help="A proposal to begin with: P1, P2, … as `actions list` numbers."),
    said: list[str] = _SET,
    as_json: bool = _JSON,
) -> None:
    """Agree an action, free or from a proposal."""

    with explained():
        written = _written([f"title={title}", *said] if title or not proposal else said)
    asked = Asked("POST", "actions", {**_body(written), "proposal": proposal})
    _change(incident, as_json, asked, lambda w, name: use.add_action(LOCAL_OWNER, w, name, written, proposal))


@APP.command("edit")
def edit(incident: str = _INCIDENT, action: str = _ACTION, said: list[str] = _SET, as_json: bool = _JSON) -> None:
    """Write an action anew; what is left out stays, and so does what it said before."""
    with explained():
        written = _written(said)
    asked = Asked("PUT", "actions", _body(written), name=action)
    _change(incident, as_json, asked, lambda w, name: use.edit_action(LOCAL_OWNER, w, name, action, written))


@APP.command("own")
def own(
    incident: str = _INCIDENT,
    action: str = _ACTION,
    who: str = typer.Argument(help="Whom to ask: a role token or a name; `owner` is yourself."),
    as_json: bool = _JSON,
) -> None:
    """Ask somebody to take an action on; naming yourself takes it on."""
    asked = Asked("PUT", "actions", {"owner": who}, name=action, part="owner")
    _change(incident, as_json, asked, lambda world, name: use.propose_owner(LOCAL_OWNER, world, name, action, who))


@APP.command("answer")
def answer(
    incident: str = _INCIDENT,
    action: str = _ACTION,
    accept: bool = typer.Option(..., "--accept/--decline", help="Your answer."),
    verifying: bool = typer.Option(False, "--verifying", help="To looking whether it works, instead of owning it."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Take on or decline what you were asked to own, or to look at."""
    part, act = ("verifying", answer_verifying) if verifying else ("ownership", use.answer_ownership)
    asked = Asked("POST", "actions", {"accept": accept, "why": why}, name=action, part=part)
    _change(incident, as_json, asked, lambda w, name: act(LOCAL_OWNER, w, name, action, (accept, why)))


@APP.command("verifier")
def verifier(
    incident: str = _INCIDENT,
    action: str = _ACTION,
    who: str = typer.Argument(help="Whom to ask, not its owner: a role token or a name."),
    as_json: bool = _JSON,
) -> None:
    """Ask somebody who does not own an action to look whether it works; naming yourself takes that on."""
    asked = Asked("PUT", "actions", {"verifier": who}, name=action, part="verifier")
    _change(incident, as_json, asked, lambda world, name: ask_verifier(LOCAL_OWNER, world, name, action, who))


@APP.command("take-back")
def take_back(
    incident: str = _INCIDENT,
    action: str = _ACTION,
    what: AskedFor = typer.Argument(help="Which of the two: `owner`, or `verifier`, who looks whether it works."),
    as_json: bool = _JSON,
) -> None:
    """Ask nobody any more to own an action, or to look whether it works; the history keeps who was asked."""
    act = use.ask_no_owner if what is AskedFor.OWNER else ask_no_verifier
    asked = Asked("DELETE", "actions", name=action, part=what.value)
    _change(incident, as_json, asked, lambda world, name: act(LOCAL_OWNER, world, name, action))


@APP.command("due")
def due(
    incident: str = _INCIDENT,
    action: str = _ACTION,
    day: str = typer.Argument(help="The new day: 2026-12-24."),
    why: str = typer.Option(..., "--why", help="Why the date moves."),
    as_json: bool = _JSON,
) -> None:
    """Move the date of an action, with a reason."""
    with explained():
        moved = read_day(day)
    asked = Asked("PUT", "actions", {"due": moved, "why": why}, name=action, part="due")
    _change(incident, as_json, asked, lambda world, name: use.move_due(LOCAL_OWNER, world, name, action, (moved, why)))


@APP.command("move")
def move(
    incident: str = _INCIDENT,
    action: str = _ACTION,
    progress: ActionState = typer.Argument(help="Where it stands now."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Take an action a step on. Verified and effective need what was seen, by somebody who is not the owner."""
    asked = Asked("PUT", "actions", {"progress": progress, "why": why}, name=action, part="progress")
    said = (progress, why)
    _change(incident, as_json, asked, lambda w, name: use.advance(LOCAL_OWNER, w, name, action, said))


@APP.command("follow-up")
def follow_up(
    incident: str = _INCIDENT,
    day: str = typer.Argument("", help="The day, such as 2027-01-15; without it the day that holds is printed."),
    why: str = _WHY,
) -> None:
    """The day on which the plan is looked at together: offered by the policy until somebody sets it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if day:
            use.set_follow_up(LOCAL_OWNER, world, incident_id, (read_day(day), why))
        held = plan_of(LOCAL_OWNER, world, incident_id).follow_up
    if held is None:
        say_line(say("plan.no_follow_up"))
        return
    say_line(say("plan.follow_up_set" if held.actor else "plan.follow_up_offered", day=held.day, actor=held.actor))


@APP.command("calendar")
def calendar(
    incident: str = _INCIDENT,
    action: str = typer.Argument("", help="Its label, such as A3; without it, the whole plan."),
    to: Path = typer.Option(None, "--to", help="The file to write; without it, to standard output."),
) -> None:
    """The days on which actions are due, as a file for a calendar (.ics)."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        data = (
            action_calendar(LOCAL_OWNER, world, incident_id, action)
            if action
            else plan_calendar(LOCAL_OWNER, world, incident_id)
        )
    if to is None:
        sys.stdout.buffer.write(data)
        return
    to.write_bytes(data)
    say_line(say("reminding.written_to", path=to))


@APP.command("check")
def check(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """Whether each factor and lesson is answered, owned and can be judged. Exit codes: 0 yes, 1 no."""
    with opened() as world:
        planned = plan_of(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json({"closed": planned.is_closed, "warnings": planned.warnings})
    else:
        print_warnings(planned.warnings)
        say_line(say("plan.closed" if planned.is_closed else "plan.not_closed"))
    if not planned.is_closed:
        raise typer.Exit(EXIT_NEGATIVE)


def print_warnings(warnings: tuple[Warned, ...]) -> None:
    """What a plan lacks, each with what would mend it; nothing where it lacks nothing."""
    if not warnings:
        return
    rows = [(one.label or "plan", one.rule, one.words, one.suggestion) for one in warnings]
    print_table("To settle", ("", "what", "words", "try"), rows)


def read_day(text: str) -> date:
    """A day as typed. Raises BadInput."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(say("plan.no_date", text=repr(text)), say("plan.no_date_next")) from error


def names_in(text: str) -> tuple[str, ...]:
    """Names separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _written(said: list[str]) -> use.Written:
    """What `--set` says. Raises BadInput on what an action does not have."""
    values: dict[str, Any] = {}
    for one in said:
        name, equals, value = one.partition("=")
        kind = _KINDS.get(name)
        if not equals or (kind is None and name not in (*_TEXTS, "answers")):
            raise BadInput(say("plan.no_field", text=repr(one)), say("plan.no_field_next"))
        if kind is not None and value not in tuple(kind):
            raise BadInput(
                say("plan.no_choice", name=name, value=value), say("plan.no_choice_next", all=", ".join(kind))
            )
        field = name.replace("-", "_")
        values[field] = kind(value) if kind is not None else names_in(value) if name == "answers" else value
    return use.Written(**values)


def _print_actions(actions: tuple[PlannedAction, ...]) -> None:
    names = ("", "action", "stands", "owner", "due", "verifier", "strength", "how one will know")
    rows = [
        (
            one.label,
            one.title,
            one.progress.value.replace("_", " "),
            f"{one.owner} ({one.ownership.value})" if one.owner else "nobody",
            one.due.isoformat(),
            f"{one.verifier} ({one.verifying.value})" if one.verifier else "",
            one.strength.value,
            one.criterion,
        )
        for one in actions
    ]
    print_table("Actions", names, rows)


@dataclass(frozen=True)
class Asked:
    """A change of the plan as its route takes it: below `plan`, of the thing with this name, of this part of it."""

    method: str
    what: str
    body: object = None
    name: str = ""
    part: str = ""


def change_plan(incident: str, asked: Asked, here: Callable[[World, str], object]) -> Planned:
    """Make a change of the plan: by the server that runs, else here. Gives the plan as it is after it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        path = of(incident_id, "plan", *filter(None, (asked.what, asked.name, asked.part)))
        do(Change(asked.method, path, asked.body), lambda: here(world, incident_id))
        return plan_of(LOCAL_OWNER, world, incident_id)


def _body(written: use.Written) -> dict[str, object]:
    return {name: value for name, value in asdict(written).items() if value is not None}


def _change(incident: str, as_json: bool, asked: Asked, here: Callable[[World, str], object]) -> None:
    """Make a change, then print the actions as they are after it."""
    planned = change_plan(incident, asked, here)
    if as_json:
        print_json(planned)
        return
    _print_actions(planned.plan.actions)
    print_warnings(planned.warnings)
