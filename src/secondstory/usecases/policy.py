"""Reads and changes the organisation's policy: a file in the data directory that any editor may open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput
from secondstory.model.incident import Severity
from secondstory.model.policy import DEFAULT_POLICY, Policy, SeverityRule
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.settings_file import read_settings, write_settings

_MOST_HOLIDAYS = 400


def read_policy(world: World) -> Policy:
    """The policy that holds; it says nothing of any incident, so whoever was let in may read it.

    Raises BadInput where the file was broken by hand.
    """
    return read_settings(_path(world), Policy, DEFAULT_POLICY)


def change_rule(actor: Actor, world: World, rule: SeverityRule) -> Policy:
    """Replace the rule of one severity."""
    require(actor, Verb.ADMINISTER, None)
    policy = read_policy(world)
    rules = tuple(rule if one.severity is rule.severity else one for one in policy.rules)
    return _write(world, replace(policy, rules=rules))


def change_calendar(actor: Actor, world: World, summary_hours: int, holidays: tuple[date, ...]) -> Policy:
    """Set the hours from meeting to summary, and the days on which nobody is expected to work. Raises BadInput."""
    require(actor, Verb.ADMINISTER, None)
    if len(holidays) > _MOST_HOLIDAYS:
        raise BadInput(say("policy.too_many_holidays", most=_MOST_HOLIDAYS), say("policy.too_many_holidays_next"))
    try:
        changed = replace(read_policy(world), summary_hours=summary_hours, holidays=tuple(sorted(set(holidays))))
    except ValueError as error:
        raise BadInput(say("policy.unusable", fault=error), say("policy.unusable_next")) from error
    return _write(world, changed)


def change_reminders(actor: Actor, world: World, before: int | None, follow_up: int | None) -> Policy:
    """Set the days before an action is due, and from the last to the follow-up meeting; None stays. Raises BadInput."""
    require(actor, Verb.ADMINISTER, None)
    held = read_policy(world)
    days = held.remind_days if before is None else before, held.follow_up_days if follow_up is None else follow_up
    try:
        changed = replace(held, remind_days=days[0], follow_up_days=days[1])
    except ValueError as error:
        raise BadInput(say("policy.unusable", fault=error), say("policy.unusable_next")) from error
    return _write(world, changed)


def rule_from(policy: Policy, severity: Severity, said: dict[str, Any]) -> SeverityRule:
    """The rule of a severity with what was said in place of what held. Raises BadInput on a number out of range."""
    try:
        return replace(policy.of(severity), **{name: value for name, value in said.items() if value is not None})
    except ValueError as error:
        raise BadInput(say("policy.unusable", fault=error), say("policy.unusable_next")) from error


def _path(world: World) -> Path:
    return world.data_dir / "policy.json"


def _write(world: World, policy: Policy) -> Policy:
    write_settings(_path(world), policy)
    return policy
