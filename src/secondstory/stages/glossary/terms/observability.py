"""Observability: which signals were missing and hid what happened."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    missing = sight.detection.missing if sight.detection is not None else ()
    gaps = sight.telemetry_gaps
    if not gaps and not missing:
        return Absent(say("glossary.observability_none"))
    first = missing[0].sentence if missing else gaps[0].detail
    told = say("glossary.observability_seen", gaps=len(gaps), missing=len(missing), first=first)
    return Seen(told, "evidence", (), tuple(gap.key for gap in gaps))


EXTENSION = Term("observability", 32, _look)
