"""What happened, and how bad was it: one sentence that can be repeated, with its range."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line, likelihood
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import next_document, unknown
from secondstory.stages.meeting.spoken import claim_words, impact_words
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    told, window = impact_words(dossier), dossier.impact.window
    if told is None or window is None:
        return ()
    facts = {
        "time": dossier.dial.time(window.start),
        "time_b": dossier.dial.time(window.end),
        "service": " and ".join(dossier.entry_services),
    }
    lines = [Line(LinePart.ANSWER, say("meeting.bluf", impact=told[0], **facts), told[1])]
    if dossier.leading is not None:
        ids = tuple(i for argument in dossier.leading.arguments_for for i in argument.evidence_ids)
        cause = say("cards.cause", likely=likelihood(dossier.leading.confidence), cause=claim_words(dossier.leading))
        lines.append(Line(LinePart.CONFIDENCE, cause, ids))
    lines.append(evidence_line(dossier, tuple(lines)))
    return (*lines, *unknown(dossier), *next_document(dossier))


EXTENSION = CardKind(
    "what_happened",
    (
        r"\bwhat (?:\w+ )?happened\b",
        r"\bhow (?:bad|big|serious|many)\b",
        r"\bwhat was the (?:impact|damage)\b",
        r"\bwhat did (?:it|this) cost\b",
    ),
    _answer,
    place=1,
    particular=1,
)
