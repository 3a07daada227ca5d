"""Is it the same as last time: this signature beside those of earlier incidents."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier, Earlier
from secondstory.stages.meeting.pieces import next_document
from secondstory.stages.meeting.spoken import claim_words, recorded
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    leading = dossier.leading
    compared = [one for one in dossier.earlier if one.leading is not None]
    if leading is None or not compared:
        return ()
    ids = tuple(i for argument in leading.arguments_for for i in argument.evidence_ids)
    signature = (leading.service, leading.mechanism)
    same = next(
        (one for one in compared if one.leading and (one.leading.service, one.leading.mechanism) == signature), None
    )
    if same is not None:
        told = say("cards.same", cause=claim_words(leading), **_named(dossier, same))
    elif len(compared) == 1:
        told = say("cards.different_one", **_named(dossier, compared[0]))
    else:
        told = say("cards.different", count=len(compared))
    answer = Line(LinePart.ANSWER, told, ids)
    unknown = Line(LinePart.UNKNOWN, say("cards.not_known", what=say("cards.earlier_actions")))
    return (answer, evidence_line(dossier, (answer,)), unknown, *next_document(dossier))


def _named(dossier: Dossier, earlier: Earlier) -> dict[str, str]:
    title = recorded(earlier.incident.title) or earlier.incident.id
    return {"title": title, "day": dossier.dial.day(earlier.incident.window.start)}


EXTENSION = CardKind(
    "same_as_last",
    (
        r"\bsame (?:\w+ )?(?:as|thing|again|problem|issue)\b",
        r"\blast time\b",
        r"\b(?:happened|had|seen) (?:this|it|that)? ?before\b",
        r"\bisn't this what\b",
        r"\bis (?:this|it) (?:a )?(?:repeat|recurrence)\b",
    ),
    _answer,
    place=5,
    particular=6,
)
