"""Why wasn't this caught earlier: what fired when, what would have fired on the recorded data, and at what cost."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.model.detection import ReplayedRule
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier, alert_name
from secondstory.stages.meeting.pieces import next_document
from secondstory.stages.meeting.spoken import recorded
from secondstory.texts import say
from secondstory.texts.durations import between, duration


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    rule = dossier.best_rule
    if rule is None or rule.fires is None or dossier.impact.window is None:
        return ()
    watch = recorded(rule.rule.short) or rule.rule.name
    when = dossier.dial.time(rule.fires.latest)
    replayed = say("cards.replayed", watch=watch, time=when, sooner=_sooner(rule))
    lines = (*_fired(dossier), Line(LinePart.ANSWER, replayed, rule.evidence_ids), *_falsely(dossier, rule))
    return (*lines, evidence_line(dossier, lines), *_not_known(rule), *next_document(dossier))


def _fired(dossier: Dossier) -> tuple[Line, ...]:
    began = dossier.milestone(MilestoneKind.IMPACT_BEGAN)
    if not dossier.alerts:
        return ()
    alert = dossier.alerts[0]
    facts = {"alert": alert_name(alert), "time": dossier.dial.time(alert.moment.latest)}
    if began is None or alert.moment.earliest < began[0].latest:
        return (Line(LinePart.ANSWER, say("cards.alert_fired_plain", **facts), alert.evidence_ids),)
    low = (alert.moment.earliest - began[0].latest).total_seconds()
    high = (alert.moment.latest - began[0].earliest).total_seconds()
    told = say("cards.alert_fired", late=between(low, high), **facts)
    return (Line(LinePart.ANSWER, told, (*alert.evidence_ids, *began[1])),)


def _sooner(rule: ReplayedRule) -> str:
    if rule.sooner_s is None:
        return say("cards.unnoticed")
    low, high = rule.sooner_s
    if high <= 0:
        return say("cards.later", later=between(-high, -low))
    return say("cards.sooner", sooner=between(low, high))


def _falsely(dossier: Dossier, rule: ReplayedRule) -> tuple[Line, ...]:
    length_s = dossier.detection.fault_free_s if dossier.detection is not None else 0.0
    if rule.false_alarms is None or not length_s:
        return ()
    key = "cards.false_some" if rule.false_alarms else "cards.false_none"
    told = say(key, count=rule.false_alarms, length=duration(length_s))
    return (Line(LinePart.ANSWER, told, rule.evidence_ids),)  # without its false alarms an alert is half an answer


def _not_known(rule: ReplayedRule) -> tuple[Line, ...]:
    what = say("cards.false_unknown" if rule.false_alarms is None else "cards.usual_day")
    return (Line(LinePart.UNKNOWN, say("cards.not_known", what=what)),)


EXTENSION = CardKind(
    "caught_earlier",
    (
        r"\b(?:caught|catch|notice[d]?|detect(?:ed)?|see[n]?|spot(?:ted)?|know[n]?|alert(?:ed)?|find|found)\b.*"
        r"\b(?:earlier|sooner|before|in time|coming|faster)\b",
        r"\bwhy (?:didn't|did not|did no) \w+ (?:alert|alarm|notice|know|fire|page)\b",
        r"\bhow did (?:we|you) (?:find out|notice|learn)\b",
        r"\bwhy (?:was there|were there|is there) no alert\b",
    ),
    _answer,
    place=3,
    particular=10,
)
