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

NAME = "operation_change"
FEWEST_SPANS = 5
LEAST_MS = 1.0  # added to both sides: a change below a millisecond is the clock's
LEAST_SHARE = 0.01  # likewise for shares of failed spans and for calls onward
CAP = math.log1p(100.0)
ASPECTS = (  # (column, what is added to both sides, sentence)
    ("self_p50_ms", LEAST_MS, "causes.own_time_changed"),
    ("self_p95_ms", LEAST_MS, "causes.own_time_changed"),
    ("failed", LEAST_SHARE, "causes.failures_changed"),
    ("children_mean", LEAST_SHARE, "causes.calls_onward_changed"),
)


@dataclass(frozen=True)
class _Change:
    service: str
    operation: str
    before: float
    now: float
    ratio: float  # natural logarithm of now / before
    doubt: float  # what chance does to `ratio` with so few spans


def _rank(view: View) -> MethodRun:
    if view.operations is None or not view.operations.result.rows:
        return no_data(NAME, say("causes.no_spans"))
    places: list[Ranked] = []
    for column, least, text in ASPECTS:
        changes = _changes(view, column, least)
        if not changes:
            continue
        usual = median([change.ratio for change in changes])
        spread = median([abs(change.ratio - usual) for change in changes]) / 0.6745  # of a normal distribution
        places += [_place(change, usual, spread, view.operations.id, text) for change in changes]
    if not places:
        return no_data(NAME, say("causes.no_span_reference"))
    return ran(NAME, [place for place in places if place.score > 0])


def _changes(view: View, column: str, least: float) -> list[_Change]:
    assert view.operations is not None
    found = []
    for row in view.operations.result.records():
        service, operation = str(row["service"]), str(row["operation"])
        spans, before_spans = _number(row["spans"]), _number(row["reference_spans"])
        if min(spans, before_spans) < FEWEST_SPANS or service not in view.candidates:
            continue
        now, before = _number(row[column]), _number(row[f"reference_{column}"])
        if column == "failed":
            now, before = now / spans, before / before_spans
        ratio = math.log((now + least) / (before + least))
        found.append(_Change(service, operation, before, now, ratio, math.sqrt(1 / spans + 1 / before_spans)))
    return found


def _place(change: _Change, usual: float, spread: float, evidence_id: str, text: str) -> Ranked:
    # Growth is bad news in time and failures; fewer calls onward mean that requests end early.
    away = abs(change.ratio - usual) if text == "causes.calls_onward_changed" else max(0.0, change.ratio - usual)
    z = away / (spread + change.doubt + 0.05)  # 5 % is what nobody notices
    size = math.sqrt(1 - math.exp(-away))
    sentence = say(text, service=change.service, operation=change.operation, before=change.before, now=change.now)
    strength = min(math.log1p(max(0.0, z - 3.0)), CAP) * size
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
