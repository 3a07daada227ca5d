"""Agrees actions, asks who takes them on, moves their dates with a reason, and takes them from open to effective."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secondstory.access import Verb, may, require
from secondstory.model.action_state import ActionState, Refusal, refused
from secondstory.model.actor import Actor
from secondstory.model.codec import encode
from secondstory.model.decision import DecisionVerb
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.plan import PlannedAction
from secondstory.model.plan_said import FOLLOW_UP, ITEM, MOST_ANSWERS, NOBODY, ActionSaid
from secondstory.model.remedy import ActionKind, Area, Strength
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import token_of
from secondstory.usecases.plan import (
    Planned,
    action_named,
    answered_named,
    append,
    plain_words,
    plan_now,
    plan_of,
    today_in,
)

_DECIDED = (ActionState.ACCEPTED_RISK, ActionState.CANCELLED)
"""Steps by which something is not done: for whoever decides, not for the owner alone."""


@dataclass(frozen=True)
class Written:
    """An action as somebody writes it; None leaves what the proposal, or the action before the edit, says."""

    title: str | None = None
    kind: ActionKind | None = None
    area: Area | None = None
    strength: Strength | None = None
    strength_why: str | None = None
    answers: tuple[str, ...] | None = None
    criterion: str | None = None
    team: str | None = None


def add_action(
    actor: Actor, world: World, incident_id: str, written: Written, proposal: str = "", *, ident: str = ""
) -> str:
    """Agree an action, free or from a proposal; due by the severity's policy. Gives its key. Raises BadInput.

    `ident`: the end of its key where whoever sends it names it, so that it is agreed once.
    """
    require(actor, Verb.DECIDE, incident_id)
    now = plan_of(actor, world, incident_id)
    base = _from_proposal(now, proposal) if proposal else _blank(now)
    said = _merged(world, now, base, written)
    key = ITEM + (ident or world.ids.new("action"))
    append(actor, world, incident_id, (key, DecisionVerb.ADD, encode(said, ActionSaid).decode(), ""))
    return key


def edit_action(actor: Actor, world: World, incident_id: str, name: str, written: Written) -> None:
    """Write an action anew; its owner, date and steps stay, and so does what it said before. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    now = plan_of(actor, world, incident_id)
    one = action_named(now.plan, name)
    said = _merged(world, now, _as_said(one), written)
    append(actor, world, incident_id, (one.key, DecisionVerb.ADD, encode(said, ActionSaid).decode(), ""))


def propose_owner(actor: Actor, world: World, incident_id: str, name: str, who: str) -> None:
    """Ask somebody to take an action on; whoever names themselves takes it on by that act.

    Everybody who may contribute may take an action on; to ask another is for whoever decides.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    token = token_of(actor, world, who)
    if token != actor.id:
        require(actor, Verb.DECIDE, incident_id)
    if not token:
        raise BadInput(say("plan.nobody_asked"), say("plan.nobody_asked_next"))
    append(actor, world, incident_id, (f"{one.key}/owner", DecisionVerb.MARK, token, ""))


def ask_no_owner(actor: Actor, world: World, incident_id: str, name: str) -> None:
    """Take an action back from whoever was asked to own it, or took it on. For whoever decides.

    Its reminders end, and the entry leaves their calendar. Raises BadInput where nobody was asked.
    """
    require(actor, Verb.DECIDE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    if not one.owner:
        raise BadInput(say("plan.nobody_asked"), say("plan.nobody_asked_next"))
    append(actor, world, incident_id, (f"{one.key}/owner", DecisionVerb.MARK, NOBODY, ""))


def answer_ownership(actor: Actor, world: World, incident_id: str, name: str, said: tuple[bool, str]) -> None:
    """Take an action on or decline it; `said` is (yes, why). Only for whoever was asked. Raises NotAllowed."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    if not one.owner:
        raise BadInput(say("plan.nobody_asked"), say("plan.nobody_asked_next"))
    if one.owner != actor.id:
        told = say("plan.not_yours", owner=one.owner, you=actor.id)
        raise NotAllowed(told, say("plan.not_yours_next", owner=one.owner))
    (why,) = plain_words(world, "why", said[1])
    verb = DecisionVerb.ACCEPT if said[0] else DecisionVerb.REJECT
    append(actor, world, incident_id, (f"{one.key}/owner", verb, "", why))


def move_due(actor: Actor, world: World, incident_id: str, name: str, said: tuple[date, str]) -> None:
    """Move the date of an action; `said` is (day, why). Raises BadInput without a reason."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    if one.owner != actor.id:
        require(actor, Verb.DECIDE, incident_id)
    day, why = said
    today = today_in(world, get_incident(world, incident_id))
    (why,) = plain_words(world, "why", why)
    if not why:
        raise BadInput(say("plan.no_why"), say("plan.no_why_next"))
    if day < today:
        raise BadInput(say("plan.past", day=day.isoformat()), say("plan.past_next", today=today.isoformat()))
    if day == one.due:
        raise BadInput(say("plan.same_due", day=day.isoformat()), say("plan.same_due_next"))
    append(actor, world, incident_id, (f"{one.key}/due", DecisionVerb.MARK, day.isoformat(), why))


def set_follow_up(actor: Actor, world: World, incident_id: str, said: tuple[date, str]) -> None:
    """Set the day of the follow-up meeting; `said` is (day, why). Raises BadInput on a day that is over."""
    require(actor, Verb.DECIDE, incident_id)
    day, why = said
    today = today_in(world, get_incident(world, incident_id))
    (why,) = plain_words(world, "why", why)
    if day < today:
        raise BadInput(say("plan.past", day=day.isoformat()), say("plan.past_next", today=today.isoformat()))
    append(actor, world, incident_id, (FOLLOW_UP, DecisionVerb.MARK, day.isoformat(), why))


def advance(actor: Actor, world: World, incident_id: str, name: str, said: tuple[ActionState, str]) -> None:
    """Take an action a step on; `said` is (step, what was seen or why). Raises BadInput on a step that may not be."""
    wanted, words = said
    require(actor, Verb.DECIDE if wanted in _DECIDED else Verb.CONTRIBUTE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    (words,) = plain_words(world, "why", words)
    why_not = refused(one.progress, wanted, one.owner, (actor.id, words))
    if why_not is not None:
        raise _refusal(why_not, one, wanted)
    append(actor, world, incident_id, (f"{one.key}/status", DecisionVerb.MARK, wanted.value, words))


def may_judge(actor: Actor, incident_id: str, one: PlannedAction) -> bool:
    """True if the actor may say that an action is verified: not its owner."""
    return may(actor, Verb.CONTRIBUTE, incident_id) and one.owner != actor.id


def _refusal(why_not: Refusal, one: PlannedAction, wanted: ActionState) -> BadInput:
    facts = {
        "now": _plain(one.progress),
        "wanted": _plain(wanted),
        "owner": one.owner,
        "next": ", ".join(_plain(step) for step in one.next),
    }
    return BadInput(say(f"plan.refused_{why_not.value}", **facts), say(f"plan.refused_{why_not.value}_next", **facts))


def _plain(step: ActionState) -> str:
    return step.value.replace("_", " ")


def _blank(now: Planned) -> ActionSaid:
    return ActionSaid("-", ActionKind.PREVENT, Area.TOOLING, Strength.INTERMEDIATE, now.due, now.zone)


def _from_proposal(now: Planned, key: str) -> ActionSaid:
    made = next((one for one in now.plan.actions if one.proposal == key), None)
    if made is not None:
        raise BadInput(say("plan.again", label=made.label), say("plan.again_next"))
    found = next(
        (one for place, one in enumerate(now.proposals, start=1) if key in (one.key, f"P{place}", f"p{place}")), None
    )
    if found is None:
        raise NotFound(say("plan.no_action", name=key), say("plan.no_action_next"))
    by_hypothesis = {one.hypothesis: one.key for one in now.plan.factors if one.hypothesis}
    return ActionSaid(
        title=found.title,
        kind=found.kind,
        area=found.area,
        strength=found.strength,
        due=now.due,
        zone=now.zone,
        answers=tuple(dict.fromkeys(by_hypothesis[key] for key in found.answers if key in by_hypothesis)),
        criterion=found.criterion,
        proposal=found.key,
    )


def _as_said(one: PlannedAction) -> ActionSaid:
    return ActionSaid(
        title=one.title,
        kind=one.kind,
        area=one.area,
        strength=one.strength,
        due=one.due,
        zone=one.zone,
        strength_why=one.strength_why,
        answers=one.answers,
        criterion=one.criterion,
        team=one.team,
        proposal=one.proposal,
    )


def _merged(world: World, now: Planned, base: ActionSaid, written: Written) -> ActionSaid:
    """`base` with what was written in its place. Raises BadInput where that is no action."""
    given = {
        "title": base.title.strip("-") if written.title is None else written.title,
        "strength_why": base.strength_why if written.strength_why is None else written.strength_why,
        "criterion": base.criterion if written.criterion is None else written.criterion,
        "team": base.team if written.team is None else written.team,
    }
    texts = dict(zip(given, plain_words(world, "an action", *given.values()), strict=True))
    answers = base.answers if written.answers is None else answered_named(now.plan, written.answers[:MOST_ANSWERS])
    try:
        return ActionSaid(
            title=texts["title"],
            kind=written.kind or base.kind,
            area=written.area or base.area,
            strength=written.strength or base.strength,
            due=base.due,
            zone=base.zone,
            strength_why=texts["strength_why"],
            answers=answers,
            criterion=texts["criterion"],
            team=texts["team"],
            proposal=base.proposal,
        )
    except ValueError as error:
        raise BadInput(say("plan.unusable", fault=error), say("plan.unusable_next")) from error
