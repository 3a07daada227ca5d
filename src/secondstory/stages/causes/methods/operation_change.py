"""Ranks services by operations whose own time, failures or number of calls onward changed.

Idea: a span's own time (without its children) belongs to its service alone, so a slow callee does not stain its
callers. Log ratios of during to before are measured in units of what operations of all services do at the same
time. Inputs: answer to an OperationQuery. Misleads where children run beside their parent, or where a network's delay
lies outside every span. Reference: median absolute deviation, Rousseeuw & Croux (1993).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.texts import say
from secondstory.texts.measures import measure

NAME = "operation_change"
FEWEST_SPANS = 5
CHANCE_Z = 3.0  # what one operation in a few hundred reaches by chance
CAP = math.log1p(100.0)
UNNOTICED = 0.05  # a change by a twentieth is what nobody notices
ONWARD = 0.5  # weight of own time in operations that call onward: it may be the network's, or the callee's
TAIL = 0.7  # weight of a high percentile: a handful of spans decide it


@dataclass(frozen=True)
class _Aspect:
    column: str
    least: float  # added to both sides, in the column's unit: what lies below is the clock's or a rounding
    telling: float  # share of the spans that the number rests on
    sentence: str
    unit: str | None


ASPECTS = (
    _Aspect("self_p50_ms", 1.0, 0.5, "causes.own_time_changed", "ms"),
    _Aspect("self_p95_ms", 1.0, 0.05, "causes.own_time_changed", "ms"),
    _Aspect("failed", 0.01, 1.0, "causes.failures_changed", "ratio"),
    _Aspect("children_mean", 0.5, 1.0, "causes.calls_onward_changed", None),
)


@dataclass(frozen=True)
class _Change:
    service: str
    operation: str
    before: float
    now: float
    ratio: float  # natural logarithm of now / before
    doubt: float  # what chance does to `ratio` with so few spans
    weight: float


def _rank(view: View) -> MethodRun:
    if view.operations is None or not view.operations.result.rows:
        return no_data(NAME, say("causes.no_spans"))
    places: list[Ranked] = []
    for aspect in ASPECTS:
        changes = _changes(view, aspect)
        if not changes:
            continue
        usual = median([change.ratio for change in changes])
        spread = median([abs(change.ratio - usual) for change in changes]) / 0.6745  # of a normal distribution
        places += [_place(change, usual, spread, view.operations.id, aspect) for change in changes]
    if not places:
        return no_data(NAME, say("causes.no_span_reference"))
    return ran(NAME, [place for place in places if place.score > 0])


def _changes(view: View, aspect: _Aspect) -> list[_Change]:
    assert view.operations is not None
    found = []
    for row in view.operations.result.records():
        service, operation = str(row["service"]), str(row["operation"])
        spans, before_spans = _number(row["spans"]), _number(row["reference_spans"])
        if min(spans, before_spans) < FEWEST_SPANS or service not in view.candidates:
            continue
        now, before = _number(row[aspect.column]), _number(row[f"reference_{aspect.column}"])
        if aspect.column == "failed":
            now, before = now / spans, before / before_spans
        ratio = math.log((now + aspect.least) / (before + aspect.least))
        doubt = math.sqrt((1 / spans + 1 / before_spans) / aspect.telling)
        weight = TAIL if aspect.telling < 0.1 else 1.0
        onward = aspect.column.startswith("self") and _number(row["reference_children_mean"]) >= 0.5
        found.append(_Change(service, operation, before, now, ratio, doubt, weight * (ONWARD if onward else 1.0)))
    return found


def _place(change: _Change, usual: float, spread: float, evidence_id: str, aspect: _Aspect) -> Ranked:
    # Growth is bad news in time and failures; fewer calls onward mean that requests end early.
    away = (
        abs(change.ratio - usual)
        if aspect.sentence == "causes.calls_onward_changed"
        else max(0.0, change.ratio - usual)
    )
    z = away / (spread + change.doubt + UNNOTICED)
    size = math.sqrt(1 - math.exp(-away))
    before, now = measure(change.before, aspect.unit), measure(change.now, aspect.unit)
    sentence = say(aspect.sentence, service=change.service, operation=change.operation, before=before, now=now)
    strength = min(math.log1p(z), CAP) * size * change.weight if z > CHANCE_Z else 0.0
    return Ranked(change.service, change.operation, strength, (evidence_id,), sentence)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


EXTENSION = Method(
    name=NAME,
    summary="Operations whose own time, failures or calls onward changed.",
    needs="spans from the suspected and a fault-free stretch",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
