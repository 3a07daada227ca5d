"""Correlation of events: what several sources recorded, in one order of time."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    events = sight.timeline.events
    kinds = tuple(dict.fromkeys(event.kind.value for event in events))
    if len(events) < 2:
        return Absent(say("glossary.correlation_none"))
    evidence = tuple(i for event in events for i in event.evidence_ids)
    told = say(
        "glossary.correlation_seen", count=len(events), onsets=len(sight.timeline.onsets), kinds=", ".join(kinds)
    )
    return Seen(told, "timeline", (), evidence)


EXTENSION = Term("correlation", 26, _look)
