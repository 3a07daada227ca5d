"""`secondstory policy`: what each severity asks of the post-mortem."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import typer

from secondstory.cli.running import Change, do
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.incident import Severity
from secondstory.model.policy import Policy
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases import policy as use
from secondstory.usecases.policy_effect import effect_of

APP = typer.Typer(help="What each severity asks of the post-mortem: meeting, document, actions.", no_args_is_help=True)
_JSON = typer.Option(False, "--json", help="Print the policy as JSON.")
_TRIED = typer.Option(False, "--preview", help="Only say what would change.")


@APP.command("show")
def show(as_json: bool = _JSON) -> None:
    """Show the policy that holds."""
    with opened() as world:
        _print(use.read_policy(world), as_json)


@APP.command("set")
def set_(
    severity: Severity = typer.Argument(help="The severity whose rule changes."),
    qualifies: str = typer.Option(None, "--qualifies", help="Which incidents are so bad, in words."),
    document: bool = typer.Option(None, "--document/--no-document", help="Whether a post-mortem is asked for."),
    meeting_days: int = typer.Option(None, "--meeting", help="Working days from the resolution to the meeting."),
    publish_days: int = typer.Option(None, "--publish", help="Working days from the meeting to the publication."),
    action_days: int = typer.Option(None, "--actions", help="Days within which an action is due."),
) -> None:
    """Change the rule of one severity; what is left out stays."""
    said: dict[str, object] = {
        "qualifies": qualifies,
        "document": document,
        "meeting_days": meeting_days,
        "publish_days": publish_days,
        "action_days": action_days,
    }
    with opened() as world:
        policy = use.read_policy(world)
        asked = Change("PUT", f"/policy/{severity}", {name: value for name, value in said.items() if value is not None})
        _change(world, use.with_rule(policy, use.rule_from(policy, severity, said)), asked, tried=False)


@APP.command("alerts")
def alerts(
    severity: Severity = typer.Argument(help="The severity."),
    words: str = typer.Argument(help="What alerts of this severity call themselves, separated by commas."),
    tried: bool = _TRIED,
) -> None:
    """Say which words of an alert mean which severity."""
    with opened() as world:
        told = words.split(",")
        asked = Change("PUT", f"/policy/{severity}", {"alert_words": told})
        _change(world, use.with_words(use.read_policy(world), severity, tuple(told)), asked, tried=tried)


@APP.command("calendar")
def calendar(
    summary_hours: int = typer.Option(24, "--summary-hours", help="Hours from the end of the meeting to the summary."),
    holidays: str = typer.Option("", "--holidays", help="Days of rest, separated by commas: 2026-12-25,2027-01-01."),
    tried: bool = _TRIED,
) -> None:
    """Set the hours to the summary, and the days on which nobody is expected to work."""
    with opened() as world:
        days = tuple(_day(part.strip()) for part in holidays.split(",") if part.strip())
        asked = Change("PUT", "/policy/calendar", {"summary_hours": summary_hours, "holidays": days})
        _change(world, use.with_calendar(use.read_policy(world), summary_hours, days), asked, tried=tried)


@APP.command("sprint")
def sprint(
    ends: str = typer.Option("", "--ends", help="A day on which one ends, such as 2026-12-04."),
    weeks: int = typer.Option(2, "--weeks", help="How many weeks one takes."),
    none: bool = typer.Option(False, "--none", help="There are no sprints."),
) -> None:
    """Say when sprints end, so that “end of the sprint” is read to a day in a meeting."""
    if bool(ends) == none:
        raise BadInput(say("policy.sprint_what"), say("policy.sprint_what_next"))
    with opened() as world:
        day = None if none else _day(ends)
        changed = use.with_sprint(use.read_policy(world), day, weeks)
        asked = Change("PUT", "/policy/sprint", {"ends": day, "weeks": weeks})
        _change(world, changed, asked, tried=False)


def _change(world: World, changed: Policy, asked: Change, *, tried: bool) -> None:
    effect = effect_of(LOCAL_OWNER, world, changed)
    if not tried:
        do(asked, lambda: use.keep_policy(LOCAL_OWNER, world, changed))
    _print(changed, False)
    told = [(name, count) for name, count in asdict(effect).items() if count]
    for name, count in told:
        say_line(say(f"policy.effect_{name}", count=count))
    if not told:
        say_line(say("policy.effect_none"))
    if tried:
        say_line(say("policy.not_kept"))


@APP.command("reminders")
def reminders(
    before: int = typer.Option(None, "--before", help="Days before an action is due on which its owner is reminded."),
    follow_up: int = typer.Option(None, "--follow-up", help="Days from the last action to the follow-up meeting."),
) -> None:
    """Set when owners are reminded, and how long after the last action the plan is looked at together."""
    with opened() as world:
        _print(use.change_reminders(LOCAL_OWNER, world, before, follow_up), False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(say("policy.no_date", text=repr(text)), say("policy.no_date_next")) from error


def _print(policy: Policy, as_json: bool) -> None:
    if as_json:
        print_json(policy)
        return
    names = ("severity", "qualifies", "document", "meeting", "publish", "action", "words")
    rows = [
        (
            rule.severity.value,
            rule.qualifies,
            say("policy.asked" if rule.document else "policy.not_asked"),
            say("policy.working_days", days=rule.meeting_days),
            say("policy.working_days", days=rule.publish_days),
            say("policy.days", days=rule.action_days),
            ", ".join(one.word for one in policy.alert_words if one.severity is rule.severity),
        )
        for rule in policy.rules
    ]
    print_table(say("policy.caption"), tuple(say(f"policy.column_{name}") for name in names), rows, whole_names=True)
    holidays = "".join(f", {day:%Y-%m-%d}" for day in policy.holidays)
    say_line(say("policy.calendar", hours=policy.summary_hours, holidays=holidays))
    if policy.sprint is None:
        say_line(say("policy.no_sprint"))
    else:
        say_line(say("policy.sprint", weeks=policy.sprint.weeks, ends=policy.sprint.ends.isoformat()))
    say_line(say("policy.reminders", before=policy.remind_days, follow_up=policy.follow_up_days))
