"""`secondstory propose`: put an alert forward as an action, with what its replay gives."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import NotFound
from secondstory.ports import World
from secondstory.texts import say
from secondstory.texts.durations import between, duration
from secondstory.usecases.detect import Line, detection_of
from secondstory.usecases.propose_alert import Proposals, Proposed, proposals_of, propose_line, withdraw_alert


def propose(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    rule: str = typer.Argument(
        "", help="The rule's name, as `detect` lists it; without it, list what was put forward."
    ),
    line: float | None = typer.Option(None, "--line", help="Move its line to this value."),
    why: str = typer.Option("", "--why", help="The reason, for whoever reads this later."),
    withdraw: bool = typer.Option(False, "--withdraw", help="Take the proposal back."),
    as_json: bool = typer.Option(False, "--json", help="Print what was put forward as JSON."),
) -> None:
    """Put an alert forward as an action: with its rule, how much sooner it would have fired, and its false alarms."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if rule and withdraw:
            asked = Change("DELETE", of(incident_id, "detection", "proposals", rule))
            do(asked, lambda: withdraw_alert(LOCAL_OWNER, world, incident_id, rule))
        elif rule:
            moved = Line(_key(world, incident_id, rule), line, None)
            body = {"rule": moved.key, "value": line, "why": why}
            asked = Change("POST", of(incident_id, "detection", "proposals"), body)
            do(asked, lambda: propose_line(LOCAL_OWNER, world, incident_id, moved, why))
        held = proposals_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(held)
        return
    _print(held)
    if not held.in_document:
        say_line(say("proposing.next_analyse", incident=incident_id))


def _key(world: World, incident_id: str, rule: str) -> str:
    rules = detection_of(LOCAL_OWNER, world, incident_id).rules
    found = next((one.key for one in rules if rule in (one.rule.name, one.key)), None)
    if found is None:
        told = say("proposing.no_rule", rule=rule, incident=incident_id)
        raise NotFound(told, say("proposing.no_rule_next", incident=incident_id))
    return found


def _print(held: Proposals) -> None:
    if not held.proposals:
        say_line(say("proposing.nothing"))
        return
    columns = tuple(say(f"proposing.column_{name}") for name in ("rule", "watch", "sooner", "false", "by", "why"))
    print_table(say("proposing.caption"), columns, [_row(one) for one in held.proposals], whole_names=True)


def _row(one: Proposed) -> tuple[str, ...]:
    alert = one.alert
    sooner = say("proposing.unknown")
    if alert.sooner_s is not None:
        low, high = alert.sooner_s
        sooner = between(low, high) if high > 0 else say("proposing.later", later=between(-high, -low))
    false = say("proposing.unknown")
    if alert.false_alarms is not None:
        false = say("proposing.false_in", count=alert.false_alarms, length=duration(alert.fault_free_s))
    return (one.rule, alert.watch, sooner, false, one.actor, one.why)
