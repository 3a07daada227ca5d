"""Lowers callers whose callees explain them, and services that the failing entry cannot reach.

Idea: failures and slowness travel from callee to caller, so an anomalous callee accounts for part of its caller's
anomaly. Score in [-1, 0]. Misleads where the recorded calls are incomplete, and for queues, where load travels the
other way. Reference: explaining away in belief networks, Pearl (1988).
"""

from __future__ import annotations

from secondstory.algorithms.graph import neighbours, reachable
from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.texts import say

NAME = "topology"
EXPLAINED = 0.5  # share of a caller's anomaly that an equally anomalous callee explains
DECAY = 0.7  # what is left of an explanation for each further hop that shows nothing itself
HOPS = 4
UNREACHED = -0.7  # a service beyond the recorded calls may still be called in a way nobody recorded


def _rank(view: View) -> MethodRun:
    edges = tuple((edge.caller, edge.callee) for edge in view.evidence.edges)
    if not edges:
        return no_data(NAME, say("causes.no_edges"))
    ids = _rests_on(view)
    if not ids or not any(own > 0 for _, own in view.anomaly):
        return no_data(NAME, say("causes.no_signals"))
    below = _heard_from_below(dict(view.anomaly), neighbours(edges))
    places = []
    for service, own in view.anomaly:
        theirs, origin = below.get(service, (0.0, ""))
        if own > 0 and theirs > 0:
            share = EXPLAINED * min(1.0, theirs / own)
            sentence = say("causes.callee_explains", service=service, callee=origin)
            places.append(Ranked(service, "", -share, ids, sentence))
    places += [
        Ranked(service, "", UNREACHED, ids, say("causes.not_reached", service=service))
        for service in _unreached(view, edges)
    ]
    return ran(NAME, places)


def _heard_from_below(anomaly: dict[str, float], calls: dict[str, tuple[str, ...]]) -> dict[str, tuple[float, str]]:
    """By caller: the strongest anomaly among what it calls, less DECAY for every further hop, and whose it is."""
    heard: dict[str, tuple[float, str]] = {}
    for _ in range(HOPS):
        # What a service shows itself goes before an equal that it only heard of, whatever the names.
        told = {
            name: (own, name) if own >= heard.get(name, (0.0, ""))[0] else heard[name] for name, own in anomaly.items()
        }
        heard = {
            caller: max(
                (value * (1.0 if origin == callee else DECAY), origin)
                for callee in callees
                for value, origin in (told.get(callee, (0.0, callee)),)
                if origin != caller
            )
            for caller, callees in calls.items()
            if any(told.get(callee, (0.0, callee))[1] != caller for callee in callees)
        }
    return heard


def _unreached(view: View, edges: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    starts = starting_points(view)
    if not starts:
        return ()
    reached = frozenset(reachable(edges, starts))
    return tuple(service for service in view.candidates if service not in reached)


def starting_points(view: View) -> tuple[str, ...]:
    """Where the failure was felt: the alarm's service, or else where requests come in."""
    alarm = view.case.incident.alarm
    known = frozenset(view.candidates)
    if alarm is not None and alarm.service in known and alarm.service is not None:
        return (alarm.service,)
    entries = frozenset((*view.case.system.entry_services, *view.evidence.entry_services))
    return tuple(sorted(entries & known))


def _rests_on(view: View) -> tuple[str, ...]:
    """Evidence of the calls; where they are only declared, what the anomalies themselves rest on."""
    seen = {edge.evidence_id for edge in view.evidence.edges if edge.evidence_id}
    told = {deviation.signal.evidence_id for deviation in view.deviations}
    asked = {evidence.id for evidence in (view.operations, view.patterns, view.versions) if evidence is not None}
    return tuple(sorted(seen or told or asked))


EXTENSION = Method(
    name=NAME,
    summary="Which anomalies a failing callee explains, and what the failing entry reaches.",
    needs="calls between services",
    weighs=Weighs.CONTEXT,
    rank=_rank,
)
