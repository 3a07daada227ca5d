"""Which letters an action asks for now: pure, so that a test can live through a year of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from secondstory.model.action_state import ActionState
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.plan import Ownership, PlannedAction
from secondstory.model.policy import Policy
from secondstory.model.reminder import Reminder, ReminderKind, Sent

FROM_HOUR = 8
"""No reminder is written before this hour of the owner's day."""
_WEEK = 7
WAITING = (ActionState.OPEN, ActionState.IN_PROGRESS, ActionState.IMPLEMENTED, ActionState.INEFFECTIVE)
"""Steps in which somebody still has something to do: done is not proved."""


@dataclass(frozen=True)
class Talk:
    """How often an action was spoken of, taking things back included, so that the number only grows; and when last."""

    changes: int
    last: datetime


def talk_of(key: str, decisions: tuple[Decision, ...]) -> Talk:
    """How often an action was spoken of. The caller gives decisions that were taken back as well."""
    ours = {one.id: one for one in decisions if one.subject == key or one.subject.startswith(f"{key}/")}
    back = [one for one in decisions if one.verb is DecisionVerb.WITHDRAW and one.text in ours]
    said = {one.id: one for one in (*ours.values(), *back)}
    return Talk(len(said), max(one.at for one in said.values()))


def is_waiting(one: PlannedAction) -> bool:
    """True while its owner is to be reminded."""
    return one.progress in WAITING and one.ownership is Ownership.ACCEPTED


def letters_for(
    one: PlannedAction, talk: Talk, sent: tuple[Sent, ...], now: datetime, policy: Policy
) -> Iterator[Reminder]:
    """The letters that are due now; `sent` are those of this action. The caller leaves out whom nothing may reach."""
    yield from _to_verifier(one, sent)
    held = _held(sent)
    for token in sorted(held):
        if token != one.owner or not is_waiting(one):
            if one.progress in (ActionState.VERIFIED, ActionState.EFFECTIVE) and token == one.owner:
                continue  # it was done, and the day may stay in the calendar
            name = f"{ReminderKind.GONE.value}-{talk.changes}-{token}"
            yield Reminder(one.key, token, ReminderKind.GONE, held[token].due, name)
    if not is_waiting(one):
        return
    mine = held.get(one.owner)
    if mine is None or mine.due != one.due:
        name = f"{ReminderKind.ENTRY.value}-{talk.changes}-{one.owner}"
        yield Reminder(one.key, one.owner, ReminderKind.ENTRY, one.due, name)
        return
    local = now.astimezone(ZoneInfo(one.zone))
    is_new = mine.at.astimezone(ZoneInfo(one.zone)).date() == local.date()
    found = None if is_new or local.hour < FROM_HOUR else timed(one.due, local.date(), policy)
    if found is not None:
        yield Reminder(one.key, one.owner, found[0], one.due, found[1])


def _to_verifier(one: PlannedAction, sent: tuple[Sent, ...]) -> Iterator[Reminder]:
    """Once each time that it is implemented, to who said they would look."""
    if one.progress is not ActionState.IMPLEMENTED or one.verifying is not Ownership.ACCEPTED:
        return
    times = sum(step.what == "status" and step.text == ActionState.IMPLEMENTED.value for step in one.history)
    was = any((each.kind, each.to, each.number) == (ReminderKind.VERIFY, one.verifier, times) for each in sent)
    if not was:
        name = f"{ReminderKind.VERIFY.value}-{times}-{one.verifier}"
        yield Reminder(one.key, one.verifier, ReminderKind.VERIFY, one.due, name)


def timed(due: date, today: date, policy: Policy) -> tuple[ReminderKind, str] | None:
    """What a day asks for: (kind, name). On days of rest nobody is written to but on the very day."""
    left = (due - today).days
    if left == 0:
        return ReminderKind.DUE, ReminderKind.DUE.value
    if policy.rests(today) or left > policy.remind_days:
        return None
    if left > 0:
        return ReminderKind.BEFORE, ReminderKind.BEFORE.value
    return ReminderKind.OVERDUE, f"{ReminderKind.OVERDUE.value}-{(-left - 1) // _WEEK + 1}"


def next_day(due: date, today: date, policy: Policy) -> date:
    """The next day on which the owner is reminded as the day comes near, today included."""
    before = due - timedelta(days=policy.remind_days)
    if today > due:
        day = today + timedelta(days=(1 - (today - due).days) % _WEEK)
    else:
        day = before if today <= before else due
    while day != due and policy.rests(day):
        day += timedelta(days=1)
    return day


def _held(sent: tuple[Sent, ...]) -> dict[str, Sent]:
    """Who has an entry of this action in the calendar, and which."""
    held: dict[str, Sent] = {}
    for one in sorted(sent, key=lambda each: (each.number, each.at, each.kind is ReminderKind.GONE)):
        if one.kind is ReminderKind.ENTRY:
            held[one.to] = one
        elif one.kind is ReminderKind.GONE:
            held.pop(one.to, None)
    return held
