"""Ranks callees by how much slower calls to them became, beside what calls along all other edges did meanwhile.

Idea: the time between sending a call and its being served belongs to neither side's own work, so it shows a slow
network or an unreachable callee that no service's own time shows. Medians of the suspected and the fault-free steps
are compared as a log ratio in units of the spread of all edges: it needs only a few fault-free minutes.
Inputs: latency signals of edges. Booked on the callee. Misleads where one caller waits on several callees at once.
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

NAME = "edge_change"
FEWEST_EDGES = 8  # fewer do not tell what edges usually do
LEAST_SHARE = 0.2  # of the median latency of all edges, added to both sides: tiny calls double without meaning
CHANCE_Z = 3.0  # what one edge in a few hundred reaches by chance
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
            found.append(_Change(signal, float(median(before)), float(median(now)), fewer))
    return found


def _places(changes: list[_Change]) -> list[Ranked]:
    least = LEAST_SHARE * median([change.before for change in changes]) or 1e-9
    ratios = [math.log((change.now + least) / (change.before + least)) for change in changes]
    usual = median(ratios)
    spread = median([abs(ratio - usual) for ratio in ratios]) / 0.6745  # of a normal distribution
    return [_place(change, ratio - usual, spread) for change, ratio in zip(changes, ratios, strict=True)]


def _place(change: _Change, away: float, spread: float) -> Ranked:
    signal = change.signal
    z = max(0.0, away) / (spread + UNNOTICED + 0.5 / math.sqrt(change.steps))
    strength = min(math.log1p(z), CAP) * math.sqrt(1 - math.exp(-away)) if z > CHANCE_Z else 0.0
    sentence = say(
        "causes.edge_slower",
        indicator=signal.indicator,
        service=signal.service,
        peer=signal.peer,
        before=change.before,
        now=change.now,
    )
    return Ranked(signal.peer or signal.service, signal.name, strength, (signal.evidence_id,), sentence)


EXTENSION = Method(
    name=NAME,
    summary="Which callees became slow to reach, beside all other edges.",
    needs="spans of caller and callee from the suspected and a fault-free stretch",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
