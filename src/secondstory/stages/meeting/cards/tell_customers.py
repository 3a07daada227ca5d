"""What do I tell customers, the board, the regulator: facts with times, no cause beyond the evidence."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import next_document
from secondstory.stages.meeting.spoken import impact_words
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    told, window = impact_words(dossier), dossier.impact.window
    if told is None or window is None:
        return ()
    facts = {
        "time": dossier.dial.time(window.start),
        "time_b": dossier.dial.time(window.end),
        "day": dossier.dial.day(window.start),
        "service": " and ".join(dossier.entry_services),
    }
    lines = [Line(LinePart.ANSWER, say("cards.public", impact=told[0], **facts), told[1])]
    ended = dossier.milestone(MilestoneKind.RESOLVED)
    if ended is not None:
        end = say("cards.public_end", end=dossier.dial.time(ended[0].latest))
        lines.append(Line(LinePart.NUMBER, end, ended[1]))
    cause = Line(LinePart.UNKNOWN, say("cards.public_cause_unknown"))
    return (*lines, evidence_line(dossier, tuple(lines)), cause, *next_document(dossier))


EXTENSION = CardKind(
    "tell_customers",
    (
        r"\b(?:tell|say to|inform|write to|answer)\b.*"
        r"\b(?:customers?|clients?|board|regulator|press|public|investors|them|people)\b",
        r"\bwhat do i (?:tell|say)\b",
        r"\bstatement\b",
    ),
    _answer,
    place=10,
    particular=9,
)
