"""Raises services that show what no other service can do to them: stops, memory that climbs, a wrong setting.

Inputs: mechanisms as told from signals and occurrences, and who sees whose calls fail. A failure that several callees
show to one caller alone, while they serve well, is the caller's own; one that a slow callee causes by outlasting its
callers' patience is the callee's. Misleads when a neighbour on the same machine takes the memory or stops the
instances, which from inside looks the same.
"""

from __future__ import annotations

from secondstory.model.causes import Mechanism, MethodRun, Ranked
from secondstory.model.signal import SignalKind
from secondstory.stages.causes.mechanism import Told, mechanism_of
from secondstory.stages.causes.method import Deviation, Method, View, Weighs, no_data, ran
from secondstory.stages.causes.retrying import amplified_edges
from secondstory.texts import say

NAME = "own_doing"
OWN = {  # what each sign adds: certain ones double a score, likely ones add half
    Mechanism.MEMORY_LEAK: 1.0,
    Mechanism.CRASH_LOOP: 1.0,
    Mechanism.POOL_EXHAUSTED: 0.5,
    Mechanism.BAD_CONFIGURATION: 0.5,
}
MULTIPLIES = 0.5  # the caller whose retries multiply its calls
ALONE = 0.5  # the one caller to whom several healthy callees fail; as much is taken from these
OUTWAITED = 0.5  # a callee that answers well and so late that its callers fail; as much is taken from these
SEVERAL = 2


def _rank(view: View) -> MethodRun:
    if not view.deviations:
        return no_data(NAME, say("causes.no_signals"))
    told = {service: mechanism_of(view, service) for service in view.candidates}
    slow = {service for service, (mechanism, _) in told.items() if mechanism is Mechanism.SLOW_DEPENDENCY}
    places = [place for service in view.candidates if (place := _sign(view, service, told[service])) is not None]
    return ran(NAME, [*places, *_outwaited(view, slow), *_one_sided(view)])


def _sign(view: View, service: str, told: Told) -> Ranked | None:
    mechanism, shown = told
    score = OWN.get(mechanism, 0.0)
    if mechanism is Mechanism.RETRY_STORM and any(edge.ends[0] == service for edge in amplified_edges(view, service)):
        score = MULTIPLIES
    if shown is None or not score:
        return None
    sentence = say(f"causes.own_{mechanism.value}", service=service)
    return Ranked(service, "", score, (shown.signal.evidence_id,), sentence)


def _outwaited(view: View, slow: set[str]) -> list[Ranked]:
    """Callees that serve well but so slowly that callers fail, as they do by time-out; and these callers."""
    failing = _failing(view)
    shown = {
        (deviation.signal.service, deviation.signal.peer or ""): deviation.signal.evidence_id
        for deviation in view.deviations
        if deviation.signal.kind is SignalKind.LATENCY and deviation.score > 1 and deviation.shift > 0
    }
    waits = sorted(pair for pair in shown if pair[0] in failing and pair[1] in slow - failing)
    callees = {callee: shown[caller, callee] for caller, callee in waits}
    return [
        *(
            Ranked(callee, "", OUTWAITED, (evidence_id,), say("causes.own_slow_dependency", service=callee))
            for callee, evidence_id in callees.items()
        ),
        *(
            Ranked(pair[0], "", -OUTWAITED, (shown[pair],), say("causes.waits_for", service=pair[0], callee=pair[1]))
            for pair in waits
        ),
    ]


def _failing(view: View) -> set[str]:
    """Services that fail more of what they are asked than usual."""
    return {
        deviation.signal.service
        for deviation in view.deviations
        if deviation.signal.kind is SignalKind.ERRORS and deviation.signal.peer is None and deviation.score > 1
    }


def _one_sided(view: View) -> list[Ranked]:
    """Callers that alone see several callees fail, and these callees."""
    failing = [d for d in view.deviations if d.signal.kind is SignalKind.ERRORS and d.score > 1]
    themselves = _failing(view)
    seen: dict[str, dict[str, Deviation]] = {}
    for deviation in failing:
        if deviation.signal.peer is not None and deviation.signal.peer not in themselves:
            seen.setdefault(deviation.signal.service, {}).setdefault(deviation.signal.peer, deviation)
    places: list[Ranked] = []
    for caller, callees in sorted(seen.items()):
        if len(callees) < SEVERAL or caller not in themselves:
            continue
        ids = tuple(sorted({deviation.signal.evidence_id for deviation in callees.values()}))
        names = ", ".join(sorted(callees))
        places.append(Ranked(caller, "", ALONE, ids, say("causes.own_calls_fail", service=caller, callees=names)))
        places += [
            Ranked(callee, "", -ALONE, ids, say("causes.serves_well", service=callee, caller=caller))
            for callee in sorted(callees)
        ]
    return places


EXTENSION = Method(
    name=NAME,
    summary="Which services show what no other service can do to them.",
    needs="metrics or spans with a fault-free stretch",
    weighs=Weighs.CONTEXT,
    rank=_rank,
)
