"""Was a procedure broken: the safeguards of the change as recorded, and what they cannot catch."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.model.detection import Existed, Safeguard
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import next_document
from secondstory.stages.meeting.spoken import recorded
from secondstory.texts import say


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    detection = dossier.detection
    change = recorded(detection.change or "") if detection is not None else None
    if detection is None or change is None or dossier.impact.window is None:
        return ()
    told = [one for one in detection.safeguards if one.evidence_ids]
    if not any(one.existed is not Existed.UNKNOWN for one in told):
        return ()
    ids = tuple(dict.fromkeys(i for one in told for i in one.evidence_ids))
    what = ", ".join(_named(one) for one in told)
    lines = [Line(LinePart.ANSWER, say("cards.procedure", change=change, what=what), ids)]
    passed = next((one for one in told if one.kind == "tests" and one.existed is Existed.YES), None)
    reason = recorded(passed.passed) if passed is not None else None
    if passed is not None and reason is not None:
        lines.append(Line(LinePart.NUMBER, say("cards.cannot_catch", what=reason), passed.evidence_ids))
    unknown = Line(LinePart.UNKNOWN, say("cards.not_known", what=say("cards.how_often")))
    return (*lines, evidence_line(dossier, tuple(lines)), unknown, *next_document(dossier))


def _named(one: Safeguard) -> str:
    return say(f"cards.safeguard_{one.existed.value}", name=say(f"detection.safeguard_{one.kind}"))


EXTENSION = CardKind(
    "procedure",
    (
        r"\b(?:procedure|process|checklist|runbook|protocol|policy|review|tests?|canary)\b.*"
        r"\b(?:broken|followed|skipped|done|there|adequate|tested|ignored)\b",
        r"\b(?:was|were|did) \w+(?: \w+)? (?:follow|skip|tested|reviewed|approved)",
        r"\bwas (?:it|this|that) (?:\w+ )?(?:human|operator|manual) error\b",
    ),
    _answer,
    place=7,
    particular=3,
)
