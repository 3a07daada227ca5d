"""Ranks services by how much slower calls to them became, beside what calls along all other edges did meanwhile.

Idea: medians of the suspected and the fault-free steps are compared as a log ratio in units of the spread of all
edges, which needs only a few fault-free minutes. Latency is booked on the callee. The gap (what a caller waited beyond
what the callee worked) belongs to neither side's own work: it shows a slow network, or a machine too busy to take the
call, and is booked on that end of the edge whose other edges suffer too.
Inputs: latency signals of edges. Misleads where one caller waits on several callees at once.
Reference: median absolute deviation, Rousseeuw & Croux (1993).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from secondstory.model.causes import MethodRun, Ranked
from secondstory.model.signal import Signal, SignalKind
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.stages.causes.weighing import CAP, known
from secondstory.texts import say
from secondstory.texts.measures import measure

NAME = "edge_change"
GAP = "call_gap_p95_ms"  # the evidence's own indicator; see EdgeSignalQuery
FEWEST_EDGES = 8  # fewer do not tell what edges usually do
LEAST_SHARE = 0.2  # of the median latency of all edges, added to both sides: tiny calls double without meaning
CHANCE_Z = 3.0  # what one edge in a few hundred reaches by chance
DOUBT = 1.0  # natural logarithm: a high percentile of a few calls in one step is good to a factor of three
UNNOTICED = 0.05  # a change by a twentieth is what nobody notices


@dataclass(frozen=True, eq=False)
class _Change:
    signal: Signal
    before: float
    now: float
    steps: int


def _rank(view: View) -> MethodRun:
    by_indicator: dict[str, list[_Change]] = defaultdict(list)
    for change in _changes(view):
        by_indicator[change.signal.name or change.signal.indicator].append(change)
    compared = [by_indicator[name] for name in sorted(by_indicator) if len(by_indicator[name]) >= FEWEST_EDGES]
    if not compared:
        return no_data(NAME, say("causes.too_few_edges"))
    return ran(NAME, [place for changes in compared for place in _places(changes) if place.score > 0])


def _changes(view: View) -> list[_Change]:
    steps = view.steps
    found = []
    for signal in view.evidence.signals:
        if signal.peer is None or signal.kind is not SignalKind.LATENCY or signal.peer not in view.candidates:
            continue
        before, now = known(signal.values[steps.calm]), known(signal.values[steps.suspect])
        if before.size and now.size:
            fewer = int(min(before.size, now.size))
            # A callee that works on after its caller left gives a negative gap; nobody waited for that.
            found.append(_Change(signal, max(0.0, float(median(before))), max(0.0, float(median(now))), fewer))
    return found


def _places(changes: list[_Change]) -> list[Ranked]:
    least = LEAST_SHARE * median([change.before for change in changes]) or 1e-9
    ratios = [math.log((change.now + least) / (change.before + least)) for change in changes]
    usual = median(ratios)
    spread = median([abs(ratio - usual) for ratio in ratios]) / 0.6745  # of a normal distribution
    away = [ratio - usual for ratio in ratios]
    zs = [_z(change, one, spread) for change, one in zip(changes, away, strict=True)]
    support = _support(changes, zs)
    booked = [_booked(change, support) for change in changes]
    # Edges of one service are seen from different callers: what they agree on is surer than what each says alone.
    agreed: dict[str, float] = defaultdict(float)
    for service, z in zip(booked, zs, strict=True):
        agreed[service] = math.hypot(agreed[service], z)
    return [
        _place(change, service, _strength(agreed[service] if z else 0.0, one))
        for change, service, z, one in zip(changes, booked, zs, away, strict=True)
    ]


def _z(change: _Change, away: float, spread: float) -> float:
    z = max(0.0, away) / (spread + UNNOTICED + DOUBT / math.sqrt(change.steps))
    return z if z > CHANCE_Z else 0.0


def _strength(z: float, away: float) -> float:
    return min(math.log1p(z), CAP) * math.sqrt(1 - math.exp(-away)) if z > 0 else 0.0


def _support(changes: list[_Change], zs: list[float]) -> dict[str, float]:
    """By service: what its edges suffer in all, times the share of them that suffer."""
    own: dict[str, list[float]] = defaultdict(list)
    for change, z in zip(changes, zs, strict=True):
        own[change.signal.service].append(math.log1p(z))
        own[_callee(change)].append(math.log1p(z))
    return {
        service: math.fsum(sorted(found)) * sum(strength > 0 for strength in found) / len(found)
        for service, found in own.items()
    }


def _booked(change: _Change, support: dict[str, float]) -> str:
    caller, callee = change.signal.service, _callee(change)
    return caller if change.signal.indicator == GAP and support[caller] > support[callee] else callee


def _place(change: _Change, booked: str, strength: float) -> Ranked:
    signal = change.signal
    sentence = say(
        "causes.edge_slower",
        indicator=signal.indicator,
        service=signal.service,
        peer=signal.peer,
        before=measure(change.before, signal.unit),
        now=measure(change.now, signal.unit),
    )
    return Ranked(booked, signal.name or signal.indicator, strength, (signal.evidence_id,), sentence)


def _callee(change: _Change) -> str:
    return change.signal.peer or change.signal.service


EXTENSION = Method(
    name=NAME,
    summary="Which callees became slow to reach, beside all other edges.",
    needs="spans of caller and callee from the suspected and a fault-free stretch",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
