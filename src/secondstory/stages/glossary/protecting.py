"""Protections at the hops of a cascade, which several terms are about."""

from __future__ import annotations

from secondstory.model.cascade import Guard, GuardState, Protection
from secondstory.model.causes import Hop
from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight
from secondstory.texts import say


def protections(sight: Sight, guards: tuple[Guard, ...]) -> tuple[tuple[Hop, Protection], ...]:
    """Protections of these kinds with their hops, those first that the data show to be missing."""
    found = [(hop, one) for hop in sight.causes.cascade for one in hop.protections if one.guard in guards]
    order = (GuardState.MISSING, GuardState.LATE, GuardState.UNKNOWN)
    return tuple(sorted(found, key=lambda pair: order.index(pair[1].state)))


def look_for(sight: Sight, guards: tuple[Guard, ...]) -> Seen | Absent:
    """The first hop at which such a protection was missing or late, or why none is known."""
    if not sight.causes.cascade:
        return Absent(say("glossary.no_cascade"))
    found = protections(sight, guards)
    if not found:
        return Absent(say("glossary.no_such_guard"))
    hop, first = found[0]
    if first.state is GuardState.UNKNOWN:
        return Absent(say("glossary.guard_unknown", callee=hop.callee, caller=hop.caller, told=first.sentence))
    told = say("glossary.guard_seen", callee=hop.callee, caller=hop.caller, told=first.sentence)
    return Seen(told, "causes", (), first.evidence_ids)
