"""Are we safe tonight: what is in place, what it does not cover, and what tells us to act."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier, alert_name
from secondstory.stages.meeting.pieces import next_document
from secondstory.stages.meeting.spoken import recorded
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    remedy, ended = dossier.remedy, dossier.milestone(MilestoneKind.RESOLVED)
    change = recorded(remedy.title) if remedy is not None else None
    if remedy is None or ended is None or change is None:
        return ()
    facts = {"time": dossier.dial.time(remedy.moment.latest), "end": dossier.dial.time(ended[0].latest)}
    lines = [Line(LinePart.ANSWER, say("cards.reversed", change=change, **facts), (*remedy.evidence_ids, *ended[1]))]
    if dossier.alerts:
        alert = dossier.alerts[0]
        lines.append(Line(LinePart.NUMBER, say("cards.watch", alert=alert_name(alert)), alert.evidence_ids))
    lines.append(Line(LinePart.CONFIDENCE, say("cards.no_estimate")))
    lines.append(evidence_line(dossier, tuple(lines)))
    return (*lines, Line(LinePart.UNKNOWN, say("cards.uncovered")), *next_document(dossier))


EXTENSION = CardKind(
    "safe_tonight",
    (
        r"\b(?:are|is) (?:we|it|this|the \w+) (?:\w+ )?(?:safe|fixed|stable|ok|okay|protected|under control)\b",
        r"\bsafe (?:tonight|now|to trade|this weekend)\b",
        r"\bwhat protects us\b",
        r"\bcan (?:i|we) (?:sleep|trade|sell)\b",
        r"\btonight\b.*\?",
    ),
    _answer,
    place=2,
    particular=2,
)
