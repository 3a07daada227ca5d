"""Reminds the owners of actions by mail, for as long as there is something to do, whatever became of the incident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.counted import folded
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.incident import Incident
from secondstory.model.plan import Ownership, PlannedAction
from secondstory.model.policy import Policy
from secondstory.model.reminder import CalendarEntry, Reach, Reminder, Sent, letter_key, read_key
from secondstory.ports import World
from secondstory.stages.actions.calendar import follow_up_entry
from secondstory.stages.actions.items import fold_follow_up, fold_items
from secondstory.stages.actions.reminding import WAITING, Talk, is_waiting, letters_for, next_day, talk_of
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.plan import offered_follow_up, readers_of
from secondstory.usecases.policy import read_policy
from secondstory.usecases.reminder_letter import written

EVERY = timedelta(minutes=10)
"""How often a server reckons: a reminder is of a day, and reading every ledger is not free."""


@dataclass(frozen=True)
class Reminded:
    """How an action's owner is reminded. `next` None: nobody is."""

    incident: str
    action: str  # key
    label: str
    title: str
    owner: str
    due: date
    reach: Reach
    next: date | None
    last: datetime | None  # when the last letter was written


@dataclass(frozen=True)
class _Asked:
    """An incident with all that its letters are reckoned from."""

    incident: Incident
    decisions: tuple[Decision, ...]
    actions: tuple[PlannedAction, ...]
    readers: frozenset[str]
    follow_up: CalendarEntry | None


def reminders(actor: Actor, world: World, incident_id: str | None) -> tuple[Reminded, ...]:
    """How each action that waits is followed up: those of an incident, or of all (None)."""
    require(actor, Verb.ADMINISTER if incident_id is None else Verb.DECIDE, incident_id)
    policy, now = read_policy(world), world.clock.now()
    known = frozenset(world.addresses.known())
    found: list[Reminded] = []
    for incident in _incidents(actor, world, incident_id):
        asked = _asked(world, incident)
        sent = _sent(world, incident.id)
        for one in asked.actions:
            reach = reach_of(one, asked.readers, known)
            if reach is Reach.DONE:
                continue
            today = now.astimezone(ZoneInfo(one.zone)).date()
            day = next_day(one.due, today, policy) if reach is Reach.MAIL else None
            last = max((each.at for each in sent if each.action == one.key), default=None)
            told = incident.id, one.key, one.label, one.title, one.owner, one.due
            found.append(Reminded(*told, reach, day, last))
    return tuple(sorted(found, key=lambda each: (each.due, each.incident, each.label)))


def remind(actor: Actor, world: World) -> int:
    """Write the letters that are due now, each once, whatever happens; gives how many are new.

    Only who may read the incident now, and has an address, is written to.
    """
    require(actor, Verb.ADMINISTER, None)
    policy, now = read_policy(world), world.clock.now()
    known = frozenset(world.addresses.known())
    count = 0
    for incident in _incidents(actor, world, None):
        asked = _asked(world, incident)
        for one, talk, reminder in _due(world, asked, now, policy):
            if reminder.to not in known or reminder.to not in asked.readers:
                continue
            why = reminder, letter_key(incident.id, reminder), asked.follow_up
            letter = written(world, incident, (one, talk), why)
            count += world.outbox.put(letter, now)
    return count


def reach_of(one: PlannedAction, readers: frozenset[str], known: frozenset[str]) -> Reach:
    """Whether the owner of an action can be reminded."""
    if is_waiting(one):
        if one.owner not in readers:
            return Reach.NO_PART
        return Reach.MAIL if one.owner in known else Reach.NO_ADDRESS
    return Reach.NOBODY if one.progress in WAITING else Reach.DONE


def _incidents(actor: Actor, world: World, incident_id: str | None) -> tuple[Incident, ...]:
    return world.incidents.visible_to(actor) if incident_id is None else (get_incident(world, incident_id),)


def _asked(world: World, incident: Incident) -> _Asked:
    decisions = folded("plan", world.ledger.decisions(incident.id))
    actions, _ = fold_items(decisions)
    if not decisions:
        return _Asked(incident, (), (), frozenset(), None)
    readers = readers_of(world, incident.id)
    return _Asked(incident, decisions, actions, readers, _follow_up(world, incident.id, decisions, actions))


def _follow_up(
    world: World, incident_id: str, decisions: tuple[Decision, ...], actions: tuple[PlannedAction, ...]
) -> CalendarEntry | None:
    found = fold_follow_up(decisions)[0] or offered_follow_up(actions, read_policy(world))
    talk = Talk(len(decisions), decisions[-1].at)
    return follow_up_entry(incident_id, found.day, talk) if found is not None else None


def _due(world: World, asked: _Asked, now: datetime, policy: Policy) -> Iterator[tuple[PlannedAction, Talk, Reminder]]:
    """Each letter with its action. One that was taken back altogether is read as it was, for its entries must go."""
    if not asked.decisions:
        return
    sent = _sent(world, asked.incident.id)
    everything, _ = fold_items(tuple(one for one in asked.decisions if one.verb is not DecisionVerb.WITHDRAW))
    here = {one.key: one for one in asked.actions}
    for was in everything:
        one = here.get(was.key) or replace(was, owner="", ownership=Ownership.NONE)
        talk = talk_of(one.key, asked.decisions)
        ours = tuple(each for each in sent if each.action == one.key)
        for reminder in letters_for(one, talk, ours, now, policy):
            yield one, talk, reminder


def _sent(world: World, incident_id: str) -> tuple[Sent, ...]:
    found = (read_key(one.key, incident_id, (one.to, one.queued_at)) for one in world.outbox.posted(incident_id))
    return tuple(one for one in found if one is not None)
