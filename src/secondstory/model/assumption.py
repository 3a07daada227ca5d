"""Who had which role in an incident, from when to when: assumptions, folded from what was said of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

import orjson

from secondstory.model.decision import Decision
from secondstory.model.window import format_time, parse_time


class IncidentRole(StrEnum):
    """What a person does in an incident or in its review. It gives no rights; those come with the membership."""

    COMMANDER = "commander"
    SCRIBE = "scribe"
    COMMUNICATIONS = "communications"
    EXPERT = "expert"
    REPORTER = "reporter"
    FACILITATOR = "facilitator"  # leads the review afterwards


SHARED = (IncidentRole.EXPERT, IncidentRole.REPORTER)
"""Roles that several people have at a time; any other passes from one to the next."""


@dataclass(frozen=True)
class Spell:
    """What a decision on a role says: who, from when, and until when where it is over."""

    who: str
    since: datetime
    until: datetime | None = None

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise ValueError("a role needs somebody who has it")
        if self.until is not None and self.until < self.since:
            raise ValueError("a role cannot end before it began")


@dataclass(frozen=True)
class Assumed:
    """Somebody's time in a role; `until` None = still. `note` is what was handed over, `decision` what says so."""

    role: IncidentRole
    who: str
    since: datetime
    until: datetime | None
    note: str
    decision: str


def spell_text(spell: Spell) -> str:
    """A spell as the text of a decision."""
    until = format_time(spell.until) if spell.until is not None else None
    return orjson.dumps({"who": spell.who, "since": format_time(spell.since), "until": until}).decode()


def read_spell(text: str) -> Spell | None:
    """A spell from the text of a decision; None where it holds none."""
    try:
        told = orjson.loads(text)
        until = parse_time(told["until"]) if told["until"] is not None else None
        return Spell(told["who"], parse_time(told["since"]), until)
    except (ValueError, TypeError, KeyError):
        return None


def assumed_roles(decisions: tuple[Decision, ...]) -> tuple[Assumed, ...]:
    """All assumptions in order of time. Who takes a role that passes on ends the time of whoever had it."""
    spells: dict[tuple[IncidentRole, str, datetime], Assumed] = {}
    for one in decisions:
        name, spell = one.subject.rpartition("/")[2], read_spell(one.text)
        if name not in tuple(IncidentRole) or spell is None:
            continue
        role = IncidentRole(name)
        spells[(role, spell.who, spell.since)] = Assumed(role, spell.who, spell.since, spell.until, one.why, one.id)
    found: list[Assumed] = []
    for role in IncidentRole:
        held = sorted((one for one in spells.values() if one.role is role), key=lambda one: (one.since, one.decision))
        found += held if role in SHARED else _passed_on(held)
    return tuple(sorted(found, key=lambda one: (one.since, one.role, one.decision)))


def _passed_on(held: list[Assumed]) -> list[Assumed]:
    """Each ends when the next begins, or earlier where somebody said so."""
    ended = []
    for one, after in zip_longest(held, held[1:]):
        ends = [time for time in (one.until, after.since if after is not None else None) if time is not None]
        ended.append(replace(one, until=min(ends, default=None)))
    return ended
