"""Why did it take so long: the parts of the response, the longest first; one event has a duration, never a mean."""

from __future__ import annotations

from secondstory.model.budget import PhasePart
from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.card import CardKind
from secondstory.stages.meeting.confidence import evidence_line
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pieces import next_document
from secondstory.texts import say
from secondstory.texts.durations import between, duration


def _answer(dossier: Dossier) -> tuple[Line, ...]:
    window, parts = dossier.impact.window, dossier.impact.parts
    if window is None or not parts:
        return ()
    ids = tuple(dict.fromkeys(i for part in parts for i in part.evidence_ids))
    longest = max(parts, key=lambda part: part.length_s.value)
    facts = {"phase": _name(longest), "length": between(longest.length_s.low, longest.length_s.high)}
    lines = (
        Line(LinePart.ANSWER, say("cards.lasted", length=duration(window.seconds)), ids),
        Line(LinePart.ANSWER, say("cards.longest", **facts), longest.evidence_ids),
        Line(LinePart.NUMBER, say("cards.phases", parts="; ".join(_told(part) for part in parts)), ids),
    )
    condition = Line(LinePart.UNKNOWN, say("cards.not_known", what=say("cards.condition")))
    return (*lines, evidence_line(dossier, lines), condition, *next_document(dossier))


def _name(part: PhasePart) -> str:
    first, *others = (say(f"cards.phase_{phase.value}") for phase in part.phases)
    for other in others:
        first = say("cards.phase_join", first=first, second=other)
    return first


def _told(part: PhasePart) -> str:
    return say("cards.part", phase=_name(part), length=between(part.length_s.low, part.length_s.high))


EXTENSION = CardKind(
    "took_so_long",
    (
        r"\b(?:so|that|this) long\b",
        r"\bhow long (?:did|was|were|has)\b",
        r"\bwhy (?:was|were) \w+ (?:so )?slow\b",
        r"\btime to (?:repair|recover|restore)\b",
        r"\bmttr\b",
    ),
    _answer,
    place=4,
    particular=7,
)
