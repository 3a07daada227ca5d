"""Connection pool: one that ran out, as an explanation or as a hop of the cascade."""

from __future__ import annotations

from secondstory.model.causes import Mechanism
from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    place, found = next(
        ((n, one) for n, one in enumerate(sight.rivals, 1) if one.mechanism is Mechanism.POOL_EXHAUSTED), (0, None)
    )
    if found is None:
        return Absent(say("glossary.connection_pool_none"))
    reason = found.arguments_for[0] if found.arguments_for else None
    told = say("glossary.connection_pool_seen", service=found.service, place=place, count=len(sight.rivals))
    return Seen(told, "causes", (), reason.evidence_ids if reason else ())


EXTENSION = Term("connection_pool", 31, _look)
