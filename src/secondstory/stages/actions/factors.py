"""Folds what people said of factors, of what one did to another, and of what went badly, well or by luck."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.causes import CausesBody, Hypothesis, Part, Standing
from secondstory.model.decision import Decision, DecisionVerb, standing
from secondstory.model.plan import Factor, Lesson, LessonKind, Link
from secondstory.model.plan_said import FACTOR, LESSON, LINK, FactorSaid, LessonSaid, LinkSaid, factor_of, read_said
from secondstory.texts import say

_ORDER = (Part.INITIATING, Part.TRIGGER, Part.AMPLIFYING, Part.HID_IT, Part.SLOWED_RECOVERY)
_LESSONS = (LessonKind.BADLY, LessonKind.LUCKY, LessonKind.WELL)
_MOST_EVIDENCE = 6


def fold_factors(causes: CausesBody, decisions: tuple[Decision, ...]) -> tuple[tuple[Factor, ...], set[str]]:
    """Accepted hypotheses and factors of people's own, the initiating first, and the decisions that say nothing.

    What was said of an accepted hypothesis as a factor takes the place of its own part and words; what was said of one
    that is no longer accepted waits.
    """
    held = {subject: one for subject, one in standing(decisions).items() if _is_factor(subject)}
    accepted = [one for one in causes.hypotheses if one.standing is Standing.ACCEPTED]
    found = [_of_hypothesis(one, held.pop(factor_of(one.key), None)) for one in accepted]
    own, unread = [], set()
    for subject, decision in sorted(held.items(), key=lambda pair: (pair[1].at, pair[1].id)):
        said = read_said(decision, FactorSaid) if decision.verb is DecisionVerb.ADD else None
        if said is not None and not said.hypothesis:
            own.append(_factor(subject, said, (decision.id,)))
        elif decision.verb is not DecisionVerb.REJECT:
            unread.add(decision.id)
    ordered = sorted((one for one in (*found, *own) if one is not None), key=lambda one: _ORDER.index(one.part))
    return tuple(replace(one, label=f"F{place}") for place, one in enumerate(ordered, start=1)), unread


def fold_links(factors: tuple[Factor, ...], decisions: tuple[Decision, ...]) -> tuple[tuple[Link, ...], set[str]]:
    """What one factor did to another, in the order of the factors, and the decisions that speak of factors gone."""
    place = {one.key: number for number, one in enumerate(factors)}
    links, unread = [], set()
    for subject, decision in standing(decisions).items():
        if not subject.startswith(LINK) or decision.verb is DecisionVerb.REJECT:
            continue
        said = read_said(decision, LinkSaid)
        if said is None or not {said.source, said.target} <= set(place):
            unread.add(decision.id)
        else:
            links.append(Link(subject, said.source, said.target, said.kind, said.words, (decision.id,)))
    return tuple(sorted(links, key=lambda one: (place[one.source], place[one.target], one.key))), unread


def fold_lessons(decisions: tuple[Decision, ...]) -> tuple[tuple[Lesson, ...], set[str]]:
    """What went badly, by luck and well, each in the order in which it was said."""
    lessons, unread = [], set()
    for subject, decision in sorted(standing(decisions).items(), key=lambda pair: (pair[1].at, pair[1].id)):
        if not subject.startswith(LESSON) or decision.verb is DecisionVerb.REJECT:
            continue
        said = read_said(decision, LessonSaid)
        if said is None:
            unread.add(decision.id)
        else:
            lessons.append(Lesson(subject, "", said.kind, said.words, said.evidence_ids, (decision.id,)))
    ordered = sorted(lessons, key=lambda one: _LESSONS.index(one.kind))
    return tuple(replace(one, label=f"L{place}") for place, one in enumerate(ordered, start=1)), unread


def _is_factor(subject: str) -> bool:
    return subject.startswith(FACTOR) and not subject.startswith(LINK)


def _of_hypothesis(hypothesis: Hypothesis, decision: Decision | None) -> Factor | None:
    if decision is not None and decision.verb is DecisionVerb.REJECT:
        return None
    ids = tuple(dict.fromkeys(one for argument in hypothesis.arguments_for for one in argument.evidence_ids))
    said = read_said(decision, FactorSaid) if decision is not None else None
    if decision is None or said is None:
        said = FactorSaid(_words(hypothesis), hypothesis.part, hypothesis.key)
        return _factor(factor_of(hypothesis.key), replace(said, evidence_ids=ids[:_MOST_EVIDENCE]), ())
    cited = said.evidence_ids or ids[:_MOST_EVIDENCE]
    return _factor(decision.subject, replace(said, evidence_ids=cited, hypothesis=hypothesis.key), (decision.id,))


def _factor(key: str, said: FactorSaid, decision_ids: tuple[str, ...]) -> Factor:
    return Factor(key, "", said.words, said.part, said.hypothesis, said.evidence_ids, decision_ids)


def _words(hypothesis: Hypothesis) -> str:
    if hypothesis.words:
        return hypothesis.words
    if hypothesis.part is Part.TRIGGER:
        told = say("report.explains_trigger", change=f"“{hypothesis.indicator}”", service=hypothesis.service)
    else:
        told = say(f"report.explains_{hypothesis.mechanism.value}", service=hypothesis.service)
    return told[:1].upper() + told[1:]
