"""Runbook: what responders did, which is what one would be drafted from."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.model.timeline import EventKind
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    done = tuple(event for event in sight.timeline.events if event.kind is EventKind.COMMAND)
    if not done:
        return Absent(say("glossary.runbook_none"))
    told = say("glossary.runbook_seen", count=len(done), first=done[0].title)
    return Seen(told, "timeline", (), tuple(i for event in done for i in event.evidence_ids))


EXTENSION = Term("runbook", 33, _look)
