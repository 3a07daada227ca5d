"""Who is accountable: owners, dates and tests of the repairs; the facilitator answers for the review."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import first_repair, next_document
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    repair = first_repair(dossier)
    if repair is None or dossier.impact.window is None:
        return ()
    told = say("cards.owners", count=len(dossier.actions.items), action=repair[0])
    answer = Line(LinePart.ANSWER, told, repair[1])
    unknown = Line(LinePart.UNKNOWN, say("cards.owners_unknown"))
    chair = Line(LinePart.NEXT, say("cards.facilitator"))
    return (answer, evidence_line(dossier, (answer,)), unknown, chair, *next_document(dossier))


EXTENSION = CardKind(
    "accountable",
    (
        r"\baccountab\w+\b",
        r"\bwho (?:is|are) (?:responsible|acting|on it)\b",
        r"\bwho owns\b",
        r"\bwho (?:fixes|repairs)\b",
    ),
    _answer,
    place=6,
    particular=4,
)
