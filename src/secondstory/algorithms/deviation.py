"""How far signals leave their own normal, on a scale that each signal calibrates on its fault-free record.

Idea: the statistic of a row is its largest short-term mean shift from the reference median, less what it already
showed earlier in the watched stretch (a level that an incident found is not one that it made). Its scale is what the
statistic reaches by chance while nothing is wrong (upper quantile over sliding fault-free stretches as long as the
suspected one), plus a spread term, so that a restless signal must move further than a calm one. A scale learned from
few samples is drawn towards that of the same indicator elsewhere.
Shapes: `values` is (signals, steps), masks are (steps,), results (signals,); units cancel in the score.
Misleads when the reference holds faults, when a season longer than the reference moves the signal, or when the
watched stretch begins after the fault.
Reference: Rousseeuw & Croux (1993), Alternatives to the median absolute deviation; block maxima as in Coles (2001).

>>> rows = np.array([[1.0, 1.1, 0.9, 1.0, 1.1, 1.0, 5.0, 5.0, 5.0]])
>>> calm = np.arange(9) < 5
>>> found = deviations(
...     rows, Steps(calm, ~calm, ~calm), direction=np.array([1]), floor=np.array([0.05]), group=["load"])
>>> bool(found.score[0] > 3), round(float(found.centre[0]), 6)
(True, 1.0)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

CALM_QUANTILE = 0.95  # a fault-free stretch stays below its scale 19 times in 20
TAIL_QUANTILE = 0.98  # what one in fifty fault-free stretches reaches is no finding
FEWEST_SAMPLES = 3  # fewer reference samples tell no spread
SMOOTH_STEPS = 3  # a mean over three steps survives one odd sample
PRIOR_SAMPLES = 10.0  # own scale and that of peers weigh the same at ten reference samples
MAD_TO_SIGMA = 1.4826  # of a normal distribution


@dataclass(frozen=True, eq=False)
class Steps:
    """Which steps are fault-free, which are looked at (from before the fault on), and which may show the fault."""

    calm: Mask
    watched: Mask
    suspect: Mask  # part of `watched`


@dataclass(frozen=True, eq=False)
class Deviations:
    """Per signal. `score` is the shift in calibrated scales, NaN where nothing can be told; `shift` keeps its sign."""

    score: Floats
    shift: Floats  # largest signed mean shift, in the signal's unit
    centre: Floats  # median of the fault-free steps
    scale: Floats  # what chance reaches


def deviations(values: Floats, steps: Steps, *, direction: Whole, floor: Floats, group: list[str]) -> Deviations:
    """Score every row of `values`.

    `direction` is 1 (up is bad), -1 or 0 (both); `floor` the smallest shift that matters, in the row's unit; rows of
    one `group` measure the same thing in different places and share what they know of normal.
    """
    reference, seen = values[:, steps.calm], values[:, steps.watched]
    inside = steps.suspect[steps.watched]
    length = int(inside.sum())
    known = np.sum(~np.isnan(reference), axis=1)
    usable = (known >= FEWEST_SAMPLES) & np.any(~np.isnan(seen[:, inside]), axis=1)
    centre = median_of_rows(reference)
    width = max(1, min(SMOOTH_STEPS, length // 2))
    shifts = _short_means(reference, width) - centre[:, None]
    scale = _scale(reference, shifts, direction=direction, length=length, floor=floor, group=group)
    fresh = _fresh(_short_means(seen, width) - centre[:, None], direction)
    shift = _furthest(fresh[:, inside], direction)
    tail = _tail(reference, shifts, direction=direction, length=length, floor=floor, group=group)
    score = np.maximum(_towards(shift, direction), 0.0) / scale / tail
    return Deviations(*(np.where(usable, column, np.nan) for column in (score, shift, centre, scale)))


def median_of_rows(rows: Floats) -> Floats:
    """Median of each row over its known values, NaN where there is none."""
    count = np.sum(~np.isnan(rows), axis=1)
    if not rows.shape[1]:
        return np.full(rows.shape[0], np.nan)
    ordered = np.sort(rows, axis=1)  # NaN goes last
    low = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0)[:, None], axis=1)[:, 0]
    high = np.take_along_axis(ordered, np.minimum(count // 2, rows.shape[1] - 1)[:, None], axis=1)[:, 0]
    middle: Floats = np.where(count > 0, (low + high) / 2, np.nan)
    return middle


def _short_means(rows: Floats, width: int) -> Floats:
    """Mean of the known values among the last `width` steps; NaN where none is known."""
    missing = np.isnan(rows)
    total, count = np.zeros_like(rows), np.zeros_like(rows)
    for back in range(min(width, rows.shape[1])):
        end = rows.shape[1] - back
        total[:, back:] += np.where(missing, 0.0, rows)[:, :end]
        count[:, back:] += ~missing[:, :end]
    means: Floats = np.divide(total, count, out=np.full_like(rows, np.nan), where=count > 0)
    return means


def _towards(shifts: Floats, direction: Whole) -> Floats:
    """Size of each shift in the bad direction of its row; negative where it is good news."""
    sign = direction.reshape(-1, *(1,) * (shifts.ndim - 1))
    size: Floats = np.where(sign == 0, np.abs(shifts), shifts * sign)
    return size


def _fresh(shifts: Floats, direction: Whole) -> Floats:
    """Shifts less the smallest that the row showed up to then."""
    before = np.fmin.accumulate(np.maximum(_towards(shifts, direction), 0.0), axis=1)
    fresh: Floats = np.sign(shifts) * np.maximum(np.abs(shifts) - before, 0.0)
    return fresh


def _furthest(rows: Floats, direction: Whole) -> Floats:
    """The value furthest in the bad direction in each row, signed; NaN where nothing is known."""
    if not rows.shape[1]:
        return np.full(rows.shape[0], np.nan)
    column = np.argmax(np.nan_to_num(_towards(rows, direction), nan=-np.inf, neginf=-np.inf), axis=1)
    found: Floats = np.take_along_axis(rows, column[:, None], axis=1)[:, 0]
    return found


def _block_extremes(rows: Floats, direction: Whole, length: int) -> Floats:
    """What the statistic reaches in every fault-free stretch of `length` steps; shape (signals, stretches)."""
    width = max(1, min(length, rows.shape[1] // 2))
    if not rows.shape[1]:
        return np.full((rows.shape[0], 1), np.nan)
    low = np.nan_to_num(_towards(rows, direction), nan=-np.inf, neginf=-np.inf)
    best = np.lib.stride_tricks.sliding_window_view(low, width, axis=1).max(axis=2)
    extremes: Floats = np.where(np.isinf(best), np.nan, np.maximum(best, 0.0))
    return extremes


def _upper(rows: Floats) -> Floats:
    """The calm quantile of each row: the nearest value above; NaN where nothing is known."""
    ordered = np.sort(rows, axis=1)
    count = np.sum(~np.isnan(rows), axis=1)
    at = np.clip(np.ceil(CALM_QUANTILE * count).astype(np.int64) - 1, 0, rows.shape[1] - 1)
    upper: Floats = np.take_along_axis(ordered, at[:, None], axis=1)[:, 0]
    return upper


def _scale(
    reference: Floats, shifts: Floats, *, direction: Whole, length: int, floor: Floats, group: list[str]
) -> Floats:
    """What chance does to each row: its calm quantile, its spread and the floor, drawn up towards its peers."""
    spread = MAD_TO_SIGMA * median_of_rows(np.abs(reference - median_of_rows(reference)[:, None]))
    own = np.nan_to_num(_upper(_block_extremes(shifts, direction, length))) + np.nan_to_num(spread) + floor
    known = np.sum(~np.isnan(reference), axis=1)
    relative = np.log(own / floor)
    drawn = relative.copy()
    for rows in _members(group):
        weight = known[rows] / (known[rows] + PRIOR_SAMPLES)
        drawn[rows] = weight * relative[rows] + (1 - weight) * float(np.median(relative[rows]))
    # Never down: what a short record already shows of restlessness is not undone by calm peers.
    scale: Floats = floor * np.exp(np.maximum(relative, drawn))
    return scale


def _tail(
    reference: Floats, shifts: Floats, *, direction: Whole, length: int, floor: Floats, group: list[str]
) -> Floats:
    """What a fault-free stretch reaches, in scales learned from the other half of the record; pooled, at least 1.

    A scale never looks too small on the samples that it was learned from, so each half judges the other. This is
    what tames heavy tails, such as high percentiles of few requests.
    """
    half = reference.shape[1] // 2
    tail = np.ones(reference.shape[0])
    if half < FEWEST_SAMPLES:
        return tail
    scores = []
    for learned, judged in ((slice(None, half), slice(half, None)), (slice(half, None), slice(None, half))):
        scale = _scale(
            reference[:, learned], shifts[:, learned], direction=direction, length=length, floor=floor, group=group
        )
        scores.append(_block_extremes(shifts[:, judged], direction, length) / scale[:, None])
    pooled = np.concatenate(scores, axis=1)
    for rows in _members(group):
        calm = np.sort(pooled[rows][~np.isnan(pooled[rows])])
        if calm.size:
            tail[rows] = max(1.0, float(calm[int(np.ceil(TAIL_QUANTILE * calm.size)) - 1]))
    return tail


def _members(group: list[str]) -> list[Whole]:
    names = np.array(group)
    return [np.flatnonzero(names == name) for name in sorted(set(group))]
