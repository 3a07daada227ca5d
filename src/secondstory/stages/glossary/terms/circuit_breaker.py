"""Circuit breaker: where callers went on calling what could not answer."""

from __future__ import annotations

from secondstory.model.cascade import Guard
from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.protecting import look_for
from secondstory.stages.glossary.term import Sight, Term


def _look(sight: Sight) -> Seen | Absent:
    return look_for(sight, (Guard.CIRCUIT_BREAKER,))


EXTENSION = Term("circuit_breaker", 29, _look)
