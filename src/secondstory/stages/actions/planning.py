"""The plan as people agreed on it, and what it should not be left with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from secondstory.blameless.vague import vague_in
from secondstory.model.action_state import ABANDONED, AT_WORK, ActionState
from secondstory.model.causes import CausesBody
from secondstory.model.decision import Decision
from secondstory.model.plan import Factor, Lesson, LessonKind, Ownership, Plan, PlannedAction, Warned
from secondstory.model.remedy import Strength
from secondstory.stages.actions.factors import fold_factors, fold_lessons, fold_links
from secondstory.stages.actions.items import fold_follow_up, fold_items, fold_risks
from secondstory.texts import say

MOST_SHARE = 0.6
"""More of the actions on one team is warned about: what came of many causes is not one team's to mend."""
_LEAST_ACTIONS = 3


def fold_plan(causes: CausesBody, decisions: tuple[Decision, ...]) -> Plan:
    """The plan from the causes, whose accepted hypotheses are factors, and all that people said."""
    factors, lost = fold_factors(causes, decisions)
    links, unlinked = fold_links(factors, decisions)
    lessons, untold = fold_lessons(decisions)
    actions, untaken = fold_items(decisions)
    risks, unapproved = fold_risks(decisions)
    follow_up, unset = fold_follow_up(decisions)
    unread = lost | unlinked | untold | untaken | unapproved | unset
    return Plan(factors, links, lessons, actions, risks, tuple(sorted(unread)), follow_up)


def unanswered(plan: Plan, today: date | None) -> tuple[Factor | Lesson, ...]:
    """Factors, and what went badly or by luck, without a living action or an accepted risk.

    A risk that has expired answers nothing; `today` None takes every risk as it was approved.
    """
    living = [one for one in plan.actions if one.progress not in (*ABANDONED, ActionState.ACCEPTED_RISK)]
    answered = {key for one in living for key in one.answers}
    answered |= {key for risk in plan.risks if today is None or risk.expires >= today for key in risk.answers}
    asking: list[Factor | Lesson] = [*plan.factors]
    asking += [one for one in plan.lessons if one.kind is not LessonKind.WELL]
    return tuple(one for one in asking if one.key not in answered)


def warnings(plan: Plan, today: date | None) -> tuple[Warned, ...]:
    """What the plan lacks, then what is weak in it; of nothing agreed nothing is said."""
    return (*_open(plan, today), *_unfit(plan, today), *_shares(plan), *_weak(plan))


def _open(plan: Plan, today: date | None) -> Iterator[Warned]:
    for one in unanswered(plan, today):
        told = say("plan.unanswered", what=one.words)
        yield Warned("closure", one.key, one.label, told, say("plan.unanswered_try"), is_closure=True)
    for risk in plan.risks:
        if today is not None and risk.expires < today:
            told = say("plan.expired", label=risk.label, day=risk.expires.isoformat())
            yield Warned("expired risk", risk.key, risk.label, told, say("plan.expired_try"), is_closure=True)


def _unfit(plan: Plan, today: date | None) -> Iterator[Warned]:
    for one in _living(plan):
        if one.ownership is not Ownership.ACCEPTED:
            told = say(f"plan.owner_{one.ownership.value}", owner=one.owner)
            yield Warned("owner", one.key, one.label, told, say("plan.owner_try"), is_closure=True)
        if one.verifying in (Ownership.PROPOSED, Ownership.DECLINED):
            told = say(f"plan.verifier_{one.verifying.value}", verifier=one.verifier)
            yield Warned("verifier", one.key, one.label, told, say("plan.verifier_try"), is_closure=False)
        if not one.criterion.strip():
            told = say("plan.no_criterion")
            yield Warned("criterion", one.key, one.label, told, say("plan.no_criterion_try"), is_closure=True)
        if not one.answers:
            yield Warned("answers", one.key, one.label, say("plan.idle"), say("plan.idle_try"), is_closure=False)
        if today is not None and one.progress in AT_WORK and one.due < today:
            told = say("plan.overdue", day=one.due.isoformat())
            yield Warned("overdue", one.key, one.label, told, say("plan.overdue_try"), is_closure=False)
        for found in vague_in(one.title):
            told = say("plan.vague", words=found.words)
            yield Warned("vague", one.key, one.label, told, found.suggestion, is_closure=False)


def _shares(plan: Plan) -> Iterator[Warned]:
    living = _living(plan)
    carried = Counter(one.team or one.owner for one in living if one.team or one.owner)
    if len(living) < _LEAST_ACTIONS or not carried:
        return
    name, count = carried.most_common(1)[0]
    if count > MOST_SHARE * len(living):
        told = say("plan.one_team", team=name, count=count, total=len(living))
        yield Warned("one team", "", "", told, say("plan.one_team_try"), is_closure=False)


def _weak(plan: Plan) -> Iterator[Warned]:
    living = _living(plan)
    if living and all(one.strength is Strength.WEAKER for one in living):
        yield Warned("strength", "", "", say("plan.all_weak"), say("plan.all_weak_try"), is_closure=False)


def _living(plan: Plan) -> tuple[PlannedAction, ...]:
    """Actions that are still to be done or were done."""
    gone = (ActionState.CANCELLED, ActionState.ACCEPTED_RISK)
    return tuple(one for one in plan.actions if one.progress not in gone)
