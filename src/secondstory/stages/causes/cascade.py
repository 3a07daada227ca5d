"""Follows the failure from the leading service along call edges to its callers, with the mechanism of each hop."""

from __future__ import annotations

from dataclasses import replace

from secondstory.algorithms.graph import neighbours, turned
from secondstory.model.causes import Hop, Mechanism
from secondstory.model.sightings import Sightings
from secondstory.model.signal import SignalKind
from secondstory.model.timeline import Onset
from secondstory.stages.causes.call import call_of
from secondstory.stages.causes.method import View
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.stages.causes.protecting import protections_of
from secondstory.stages.causes.retrying import RETRYING, calls_amplified
from secondstory.stages.causes.travelling import signs_of
from secondstory.texts import say


def find_cascade(view: View, start: str, facts: Sightings) -> tuple[Hop, ...]:
    """Hops in the order in which they are reached; only between services whose onsets allow that direction."""
    onsets = first_onsets(view)
    callers = neighbours(turned(tuple((edge.caller, edge.callee) for edge in view.evidence.edges)))
    hops: list[Hop] = []
    reached, waiting = {start}, [start]
    while waiting:
        callee = waiting.pop(0)
        for caller in callers.get(callee, ()):
            if caller in reached or caller not in onsets or callee not in onsets:
                continue
            if onsets[callee].moment.earliest > onsets[caller].moment.latest:
                continue
            reached.add(caller)
            waiting.append(caller)
            hops.append(_detailed(view, facts, _hop(view, onsets[callee], callee, onsets[caller], caller)))
    return tuple(hops)


def _hop(view: View, below: Onset, callee: str, above: Onset, caller: str) -> Hop:
    mechanism = _mechanism(view, callee, caller)
    return Hop(
        callee=callee,
        caller=caller,
        mechanism=mechanism,
        callee_onset=below.moment,
        caller_onset=above.moment,
        sentence=say(f"causes.hop_{mechanism.value}", callee=callee, caller=caller),
        evidence_ids=tuple(sorted({below.evidence_id, above.evidence_id})),
    )


def _detailed(view: View, facts: Sightings, hop: Hop) -> Hop:
    """The hop with every way that its own signals show, and what would have kept the failure from travelling."""
    call = call_of(view, hop.callee, hop.caller, (hop.callee_onset, hop.caller_onset))
    signs = signs_of(facts, call)
    return replace(hop, signs=signs, protections=protections_of(call, signs))


def _mechanism(view: View, callee: str, caller: str) -> Mechanism:
    """How it reached the caller: by more calls than before, by slowness that became failure, by failure, by waiting."""
    if calls_amplified(view, caller) >= RETRYING:
        return Mechanism.RETRY_STORM
    below, above = _kinds(view, callee), _kinds(view, caller)
    if SignalKind.ERRORS in above and SignalKind.ERRORS not in below and SignalKind.LATENCY in below:
        return Mechanism.TIMEOUT
    if SignalKind.ERRORS in above and SignalKind.ERRORS in below:
        return Mechanism.ERRORS
    if SignalKind.LATENCY in above:
        return Mechanism.LATENCY
    return Mechanism.UNKNOWN


def _kinds(view: View, service: str) -> frozenset[SignalKind]:
    """Kinds of signals of the service that left their band."""
    outside = {onset.signal_key for onset in view.timeline.onsets}
    return frozenset(
        deviation.signal.kind
        for deviation in view.deviations
        if deviation.service == service and deviation.signal.key in outside
    )
