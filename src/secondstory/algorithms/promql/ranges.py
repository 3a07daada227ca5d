"""Functions of the samples in a range: rate and its kin, and the *_over_time.

Rates are extrapolated to the edges of their range as Prometheus 2 does: to the edge where the first or last sample lies
within 1.1 times the usual distance of it, else by half that distance, and never to below zero of a counter. They
mislead near the beginning of a series, where a range holds little of it. Each function takes one series cut into
windows and gives one value a window; windows with too few samples have none.
Reference: Prometheus 2.42, promql/functions.go (`extrapolatedRate` and below).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from secondstory.algorithms.promql.rows import Floats, Mask, Millis

_NEAR = 1.1


@dataclass(frozen=True, eq=False)
class Windows:
    """One series without its ends marked stale, cut: window k holds the samples first[k] <= i < last[k].

    `start_ms` and `end_ms` are the windows' edges, `at_ms` the times of evaluation; all of shape (windows,).
    """

    times_ms: Millis
    values: Floats
    first: Millis
    last: Millis
    start_ms: Millis
    end_ms: Millis
    at_ms: Millis

    @property
    def count(self) -> Millis:
        """Samples in each window."""
        return self.last - self.first


Answer = tuple[Floats, Mask]
Function = Callable[[Windows, Floats], Answer]
"""Windows and a number for each of them (unused by most) to values and where they are present."""


def _rate(windows: Windows, is_counter: bool, per_second: bool) -> Answer:
    present = windows.count >= 2
    values = np.full(present.shape, np.nan)
    at = np.flatnonzero(present)
    first, last = windows.first[at], windows.last[at] - 1
    times, samples = windows.times_ms, windows.values
    grown = samples[last] - samples[first]
    if is_counter:
        falls = np.where(samples[1:] < samples[:-1], samples[:-1], 0.0)
        lost = np.concatenate(([0.0], np.cumsum(falls)))  # what resets took away up to each sample
        grown = grown + (lost[last] - lost[first])
    sampled = (times[last] - times[first]) / 1000
    apart = sampled / (last - first)
    to_start = (times[first] - windows.start_ms[at]) / 1000
    to_end = (windows.end_ms[at] - times[last]) / 1000
    if is_counter:
        counted = (grown > 0) & (samples[first] >= 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            to_zero = sampled * (samples[first] / grown)
        to_start = np.where(counted & (to_zero < to_start), to_zero, to_start)
    reach = sampled.copy()
    for edge in (to_start, to_end):
        reach += np.where(edge < apart * _NEAR, edge, apart / 2)
    factor = reach / sampled
    if per_second:
        factor = factor / ((windows.end_ms[at] - windows.start_ms[at]) / 1000)
    values[at] = grown * factor
    return values, present


def _instant(windows: Windows, is_rate: bool) -> Answer:
    """From the last two samples alone."""
    present = windows.count >= 2
    values = np.full(present.shape, np.nan)
    last = windows.last[present] - 1
    new, old = windows.values[last], windows.values[last - 1]
    if is_rate:
        seconds = (windows.times_ms[last] - windows.times_ms[last - 1]) / 1000
        values[present] = np.where(new < old, new, new - old) / seconds
    else:
        values[present] = new - old
    return values, present


def _reduced(windows: Windows, reduce: np.ufunc) -> Answer:
    """All windows at once: `reduceat` over pairs of edges, of which every second result is a window."""
    present = windows.count >= 1
    values = np.full(present.shape, np.nan)
    if present.any():
        edges = np.stack((windows.first[present], windows.last[present]), axis=1).ravel()
        padded = np.concatenate((windows.values, [0.0]))  # an edge may lie behind the last sample
        values[present] = reduce.reduceat(padded, edges)[::2]
    return values, present


def _sum(windows: Windows, _: Floats) -> Answer:
    return _reduced(windows, np.add)


def _average(windows: Windows, _: Floats) -> Answer:
    total, present = _reduced(windows, np.add)
    return total / np.maximum(windows.count, 1), present


def _count(windows: Windows, _: Floats) -> Answer:
    return windows.count.astype(np.float64), windows.count >= 1


def _present(windows: Windows, _: Floats) -> Answer:
    return np.ones(windows.count.shape), windows.count >= 1


def _last(windows: Windows, _: Floats) -> Answer:
    present = windows.count >= 1
    values = np.full(present.shape, np.nan)
    values[present] = windows.values[windows.last[present] - 1]
    return values, present


def _pairs(windows: Windows, differs: Callable[[Floats, Floats], Mask]) -> Answer:
    """How many samples differ so from the one before, in each window."""
    flags = np.concatenate(([0], np.cumsum(differs(windows.values[:-1], windows.values[1:]))))
    present = windows.count >= 1
    values = np.full(present.shape, np.nan)
    values[present] = flags[windows.last[present] - 1] - flags[windows.first[present]]
    return values, present


def _changed(before: Floats, after: Floats) -> Mask:
    changed: Mask = (before != after) & ~(np.isnan(before) & np.isnan(after))
    return changed


def _fell(before: Floats, after: Floats) -> Mask:
    fell: Mask = after < before
    return fell


def _each(windows: Windows, least: int, one: Callable[[Floats, Floats, int], float]) -> Answer:
    """Window by window: `one` gets the seconds before the evaluation (negative), the values and the window's number."""
    present = windows.count >= least
    values = np.full(present.shape, np.nan)
    for number in np.flatnonzero(present):
        cut = slice(windows.first[number], windows.last[number])
        seconds = (windows.times_ms[cut] - windows.at_ms[number]) / 1000
        values[number] = one(seconds, windows.values[cut], int(number))
    return values, present


def _variance(windows: Windows, _: Floats) -> Answer:
    return _each(windows, 1, lambda _seconds, values, _number: float(np.var(values)))


def _deviation(windows: Windows, _: Floats) -> Answer:
    return _each(windows, 1, lambda _seconds, values, _number: float(np.std(values)))


def _quantile(windows: Windows, share: Floats) -> Answer:
    return _each(windows, 1, lambda _seconds, values, number: quantile(values, float(share[number])))


def _slope(windows: Windows, _: Floats) -> Answer:
    return _each(windows, 2, lambda seconds, values, _number: _line(seconds, values, float(seconds[0]))[0])


def _predicted(windows: Windows, ahead: Floats) -> Answer:
    def one(seconds: Floats, values: Floats, number: int) -> float:
        slope, level = _line(seconds, values, 0.0)
        return level + slope * float(ahead[number])

    return _each(windows, 2, one)


def _line(seconds: Floats, values: Floats, origin: float) -> tuple[float, float]:
    """Slope, and level at `origin`, of the least squares line; a constant is level, infinite or not."""
    if (values == values[0]).all():
        return (float("nan") if np.isinf(values[0]) else 0.0), float(values[0])
    x = seconds - origin
    middle = x - x.mean()
    slope = float((middle * values).sum() / (middle * middle).sum())
    return slope, float(values.mean() - slope * x.mean())


def quantile(values: Floats, share: float) -> float:
    """The value below which `share` of the values lie, between two of them; NaN sorts first, as in Prometheus.

    >>> quantile(np.array([1.0, 2.0, 3.0, 4.0]), 0.5)
    2.5
    """
    if np.isnan(share):
        return float("nan")
    if share < 0 or share > 1:
        return float("-inf") if share < 0 else float("inf")
    ranked = np.sort(values)
    missing = int(np.isnan(ranked).sum())
    ranked = np.concatenate((ranked[ranked.size - missing :], ranked[: ranked.size - missing]))
    rank = share * (ranked.size - 1)
    low = int(max(0.0, np.floor(rank)))
    high = min(ranked.size - 1, low + 1)
    part = rank - np.floor(rank)
    return float(ranked[low] * (1 - part) + ranked[high] * part)


OVER_RANGES: dict[str, Function] = {
    "rate": lambda windows, _: _rate(windows, is_counter=True, per_second=True),
    "increase": lambda windows, _: _rate(windows, is_counter=True, per_second=False),
    "delta": lambda windows, _: _rate(windows, is_counter=False, per_second=False),
    "irate": lambda windows, _: _instant(windows, is_rate=True),
    "idelta": lambda windows, _: _instant(windows, is_rate=False),
    "deriv": _slope,
    "predict_linear": _predicted,
    "changes": lambda windows, _: _pairs(windows, _changed),
    "resets": lambda windows, _: _pairs(windows, _fell),
    "avg_over_time": _average,
    "sum_over_time": _sum,
    "min_over_time": lambda windows, _: _reduced(windows, np.fmin),
    "max_over_time": lambda windows, _: _reduced(windows, np.fmax),
    "count_over_time": _count,
    "last_over_time": _last,
    "present_over_time": _present,
    "stddev_over_time": _deviation,
    "stdvar_over_time": _variance,
    "quantile_over_time": _quantile,
}
