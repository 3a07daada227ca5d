"""Ranks services whose new version does worse than the old one in the same minutes.

Idea: old and new replicas see the same load, callers and neighbours at the same time, so a difference between them
is the version's. The newer version is the one that appeared later. Inputs: answer to a MetricSignalQuery by version.
Misleads where the first new replica gets other work (a canary for some users, a cold cache).
Reference: canary comparison as in ChangeRCA (FSE 2024).
"""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import median
from typing import NamedTuple

from secondstory.model.causes import MethodRun, Ranked
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.window import epoch_us
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.stages.causes.weighing import CAP, FAILURE_FLOOR, HALF_FAILURE, RELATIVE_FLOOR, weight_of, whole_of
from secondstory.texts import say
from secondstory.texts.measures import measure

NAME = "new_against_old"
FEWEST_PAIRED = 3  # minutes in which both versions ran
SCALE = 3.0  # spreads of the old version that count as one calibrated scale

Series = dict[int, float]  # time in microseconds -> value


class _Key(NamedTuple):
    service: str
    name: str
    statistic: str
    attributes: str


def _rank(view: View) -> MethodRun:
    if view.versions is None:
        return no_data(NAME, say("causes.no_change_to_compare"))
    lines = _by_version(view)
    places = []
    for key in sorted(lines):
        if len(lines[key]) < 2 or key.service not in view.candidates:
            continue
        old, new = _old_and_new(lines[key])
        place = _compare(view, key, lines[key][old], lines[key][new], (old, new))
        places += [place] if place is not None else []
    if not places:
        return no_data(NAME, say("causes.no_versions_side_by_side"))
    return ran(NAME, [place for place in places if place.score > 0])


def _by_version(view: View) -> dict[_Key, dict[str, Series]]:
    assert view.versions is not None
    table = view.versions.result
    columns = [table.texts(name) for name in ("service", "name", "statistic", "attributes", "version")]
    times, values = table.micros("time"), table.numbers("value")
    lines: dict[_Key, dict[str, Series]] = defaultdict(lambda: defaultdict(dict))
    for row, (service, name, statistic, attributes, version) in enumerate(zip(*columns, strict=True)):
        if version and not math.isnan(values[row]):
            key = _Key(service or "", name or "", statistic or "", attributes or "")
            lines[key][version][int(times[row])] = float(values[row])
    return lines


def _old_and_new(versions: dict[str, Series]) -> tuple[str, str]:
    """By first appearance; where all were there from the start, by name."""
    ordered = sorted(versions, key=lambda version: (min(versions[version]), version))
    return ordered[0], ordered[-1]


def _compare(view: View, key: _Key, old: Series, new: Series, versions: tuple[str, str]) -> Ranked | None:
    signal = _signal_of(view, key)
    begin = epoch_us(view.suspect.start)
    shared = sorted(time for time in old.keys() & new.keys() if time >= begin)
    if signal is None or signal.peer is not None or len(shared) < FEWEST_PAIRED:
        return None
    if whole_of(signal):
        old, new = _failures(old, new, signal)
    difference = median([new[time] - old[time] for time in shared])
    level = median(list(old.values()))
    floor = FAILURE_FLOOR if whole_of(signal) else RELATIVE_FLOOR * abs(level)
    spread = median([abs(value - level) for value in old.values()])
    worse = difference if signal.kind is not SignalKind.TRAFFIC else 0.0
    if worse <= 0:
        return None
    half = HALF_FAILURE if whole_of(signal) else abs(level)
    size = math.sqrt(worse / (worse + half))
    score = min(math.log1p(worse / (SCALE * spread + floor or 1.0)), CAP) * size * weight_of(signal, starting=True)
    unit = "ratio" if whole_of(signal) else signal.unit
    sentence = say(
        "causes.new_worse_than_old",
        service=key.service,
        indicator=signal.indicator,
        old=versions[0],
        new=versions[1],
        before=measure(level, unit),
        now=measure(level + worse, unit),
    )
    assert view.versions is not None
    return Ranked(key.service, key.name, score, (view.versions.id,), sentence)


def _signal_of(view: View, key: _Key) -> Signal | None:
    """The evidence's signal of the same metric, for its kind."""
    named = [signal for signal in view.evidence.signals if signal.service == key.service and signal.name == key.name]
    return named[0] if named else None


def _failures(old: Series, new: Series, signal: Signal) -> tuple[Series, Series]:
    """Shares of failures from 0 to 1, turned round where the evidence did so with this signal."""
    whole = whole_of(signal) or 1.0
    turned = signal.indicator.startswith(f"{whole:.0f}-")

    def share(value: float) -> float:
        return (whole - value) / whole if turned else value / whole

    return {time: share(value) for time, value in old.items()}, {time: share(value) for time, value in new.items()}


EXTENSION = Method(
    name=NAME,
    summary="Whether replicas of a new version do worse than the old ones beside them.",
    needs="metrics that name the version, and two versions at once",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
