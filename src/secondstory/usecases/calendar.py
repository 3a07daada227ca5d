"""A plan as a calendar file: one action, or each day on which something is due, and the follow-up meeting."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.action_state import ActionState
from secondstory.model.actor import Actor
from secondstory.model.counted import folded
from secondstory.model.plan import PlannedAction
from secondstory.model.reminder import CalendarEntry
from secondstory.ports import World
from secondstory.stages.actions.calendar import calendar_file, entry_of, follow_up_entry
from secondstory.stages.actions.reminding import Talk, talk_of
from secondstory.usecases.plan import action_named, plan_of
from secondstory.usecases.reminder_letter import NOBODY

_GONE = (ActionState.CANCELLED, ActionState.ACCEPTED_RISK)


def action_calendar(actor: Actor, world: World, incident_id: str, name: str) -> bytes:
    """The entry of one action. Raises NotFound."""
    require(actor, Verb.EXPORT, incident_id)
    one = action_named(plan_of(actor, world, incident_id).plan, name)
    return calendar_file((_entry(world, incident_id, one),), world.sender or NOBODY)


def plan_calendar(actor: Actor, world: World, incident_id: str) -> bytes:
    """Every action of the plan and the follow-up meeting; what was called off says so, so that a calendar drops it."""
    require(actor, Verb.EXPORT, incident_id)
    planned = plan_of(actor, world, incident_id)
    entries = [_entry(world, incident_id, one) for one in planned.plan.actions]
    if planned.follow_up is not None:
        said = folded("plan", world.ledger.decisions(incident_id))
        entries.append(follow_up_entry(incident_id, planned.follow_up.day, Talk(len(said), said[-1].at)))
    return calendar_file(tuple(entries), world.sender or NOBODY)


def _entry(world: World, incident_id: str, one: PlannedAction) -> CalendarEntry:
    talk = talk_of(one.key, folded("plan", world.ledger.decisions(incident_id)))
    return entry_of(incident_id, one, talk, is_gone=one.progress in _GONE)
