"""Lines that several answer cards share: the first repair, what is not known, and what comes next."""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.spoken import gap_words, recorded
from secondstory.texts import say


def first_repair(dossier: Dossier) -> tuple[str, tuple[str, ...]] | None:
    """The strongest proposed action that can be said in a breath, with its evidence."""
    told = ((recorded(item.title), item.evidence_ids) for item in dossier.actions.items if item.evidence_ids)
    return next(((title, ids) for title, ids in told if title is not None), None)


def unknown(dossier: Dossier) -> tuple[Line, ...]:
    """The first thing that is missing."""
    gaps = sorted(dossier.telemetry_gaps, key=lambda gap: gap.window is None)
    return tuple(Line(LinePart.UNKNOWN, say("cards.not_known", what=gap_words(gap, dossier.dial))) for gap in gaps[:1])


def next_document(dossier: Dossier) -> tuple[Line, ...]:
    """When the written summary is due."""
    due = dossier.document_due
    if due is None:
        return ()
    when = f"{dossier.dial.day(due)}, {dossier.dial.time(due)[-8:-3]}"
    return (Line(LinePart.NEXT, say("cards.next_document", when=when)),)
