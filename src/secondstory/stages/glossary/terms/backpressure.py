"""Backpressure: where more was taken in than could be served."""

from __future__ import annotations

from secondstory.model.cascade import Guard
from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.protecting import look_for
from secondstory.stages.glossary.term import Sight, Term


def _look(sight: Sight) -> Seen | Absent:
    return look_for(sight, (Guard.LOAD_SHEDDING, Guard.BULKHEAD))


EXTENSION = Term("backpressure", 30, _look)
