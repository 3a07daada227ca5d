"""When a signal left its own baseline, and when it came back: the strongest excursion of a series, with its doubt.

The stretch that deviates most in sum is found first (a maximal-sum run of clipped robust deviations), its beginning is
placed by the exact single split of ranks, and then moved to the first sample outside the baseline's band. Ranks make
the split indifferent to the shape and the outliers of the noise (A. N. Pettitt, Appl. Statist. 28, 1979); the band
turns "most different" into "the first that is surely different".
Misleads when the reference itself holds an outage, when the window holds several excursions (the largest is told), and
where the load follows the hour of the day and the reference does not cover that hour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.statistics import (
    Band,
    Floats,
    average_ranks,
    independent_share,
    joint_probability,
    median,
    robust_band,
    tail_probabilities,
)

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

LEAST_REFERENCE = 8  # samples; below this no band can be told
_LEAST_STRENGTH = 3.0  # spreads
_CLIP = 4.0
_DRIFT = 1.0
_BLOCKS = 8  # of each side of the reference, to see a trend
_STEADY = 0.6  # share of rising minus falling pairs of blocks that makes a trend
_STEADY_ALONE = 0.85  # the same where only one side is long enough
_DRIFT_SPREADS = 8.0  # least drift over the series, in median deviations of what is left without it


@dataclass(frozen=True)
class Excursion:
    """A stretch outside the band, by positions in the series.

    `start`: first sample outside; `last_inside`: the known sample before it (None: none is known); `last`: last sample
    outside; `first_back`: the known sample after it, inside again (None: not seen). `strength` is signed, in spreads.
    `chance`: how likely noise like the reference shows as much anywhere in the window, over both directions.
    """

    start: int
    last_inside: int | None
    last: int
    first_back: int | None
    strength: float
    before: float
    during: float
    band: Band
    chance: float


def find_excursion(
    values: Floats, reference: Bools, window: Bools, *, starts: Ints, direction: int, floor: float
) -> Excursion | None:
    """The strongest excursion that begins in the window.

    `values`, `reference`, `window`: shape (n,), NaN = missing; `starts`: positions where a new stretch of time begins;
    `direction`: 1 = only upwards is bad, -1 = only downwards, 0 = both; `floor` > 0: least spread, in the signal's
    unit. None where nothing is three spreads away or where the reference is too short to tell (under 8 samples).
    """
    known = ~np.isnan(values)
    if np.count_nonzero(reference & known) < LEAST_REFERENCE or not (window & known).any():
        return None
    level = values - _trend(values, reference & known, starts)
    found = [
        excursion
        for sign in ((1, -1) if direction == 0 else (direction,))
        if (excursion := _one_way(level, reference & known, window & known, starts, sign, floor)) is not None
    ]
    return min(found, key=lambda excursion: (excursion.chance, -abs(excursion.strength)), default=None)


def _one_way(level: Floats, reference: Bools, window: Bools, starts: Ints, sign: int, floor: float) -> Excursion | None:
    """The strongest excursion upwards of `sign * level`; `level` has no trend left."""
    known = np.flatnonzero(~np.isnan(level))
    values = sign * level[known]
    band = robust_band(values[reference[known]], floor)
    deviations = band.deviation(values)
    if deviations[window[known]].max() <= _LEAST_STRENGTH:
        return None  # nothing leaves the band: most signals of most incidents end here
    stretch = np.searchsorted(starts, known, side="right")
    first, last = _strongest_run(deviations, window[known], stretch)
    if last < first:
        return None
    first = _split(values, first, last, stretch)
    outside = np.flatnonzero(deviations[first : last + 1] > _LEAST_STRENGTH) + first
    if not outside.size:
        return None
    first, last = int(outside[0]), int(outside[-1])
    while first > 0 and stretch[first - 1] == stretch[first] and deviations[first - 1] > _LEAST_STRENGTH:
        first -= 1
    during = median(values[first : last + 1][deviations[first : last + 1] > _LEAST_STRENGTH])
    chance = _chance(values, (first, last), reference[known], window[known], floor)
    return Excursion(
        start=int(known[first]),
        last_inside=int(known[first - 1]) if first > 0 and stretch[first - 1] == stretch[first] else None,
        last=int(known[last]),
        first_back=int(known[last + 1]) if last + 1 < known.size and stretch[last + 1] == stretch[last] else None,
        strength=sign * (during - band.centre) / band.above,
        before=sign * band.centre + 0.0,  # never -0.0
        during=sign * during + 0.0,
        band=band if sign > 0 else Band(-band.centre, band.above, band.below),
        chance=chance,
    )


def _strongest_run(deviations: Floats, window: Bools, stretch: Ints) -> tuple[int, int]:
    """First and last position of the run with the largest sum of clipped deviations; (0, -1) where none is positive.

    It begins in the window and may outlast it, to the end of the stretch of time that the window ends in.
    """
    inside = np.flatnonzero(window)
    if not inside.size:
        return 0, -1
    end = int(np.searchsorted(stretch, stretch[inside[-1]], side="right"))
    scores = np.clip(deviations[inside[0] : end], -2.0, _CLIP) - _DRIFT
    sums = np.concatenate(([0.0], np.cumsum(scores)))
    openings = np.where(window[inside[0] : end], sums[:-1], np.inf)
    gains = sums[1:] - np.minimum.accumulate(openings)
    last = int(np.argmax(gains))
    if gains[last] <= 0:
        return 0, -1
    first = int(np.argmin(openings[: last + 1]))
    return first + int(inside[0]), last + int(inside[0])


def _split(values: Floats, first: int, last: int, stretch: Ints) -> int:
    """Where the ranks of the run and of what came before it part best; `first` where nothing is known before."""
    reach = max(30, 2 * (last - first + 1))
    begin = max(first - reach, int(np.searchsorted(stretch, stretch[first], side="left")))
    if begin == first or last - begin < 2:
        return first
    ranks = average_ranks(values[begin : last + 1])
    left = np.arange(1, ranks.size)
    risen = -(np.cumsum(ranks - (ranks.size + 1) / 2)[:-1]) / np.sqrt(left * (ranks.size - left))
    return begin + int(np.argmax(risen)) + 1


def _chance(values: Floats, run: tuple[int, int], reference: Bools, window: Bools, floor: float) -> float:
    """Probability of such a run in noise like the reference, corrected for where and in which direction it may lie."""
    normal = values[reference]
    tails = tail_probabilities(values[run[0] : run[1] + 1], normal, floor)
    alone = joint_probability(tails, independent_share(normal))
    return min(1.0, alone * 2 * int(np.count_nonzero(window)))


def _trend(values: Floats, reference: Bools, starts: Ints) -> Floats:
    """The steady slope of the reference as values of shape (n,), zero in the middle; all zero where there is none.

    Slope: the median of slopes between block medians (H. Theil 1950, P. K. Sen 1968). It counts only where the blocks
    before, and those after the incident, rise (or fall) with few exceptions, where both sides lie on one line, and
    where the drift is not hidden in the noise: a warm-up, or a level that differs before and after, is no trend. From
    one side alone it must be steadier, and the reference longer than what it is drawn out over. One stretch of time
    only: across a pause a slope says nothing.
    """
    positions = np.flatnonzero(reference)
    none = np.zeros(values.shape)
    if starts.size > 1 or positions.size < 3 * _BLOCKS:
        return none
    widest = int(np.argmax(np.diff(positions))) + 1
    sides = [side for side in (positions[:widest], positions[widest:]) if side.size >= LEAST_REFERENCE]
    slopes = [slope for side in sides if side.size >= 3 * _BLOCKS for slope in _slopes(values, side)]
    steady = abs(float(np.sign(slopes).mean())) if slopes else 0.0
    one_sided = len(slopes) < _BLOCKS * (_BLOCKS - 1)
    if steady < (_STEADY_ALONE if one_sided else _STEADY) or positions.size < values.size / 2:
        return none
    offsets: Floats = np.arange(values.size, dtype=np.float64) - values.size / 2
    line: Floats = np.multiply(offsets, float(np.median(slopes)), dtype=np.float64)
    left = values - line
    drift = abs(float(line[-1] - line[0]))
    middles = [float(np.median(left[side])) for side in sides]
    spread = float(np.median(np.abs(left[positions] - np.median(left[positions]))))
    bent = max(middles) - min(middles) > drift / 4
    return none if bent or drift <= _DRIFT_SPREADS * spread else line


def _slopes(values: Floats, side: Ints) -> list[float]:
    """Slopes between the medians of all pairs of blocks of one side of the reference."""
    blocks = side[: side.size // _BLOCKS * _BLOCKS].reshape(_BLOCKS, -1)
    middles, levels = blocks.mean(axis=1), np.median(values[blocks], axis=1)
    rows, columns = np.triu_indices(_BLOCKS, 1)
    slopes: list[float] = ((levels[columns] - levels[rows]) / (middles[columns] - middles[rows])).tolist()
    return slopes
