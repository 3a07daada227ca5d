"""Prometheus series to rows of metrics: what is a counter, and which series together are a histogram.

A metric in Prometheus has no type in an answer, so its name must tell. `_total` and `_bucket` belong to counters alone.
`_count` and `_sum` end counters too, but also the names of levels (connections, threads): they are counters where both
stand side by side or buckets do, else where they hardly ever fall. It misleads where a level only rises in the export.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import Mapping, TableName
from secondstory.sources.reading.labels import json_object, split_labels
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import Tables, table_of_columns
from secondstory.sources.reading.times import HIGHEST_US, LOWEST_US, Micros, unit_words

Floats = npt.NDArray[np.float64]

_US = 1_000_000
_BOUND = "le"
_ENDINGS = ("_total", "_bucket", "_count", "_sum")
_UNITS = {
    "seconds": "s", "milliseconds": "ms", "microseconds": "us", "nanoseconds": "ns", "bytes": "By", "ratio": "1",
    "percent": "%", "celsius": "Cel", "joules": "J", "volts": "V", "amperes": "A", "meters": "m", "grams": "g",
}  # fmt: skip
"""The base units of Prometheus' naming rules, as OpenTelemetry writes them."""

_FALLS = 0.05  # of the changes of a counter: restarts
_MOST = 2.0**53


@dataclass(frozen=True, eq=False)
class SampledSeries:
    """One series: what it is called, its labels, and its samples in order of time."""

    number: int
    name: str
    labels: dict[str, str]
    times: Micros
    values: Floats


@dataclass(frozen=True, eq=False)
class _Rows:
    """A series as it is stored; a histogram has counts of shape (samples, bounds + 1)."""

    series: SampledSeries
    name: str
    kind: str
    counts: npt.NDArray[np.int64] | None = None
    bounds: tuple[float, ...] = ()
    sums: Floats | None = None


def samples_of(given: Any, number: int, rejects: Rejects) -> tuple[Micros, Floats]:
    """Times and values of `[[seconds, "value"], ...]`, sorted by time; unusable ones are left out and counted."""
    pairs = given if isinstance(given, list) else [given]
    try:
        seconds = np.array([second for second, _ in pairs], dtype=np.float64)
        values = np.array([float(value) for _, value in pairs], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        sound = [sample for pair in pairs if (sample := _sample(pair)) is not None]
        rejects.add("sample_shape", number, len(pairs) - len(sound))
        seconds = np.array([second for second, _ in sound], dtype=np.float64)
        values = np.array([value for _, value in sound], dtype=np.float64)
    outside = ~((seconds >= LOWEST_US / _US) & (seconds < HIGHEST_US / _US))
    if outside.any():
        seen = float(seconds[outside][0])
        looks = unit_words(seen)
        rejects.add("time_outside", number, int(outside.sum()), seen=seen, unit="seconds", looks=looks)
    endless = ~np.isfinite(values) & ~outside
    rejects.add("not_finite", number, int(endless.sum()))
    kept = ~outside & ~endless
    times = np.rint(seconds[kept] * _US).astype(np.int64)
    order = np.argsort(times, kind="stable")
    return times[order], values[kept][order]


def tables_of(series: list[SampledSeries], unnamed: str, mapping: Mapping, rejects: Rejects) -> Tables:
    """Rows of metrics; a series without a name is called `unnamed`."""
    named = _merged(each if each.name else replace(each, name=unnamed) for each in series)
    histograms, others = _assembled(named, rejects)
    counters = _counters(named)
    rows = [*histograms, *(_Rows(each, each.name, "sum" if each.name in counters else "gauge") for each in others)]
    return _table(rows, mapping)


def _merged(series: Iterable[SampledSeries]) -> list[SampledSeries]:
    """One series where several answers hold stretches of it; of samples of the same time the first counts."""
    found: dict[tuple[str, str], list[SampledSeries]] = defaultdict(list)
    for each in series:
        found[each.name, json_object(each.labels)].append(each)
    return [parts[0] if len(parts) == 1 else _joined(parts) for parts in found.values()]


def _joined(parts: list[SampledSeries]) -> SampledSeries:
    times, first = np.unique(np.concatenate([part.times for part in parts]), return_index=True)
    return replace(parts[0], times=times, values=np.concatenate([part.values for part in parts])[first])


def _sample(pair: Any) -> tuple[float, float] | None:
    try:
        second, value = pair
        return float(second), float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _counters(series: list[SampledSeries]) -> frozenset[str]:
    """The names that are counters'."""
    by_name: dict[str, list[SampledSeries]] = defaultdict(list)
    for each in series:
        by_name[each.name].append(each)
    return frozenset(name for name, members in by_name.items() if _is_counter(name, members, frozenset(by_name)))


def _is_counter(name: str, members: list[SampledSeries], names: frozenset[str]) -> bool:
    if name.endswith(("_total", "_bucket")):
        return True
    stem, _, ending = name.rpartition("_")
    if f"_{ending}" not in _ENDINGS:
        return False
    pair = {f"{stem}_count", f"{stem}_sum"}
    if pair <= names or f"{stem}_bucket" in names:
        return True
    changes = np.concatenate([np.diff(member.values) for member in members])
    falls, rises = int((changes < 0).sum()), int((changes > 0).sum())
    return rises > 0 and falls <= _FALLS * rises


def _assembled(series: list[SampledSeries], rejects: Rejects) -> tuple[list[_Rows], list[SampledSeries]]:
    """Histograms and summaries put together again, and the series that belong to none."""
    parts: dict[tuple[str, str], dict[str, SampledSeries]] = defaultdict(dict)
    others: list[SampledSeries] = []
    for each in series:
        stem, _, ending = each.name.rpartition("_")
        labels = {name: value for name, value in each.labels.items() if name != _BOUND}
        part = f"le={each.labels.get(_BOUND, '')}" if ending == "bucket" else ending
        family = parts[stem, json_object(labels)] if ending in ("bucket", "count", "sum") else {}
        if ending in ("bucket", "count", "sum") and part not in family:
            family[part] = each
        else:
            others.append(each)
    histograms: list[_Rows] = []
    for (stem, _), family in parts.items():
        made = _histogram(stem, family, rejects) or _summary(stem, family)
        if made is None:
            others += family.values()
        else:
            histograms.append(made)
    return histograms, others


def _histogram(stem: str, family: dict[str, SampledSeries], rejects: Rejects) -> _Rows | None:
    """A histogram from its buckets; None where they are none, not all there, or hold no whole counts."""
    bounded = sorted((bound, each) for part, each in family.items() if (bound := _bound(part)) is not None)
    if not bounded or not math.isinf(bounded[-1][0]) or any(part == "le=" for part in family):
        return None
    buckets = [each for _, each in bounded]
    times = buckets[-1].times
    for bucket in buckets[:-1]:
        times = np.intersect1d(times, bucket.times)
    levels = np.stack([bucket.values[np.searchsorted(bucket.times, times)] for bucket in buckets], axis=1)
    counts = np.diff(levels, axis=1, prepend=0.0)
    if not times.size or (levels != np.rint(levels)).any() or levels.max() >= _MOST:
        return None
    number = min(bucket.number for bucket in buckets)
    rejects.add("buckets_missing", number, max(bucket.times.size for bucket in buckets) - times.size)
    sound = (counts >= 0).all(axis=1)
    rejects.add("buckets_fall", number, int((~sound).sum()))
    whole = SampledSeries(number, stem, _unbound(buckets[-1]), times[sound], levels[sound, -1])
    sums = _at(family.get("sum"), whole.times)
    bounds = tuple(bound for bound, _ in bounded[:-1])
    return _Rows(whole, stem, "histogram", counts[sound].astype(np.int64), bounds, sums)


def _summary(stem: str, family: dict[str, SampledSeries]) -> _Rows | None:
    """Count and sum without buckets, as summaries have them; None where one is missing or counts are not whole."""
    if set(family) != {"count", "sum"}:
        return None
    count = family["count"]
    if (count.values != np.rint(count.values)).any() or (count.values < 0).any() or count.values.max() >= _MOST:
        return None
    return _Rows(replace(count, name=stem), stem, "summary", sums=_at(family["sum"], count.times))


def _bound(part: str) -> float | None:
    if not part.startswith("le="):
        return None
    try:
        bound = float(part.removeprefix("le="))
    except ValueError:
        return None
    return None if math.isnan(bound) or bound == -math.inf else bound


def _unbound(bucket: SampledSeries) -> dict[str, str]:
    return {name: value for name, value in bucket.labels.items() if name != _BOUND}


def _at(series: SampledSeries | None, times: Micros) -> Floats | None:
    """The values at these times; NaN where there is none."""
    if series is None:
        return None
    place = np.minimum(np.searchsorted(series.times, times), series.times.size - 1)
    found: Floats = np.where(series.times[place] == times, series.values[place], np.nan)
    return found


def _unit(name: str) -> str | None:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return _UNITS.get(name.rpartition("_")[2])


def _table(rows: list[_Rows], mapping: Mapping) -> Tables:
    lengths = [each.series.times.size for each in rows]
    of = pa.array(np.repeat(np.arange(len(rows)), lengths))
    who = [split_labels(each.series.labels, mapping) for each in rows]
    shared: dict[str, list[str | None]] = {
        "service": [labels.service for labels in who],
        "instance": [labels.instance for labels in who],
        "version": [labels.version for labels in who],
        "environment": [labels.environment for labels in who],
        "attributes": [labels.rest for labels in who],
        "name": [each.name for each in rows],
        "kind": [each.kind for each in rows],
        "temporality": [None if each.kind == "gauge" else "cumulative" for each in rows],
        "unit": [_unit(each.series.name) for each in rows],
    }
    columns = {name: pa.array(texts, pa.string()).take(of) for name, texts in shared.items()}
    plain = [each.kind in ("gauge", "sum") for each in rows]
    counted = pa.array(np.repeat(~np.array(plain, dtype=bool), lengths))
    if rows:
        values = pa.array(np.concatenate([each.series.values for each in rows]))
        nothing = pa.nulls(len(values), values.type)
        columns |= {
            "time": pa.array(np.concatenate([each.series.times for each in rows])),
            "value": _where(counted, nothing, values),
            "count": _where(counted, values, nothing).cast(pa.int64()),
            "sum": pa.array(np.concatenate(list(_sums(rows))), from_pandas=True),
            **_buckets(rows),
        }
    return table_of_columns(TableName.METRICS, columns, sum(lengths))


def _where(flags: pa.Array, then: pa.Array, otherwise: pa.Array) -> pa.Array:
    return pc.if_else(flags, then, otherwise)


def _sums(rows: list[_Rows]) -> Iterator[Floats]:
    for each in rows:
        yield each.sums if each.sums is not None else np.full(each.series.times.size, np.nan)


def _buckets(rows: list[_Rows]) -> dict[str, pa.Array]:
    """Bounds and counts as lists, null for what is no histogram."""
    bounds: list[Any] = []
    counts: list[Any] = []
    for each in rows:
        size = each.series.times.size
        bounds += [None if each.counts is None else each.bounds] * size
        counts += [None] * size if each.counts is None else list(each.counts)
    return {
        "bounds": pa.array(bounds, pa.list_(pa.float64())),
        "buckets": pa.array(counts, pa.list_(pa.int64())),
    }
