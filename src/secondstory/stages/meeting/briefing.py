"""What a facilitator carries into the room: turning points, contested points, likely moments, whom to ask first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.model.brief import AskFirst, BriefFact, LikelyMoment
from secondstory.model.causes import Verdict
from secondstory.model.meeting_plan import Answer, MeetingPlan
from secondstory.model.question import QuestionKind
from secondstory.model.timeline import EventKind, MilestoneKind
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.questions import questions
from secondstory.stages.meeting.spoken import impact_words, recorded, signal_words
from secondstory.texts import say
from secondstory.texts.durations import duration
from secondstory.texts.measures import measure

MOST_MOMENTS = 6
_MOST_ASKED = 4
_MOST_CONTESTED = 6
_CROWD = 8
_TAKES_ON = re.compile(r"\b(?:my (?:fault|bad|mistake)|i should have|on me)\b", re.IGNORECASE)
_ASKED = (QuestionKind.OBSERVATION, QuestionKind.DECISION, QuestionKind.ASSESSMENT)


def brief_facts(dossier: Dossier) -> tuple[BriefFact, ...]:
    """What it cost, then the turning points in order of time."""
    found = sorted(_turning_points(dossier), key=lambda one: one.time)
    told, window = impact_words(dossier), dossier.impact.window
    if told is None or window is None:
        return tuple(found)
    facts = {"impact": told[0], "service": " and ".join(dossier.entry_services)}
    times = {"time": dossier.dial.time(window.start), "time_b": dossier.dial.time(window.end)}
    return (BriefFact("", say("statement.harm", **facts, **times), told[1]), *found)


def _turning_points(dossier: Dossier) -> Iterator[BriefFact]:
    dial, change, sign = dossier.dial, dossier.change, dossier.first_sign
    title = recorded(change.title) if change is not None else None
    if change is not None and title is not None:
        yield BriefFact(dial.time(change.moment.latest), say("brief.change", change=title), change.evidence_ids)
    if sign is not None:
        facts = {"signal": signal_words(sign)[0], "value": measure(sign.during, sign.unit)}
        yield BriefFact(dial.time(sign.moment.latest), say("brief.sign", **facts), (sign.evidence_id,))
    for kind in (MilestoneKind.DETECTED, MilestoneKind.MITIGATION_BEGAN, MilestoneKind.RESOLVED):
        found = dossier.milestone(kind)
        if found is not None:
            yield BriefFact(dial.time(found[0].latest), say(f"brief.milestone_{kind.value}"), found[1])


def contested(dossier: Dossier, plan: MeetingPlan) -> tuple[str, ...]:
    """What is open, as the agenda says it; then the strongest case against the leading explanation."""
    told = [line for box in plan.boxes for line in box.why[1:] if box.sitting == 1]
    matrix = dossier.causes.matrix
    if matrix is not None and matrix.objection is not None:
        told.append(matrix.objection.question)
    return tuple(dict.fromkeys(told))[:_MOST_CONTESTED]


def likely_moments(dossier: Dossier, plan: MeetingPlan) -> tuple[LikelyMoment, ...]:
    """The hard moments that something on the record makes likely, the most likely first."""
    return tuple(_likely(dossier, plan))[:MOST_MOMENTS]


def _likely(dossier: Dossier, plan: MeetingPlan) -> Iterator[LikelyMoment]:
    said = [f"{one.title} {one.body}" for one in dossier.timeline.events if one.kind is EventKind.CHAT]
    change = dossier.change
    title = recorded(change.title) if change is not None else None
    if change is not None and title is not None:
        if "checklist" in dict(change.attributes):
            yield LikelyMoment("M02", say("brief.likely_checklist", change=title))
        if change.actor:
            yield LikelyMoment("M01", say("brief.likely_name", change=title))
    if any(_TAKES_ON.search(text) for text in said):
        yield LikelyMoment("M22", say("brief.likely_self"))
    began, noticed = dossier.milestone(MilestoneKind.IMPACT_BEGAN), dossier.milestone(MilestoneKind.DETECTED)
    if began is not None and noticed is not None and began[0].latest < noticed[0].earliest:
        late = duration((noticed[0].earliest - began[0].latest).total_seconds())
        yield LikelyMoment("M25", say("brief.likely_late", late=late))
    if dossier.causes.verdict is Verdict.INCONCLUSIVE:
        yield LikelyMoment("M17", say("brief.likely_rivals"))
    if any(one.is_executive for one in plan.invited):
        yield LikelyMoment("M26", say("brief.likely_executive"))
    if any(one.answer is Answer.DECLINED for one in plan.invited):
        yield LikelyMoment("M06", say("brief.likely_absent"))
    if len(plan.invited) > _CROWD:
        yield LikelyMoment("M32", say("brief.likely_silence"))
    yield LikelyMoment("M19", say("brief.likely_always"))
    yield LikelyMoment("M15", say("brief.likely_ending"))


def ask_first(dossier: Dossier, plan: MeetingPlan) -> tuple[AskFirst, ...]:
    """A question to each witness who is to come, by what they had in view; whoever made the change is not the first."""
    changer = dossier.change.actor if dossier.change is not None else ""
    away = {one.token for one in plan.attendees if not one.is_in or one.answer is Answer.DECLINED}
    found: dict[str, AskFirst] = {}
    for asked in questions(dossier):
        for question in asked.questions:
            if question.role and question.role not in away and question.kind in _ASKED:
                found.setdefault(question.role, AskFirst(question.role, question.text, question.lacks))
    ordered = sorted(found.values(), key=lambda one: one.role == changer)
    return tuple(ordered)[:_MOST_ASKED]
