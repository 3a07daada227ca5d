"""Can it happen again: the risk that is left, and with which repair it falls."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import first_repair, next_document
from secondstory.stages.meeting.spoken import recorded
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    leading, repair = dossier.leading, first_repair(dossier)
    if leading is None or dossier.impact.window is None:
        return ()
    ids = tuple(dict.fromkeys(i for argument in leading.arguments_for for i in argument.evidence_ids))
    remedy = dossier.remedy
    change = recorded(remedy.title) if remedy is not None else None
    if remedy is not None and change is not None:
        told = say("cards.again_reversed", change=change, time=dossier.dial.time(remedy.moment.latest))
        lines = [Line(LinePart.ANSWER, told, (*remedy.evidence_ids, *ids))]
    else:
        lines = [Line(LinePart.ANSWER, say("cards.again"), ids)]
    if repair is not None:
        falls = say("cards.falls_with", action=repair[0], count=len(dossier.actions.items))
        lines.append(Line(LinePart.ANSWER, falls, repair[1]))
    estimate = Line(LinePart.UNKNOWN, say("cards.no_estimate"))
    return (*lines, evidence_line(dossier, tuple(lines)), estimate, *next_document(dossier))


EXTENSION = CardKind(
    "happen_again",
    (
        r"\b(?:happen|occur|come back|hit us|go wrong)\b.*\b(?:again|tomorrow|next)\b",
        r"\b(?:prevent|stop|avoid)\b.*\b(?:this|it|again|next)\b",
        r"\bcome back\b",
        r"\bwhat(?:'s| is) the risk\b",
    ),
    _answer,
    place=8,
    particular=8,
)
