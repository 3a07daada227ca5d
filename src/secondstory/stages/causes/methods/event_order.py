"""Ranks services by steps inside requests that no longer follow each other as they used to.

Idea: after one step of a request comes another, and how often it does hardly depends on load or on the mix of
requests. A step that used to follow and no longer does marks the place where requests now end or take another way.
Shares of what follows each step are compared by a two-sample test of proportions, in units of what all such shares do.
Callers break off as well when a callee does; that is what topology takes from them, so the deepest break stays first.
Inputs: answer to a TracePatternQuery. Misleads where a release changed what is logged.
Reference: event patterns as in Nezha (FSE 2023); Agresti, Categorical Data Analysis (2013), section 3.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.stages.causes.proportions import two_sample_z
from secondstory.stages.causes.weighing import CAP
from secondstory.texts import say
from secondstory.texts.measures import measure

NAME = "event_order"
FEWEST = 3  # times that a step must have been seen on either side to say what follows it
CHANCE_Z = 3.0  # what one pair in a few hundred reaches by chance

Step = tuple[str, str, str]  # service, kind, event


@dataclass(frozen=True)
class _Pair:
    service: str
    event: str
    following: str
    now: float
    before: float
    now_of: float
    before_of: float


def _rank(view: View) -> MethodRun:
    if view.sequences is None or not view.sequences.result.rows:
        return no_data(NAME, say("causes.no_sequences"))
    pairs = [pair for pair in _read(view) if pair.service in view.candidates]
    comparable = [pair for pair in pairs if min(pair.now_of, pair.before_of) >= FEWEST]
    if not comparable:
        return no_data(NAME, say("causes.no_sequence_reference"))
    scores = [two_sample_z(pair.now, pair.now_of, pair.before, pair.before_of) for pair in comparable]
    spread = max(1.0, median([abs(score) for score in scores]) / 0.6745)  # of a normal distribution
    scored = [(pair, score / spread) for pair, score in zip(comparable, scores, strict=True)]
    places = [_place(pair, z, view.sequences.id) for pair, z in scored if abs(z) > CHANCE_Z]
    return ran(NAME, [place for place in places if place.score > 0])


def _read(view: View) -> list[_Pair]:
    assert view.sequences is not None
    counts: dict[Step, list[tuple[str, float, float]]] = defaultdict(list)
    for row in view.sequences.result.records():
        step = (str(row["service"]), str(row["kind"]), str(row["event"]))
        counts[step].append((str(row["following"]), _number(row["times"]), _number(row["reference_times"])))
    pairs = []
    for (service, kind, event), found in sorted(counts.items()):
        # An operation's spans are as many as their beginnings; a span may make several calls, or none.
        all_of = counts.get((service, "begin", event), []) if kind == "call" else found
        now_of, before_of = sum(now for _, now, _ in all_of), sum(before for _, _, before in all_of)
        pairs += [
            _Pair(service, event, following, now, before, max(now, now_of), max(before, before_of))
            for following, now, before in found
        ]
    return pairs


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _place(pair: _Pair, z: float, evidence_id: str) -> Ranked:
    now, before = pair.now / pair.now_of, pair.before / pair.before_of
    strength = min(math.log1p(abs(z)), CAP) * math.sqrt(abs(now - before))
    sentence = say(
        "causes.no_longer_follows" if z < 0 else "causes.follows_now",
        service=pair.service,
        event=pair.event,
        following=pair.following or say("causes.nothing_follows"),
        before=measure(before, "ratio"),
        now=measure(now, "ratio"),
    )
    return Ranked(pair.service, f"{pair.event} → {pair.following}".rstrip(" →"), strength, (evidence_id,), sentence)


EXTENSION = Method(
    name=NAME,
    summary="Steps inside requests that no longer follow each other.",
    needs="traces with logs or child spans from the suspected and a fault-free stretch",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
