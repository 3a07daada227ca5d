"""Follows the failure from the leading service along call edges to its callers, with the mechanism of each hop."""

from __future__ import annotations

from secondstory.algorithms.graph import neighbours, turned
from secondstory.model.cascade import Sign, Travel
from secondstory.model.causes import Hop, Mechanism
from secondstory.model.sightings import Sightings
from secondstory.model.signal import SignalKind
from secondstory.model.timeline import Onset
from secondstory.stages.causes.call import Call, call_of
from secondstory.stages.causes.method import View
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.stages.causes.protecting import protections_of
from secondstory.stages.causes.travelling import signs_of
from secondstory.texts import say

# Of several ways the one that says most of how harm crossed: repeated calls add to it, a limit of time turns waiting
# into failure, a full callee tells why calls wait or fail; failing and waiting alone say only that they do.
_TOLD = (
    (Travel.RETRIES, Mechanism.RETRY_STORM),
    (Travel.TIMEOUT, Mechanism.TIMEOUT),
    (Travel.EXHAUSTED, Mechanism.POOL_EXHAUSTED),
    (Travel.QUEUE, Mechanism.QUEUE_GROWTH),
    (Travel.ERRORS, Mechanism.ERRORS),
    (Travel.WAITING, Mechanism.LATENCY),
)
_OF_THE_CALL = ("call_rate", "call_error_ratio", "call_latency_p95_ms")
_HARM = {Travel.TIMEOUT, Travel.ERRORS, Travel.WAITING}


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
            hops.append(_hop(view, facts, (onsets[callee], callee), (onsets[caller], caller)))
    return tuple(hops)


def _hop(view: View, facts: Sightings, below: tuple[Onset, str], above: tuple[Onset, str]) -> Hop:
    """The hop with every way that its own signals show, and what would have kept the failure from travelling."""
    (first, callee), (then, caller) = below, above
    call = call_of(view, callee, caller, (first.moment, then.moment))
    signs = signs_of(facts, call)
    mechanism = _mechanism(view, call, signs)
    sentence = say(f"causes.hop_{mechanism.value}", callee=callee, caller=caller)
    if first.moment.latest > then.moment.earliest:
        sentence = f"{sentence} {say('causes.hop_order_open')}"
    return Hop(
        callee=callee,
        caller=caller,
        mechanism=mechanism,
        callee_onset=first.moment,
        caller_onset=then.moment,
        sentence=sentence,
        evidence_ids=tuple(sorted({first.evidence_id, then.evidence_id})),
        signs=signs,
        protections=protections_of(call, signs),
    )


def _mechanism(view: View, call: Call, signs: tuple[Sign, ...]) -> Mechanism:
    """How it reached the caller, from what was measured on the call itself; unknown where that shows no harm.

    Where the call was not measured, what both ends show tells whether the caller failed or waited, and no more.
    """
    ways = {sign.way for sign in signs}
    if any(call.has(name) for name in _OF_THE_CALL):
        return next(told for way, told in _TOLD if way in ways) if ways & _HARM else Mechanism.UNKNOWN
    below, above = _kinds(view, call.callee), _kinds(view, call.caller)
    if SignalKind.ERRORS in above and SignalKind.ERRORS in below:
        return Mechanism.ERRORS
    if SignalKind.LATENCY in above and SignalKind.LATENCY in below:
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
