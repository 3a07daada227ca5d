"""Ranks services by log patterns that appeared, multiplied or vanished, beside how much the service logged.

Idea: a pattern has a usual share of its service's requests (or rows, where lines carry no trace). Its share in the
suspected stretch is compared by a two-sample test of proportions, whose spread is widened by what the patterns of all
services do, so that ordinary changes of the mix tell nothing. A line that vanished beside its siblings marks a place
in the code that requests no longer reach.
Inputs: answer to a LogPatternQuery. Misleads where the mix of requests changes.
Reference: Agresti, Categorical Data Analysis (2013), section 3; overdispersion as in McCullagh & Nelder (1989).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from secondstory.algorithms.log_templates import templates
from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.stages.causes.proportions import two_sample_z
from secondstory.texts import say
from secondstory.texts.measures import measure

NAME = "log_novelty"
FEWEST_ROWS = 5  # fewer rows on both sides together are anecdotes
WORST = ("error", "fatal")
MORE_ERRORS, FEWER_ERRORS = 1.0, 0.3  # a new error line is bad news, a vanished one mostly a consequence
OTHER_LINES = 0.8
CHANCE_Z = 3.0  # what one pattern in a few hundred reaches by chance
CAP = math.log1p(100.0)


@dataclass(frozen=True)
class _Pattern:
    service: str
    text: str
    severity: str
    now: float
    before: float
    now_of: float  # what the service did in all: requests that logged, or rows
    before_of: float


def _rank(view: View) -> MethodRun:
    if view.patterns is None or not view.patterns.result.rows:
        return no_data(NAME, say("causes.no_logs"))
    patterns = [pattern for pattern in _read(view) if pattern.service in view.candidates]
    comparable = [pattern for pattern in patterns if pattern.now_of and pattern.before_of]
    if not comparable:
        return no_data(NAME, say("causes.no_log_reference"))
    scores = [two_sample_z(pattern.now, pattern.now_of, pattern.before, pattern.before_of) for pattern in comparable]
    spread = max(1.0, median([abs(score) for score in scores]) / 0.6745)  # of a normal distribution
    places = [
        _place(pattern, score / spread, view.patterns.id)
        for pattern, score in zip(comparable, scores, strict=True)
        if pattern.now + pattern.before >= FEWEST_ROWS
    ]
    return ran(NAME, [place for place in places if place.score > 0])


def _read(view: View) -> list[_Pattern]:
    assert view.patterns is not None
    rows = view.patterns.result.records()
    in_traces = all(_count(row["traces"]) + _count(row["reference_traces"]) > 0 for row in rows)
    now, before = ("traces", "reference_traces") if in_traces else ("rows", "reference_rows")
    said: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        said[str(row["service"]), str(row["severity"])].append(row)
    counted: dict[tuple[str, str, str], tuple[float, float]] = {}
    for (service, severity), shapes in said.items():
        for row, text in zip(shapes, templates([str(row["pattern"]) for row in shapes]), strict=True):
            so_far = counted.get((service, severity, text), (0.0, 0.0))
            counted[service, severity, text] = so_far[0] + _count(row[now]), so_far[1] + _count(row[before])
    whole: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (service, _, _), counts in counted.items():
        whole[service].append(counts)
    # Requests of a service are at least those of its commonest line; rows simply add up.
    total = max if in_traces else math.fsum
    base = {name: (total(n for n, _ in parts), total(b for _, b in parts)) for name, parts in whole.items()}
    return [
        _Pattern(service, text, severity, *counts, *base[service])
        for (service, severity, text), counts in counted.items()
    ]


def _count(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _place(pattern: _Pattern, z: float, evidence_id: str) -> Ranked:
    now, before = pattern.now / pattern.now_of, pattern.before / pattern.before_of
    bad = pattern.severity in WORST
    weight = (MORE_ERRORS if z > 0 else FEWER_ERRORS) if bad else OTHER_LINES
    # A few new error lines matter as such; an ordinary line only by how much of the work it tells of.
    size = math.sqrt(abs(now - before) / (max(now, before) if bad else 1.0))
    shares = {"before": measure(before, "ratio"), "now": measure(now, "ratio")}
    sentence = say("causes.pattern_changed", service=pattern.service, pattern=pattern.text, **shares)
    strength = min(math.log1p(abs(z)), CAP) * weight * size if abs(z) > CHANCE_Z else 0.0
    return Ranked(pattern.service, pattern.text, strength, (evidence_id,), sentence)


EXTENSION = Method(
    name=NAME,
    summary="Log patterns that appeared, multiplied or vanished.",
    needs="logs from the suspected and a fault-free stretch",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
