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
from secondstory.model.policy import DEFAULT_POLICY, AlertWord, Policy, SeverityRule, Sprint
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.settings_file import read_settings, write_settings

_MOST_HOLIDAYS = 400
_MOST_WORDS, _LONGEST_WORD = 40, 60


def read_policy(world: World) -> Policy:
    """The policy that holds; it says nothing of any incident, so whoever was let in may read it.

    Raises BadInput where the file was broken by hand.
    """
    return read_settings(_path(world), Policy, DEFAULT_POLICY)


def keep_policy(actor: Actor, world: World, policy: Policy) -> Policy:
    """Make a policy the one that holds, for every incident."""
    require(actor, Verb.ADMINISTER, None)
    return _write(world, policy)


def with_rule(policy: Policy, rule: SeverityRule) -> Policy:
    """The policy with another rule for one severity."""
    return replace(policy, rules=tuple(rule if one.severity is rule.severity else one for one in policy.rules))


def with_calendar(policy: Policy, summary_hours: int, holidays: tuple[date, ...]) -> Policy:
    """The policy with other hours from meeting to summary, and other days on which nobody is expected to work.

    Raises BadInput.
    """
    if len(holidays) > _MOST_HOLIDAYS:
        raise BadInput(say("policy.too_many_holidays", most=_MOST_HOLIDAYS), say("policy.too_many_holidays_next"))
    try:
        return replace(policy, summary_hours=summary_hours, holidays=tuple(sorted(set(holidays))))
    except ValueError as error:
        raise BadInput(say("policy.unusable", fault=error), say("policy.unusable_next")) from error


def with_sprint(policy: Policy, ends: date | None, weeks: int) -> Policy:
    """The policy with sprints of `weeks`, one of which ends on `ends`; None: there are none. Raises BadInput."""
    try:
        return replace(policy, sprint=Sprint(ends, weeks) if ends is not None else None)
    except ValueError as error:
        raise BadInput(say("policy.unusable", fault=error), say("policy.sprint_next")) from error


def with_words(policy: Policy, severity: Severity, words: tuple[str, ...]) -> Policy:
    """The policy with other words by which alerts call themselves this bad. Raises BadInput on a word of another."""
    fresh = tuple(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
    if len(fresh) > _MOST_WORDS or any(len(word) > _LONGEST_WORD for word in fresh):
        raise BadInput(say("policy.many_words", most=_MOST_WORDS, long=_LONGEST_WORD), say("policy.many_words_next"))
    others = tuple(one for one in policy.alert_words if one.severity is not severity)
    taken = next((one for one in others if one.word in fresh), None)
    if taken is not None:
        told = say("policy.word_taken", word=repr(taken.word), severity=taken.severity.value)
        raise BadInput(told, say("policy.word_taken_next", severity=taken.severity.value))
    mine = tuple(AlertWord(word, severity) for word in fresh)
    return replace(policy, alert_words=tuple(sorted((*others, *mine), key=lambda one: (one.severity, one.word))))


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
