"""Correlation id: one request, followed through every service that it touched."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    if not sight.trace_id:
        return Absent(say("glossary.correlation_id_none"))
    told = say("glossary.correlation_id_seen", trace=sight.trace_id)
    return Seen(told, "request", (("trace", sight.trace_id),))


EXTENSION = Term("correlation_id", 27, _look)
