"""Cascade failure: which failure set off which, and by what mechanism."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    hops = sight.causes.cascade
    if not hops:
        return Absent(say("glossary.no_cascade"))
    ways = {sign.way.value: None for hop in hops for sign in hop.signs}
    mechanisms = ", ".join(ways or {hop.mechanism.value.replace("_", " "): None for hop in hops})
    path = ", ".join(say("glossary.cascade_hop", callee=hop.callee, caller=hop.caller) for hop in hops)
    evidence = tuple(i for hop in hops for i in hop.evidence_ids)
    return Seen(say("glossary.cascade_seen", path=path, mechanisms=mechanisms), "causes", (), evidence)


EXTENSION = Term("cascade", 28, _look)
