"""`secondstory detect`: when alerts would have fired, and the rules to take away."""

from __future__ import annotations

from pathlib import Path

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.detection import Outcome, ReplayedRule
from secondstory.model.window import wall_time
from secondstory.texts import say
from secondstory.texts.durations import between, duration
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.detect import detection_of, proposed_file, rules_in, try_rules, written_file


def detect(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    rule: Path | None = typer.Option(None, "--rule", "-r", help="Replay the rules of this Prometheus rule file."),
    out: Path | None = typer.Option(None, "--out", "-o", help="Write the rules to this file, for Prometheus."),
    as_json: bool = typer.Option(False, "--json", help="Print what the replay gave as JSON."),
) -> None:
    """Replay alert rules on an incident: when each would have fired, and how often for nothing."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        zone = get_incident(world, incident_id).time_zone
        body = detection_of(LOCAL_OWNER, world, incident_id)
        rules = body.rules
        text = proposed_file(LOCAL_OWNER, world, incident_id)
        if rule is not None:
            tried = try_rules(LOCAL_OWNER, world, incident_id, rules_in(world, rule))
            rules = tuple(one.replayed for one in tried)
            text = written_file(tried, body, incident_id)
        if out is not None:
            out.write_text(text, encoding="utf-8")
    if as_json:
        print_json(rules if rule is not None else body)
        return
    if rule is None:
        say_line(body.sentence)
        say_line("")
    false = f"false alarms in {duration(body.fault_free_s)} without a fault"
    columns = ("rule", "watches", f"fires ({zone})", "against the first person told", false)
    print_table("When each rule would have fired", columns, [_row(one, zone) for one in rules], whole_names=True)
    if rule is None:
        for one in body.missing:
            say_line(f"Missing: {one.sentence}")
        names = ("safeguard", "was it there?", "what it saw", "why it let it pass")
        rows = [(one.kind, one.existed.value, one.saw, one.passed) for one in body.safeguards]
        print_table(f"What could have stopped {body.change or 'it'}", names, rows)
    if out is not None:
        say_line(f"Written: {out}")


def _row(one: ReplayedRule, zone: str) -> tuple[str, ...]:
    fires = f"{wall_time(one.fires.latest, zone):%H:%M:%S}" if one.fires is not None else one.reason
    false = "unknown" if one.false_alarms is None else str(one.false_alarms)
    title = "" if one.rule.title == one.rule.name else one.rule.title
    watches = "; ".join(part for part in (title, say(f"detection.rule_{one.rule.kind.value}")) if part)
    return (one.rule.name, watches, fires, _sooner(one), false)


def _sooner(one: ReplayedRule) -> str:
    if one.outcome is not Outcome.FIRED:
        return "never" if one.outcome is Outcome.SILENT else "not known"
    if one.sooner_s is None:
        return "unknown"
    low, high = one.sooner_s
    return f"{between(-high, -low)} later" if high <= 0 else f"{between(low, high)} sooner"
