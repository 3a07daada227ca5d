"""What do you need from me: one decision, with what waiting for it costs."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import first_repair, next_document
from secondstory.stages.meeting.spoken import impact_words
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    repair, cost = first_repair(dossier), impact_words(dossier)
    if repair is None or cost is None:
        return ()
    lines = (
        Line(LinePart.ANSWER, say("cards.ask", action=repair[0]), repair[1]),
        Line(LinePart.NUMBER, say("cards.ask_cost", impact=cost[0]), cost[1]),
    )
    unknown = Line(LinePart.UNKNOWN, say("cards.not_known", what=say("cards.ask_option")))
    return (*lines, evidence_line(dossier, lines), unknown, *next_document(dossier))


EXTENSION = CardKind(
    "need_from_me",
    (
        r"\bneed from (?:me|us)\b",
        r"\bhow can i help\b",
        r"\bwhat (?:can|should|do) i (?:do|decide|sign)\b",
        r"\bwhat do you (?:need|want)\b",
    ),
    _answer,
    place=9,
    particular=5,
)
