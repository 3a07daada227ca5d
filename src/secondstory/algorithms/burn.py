"""How much of an error budget a stretch of bad requests took, how fast, and in which part of the stretch.

An objective of `target_ratio` over a period allows the share 1 - target of the period's requests to be bad; that is
the budget. The burn rate is the share of bad requests over that allowance: at 1 the budget lasts exactly the period.
Misleads when the period's traffic is guessed badly: the spent share is inversely proportional to it.
Reference: Google SRE Workbook, chapter 5 ("Alerting on SLOs"), 2018.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from secondstory.model.signal import Floats


def burn_rate(bad: float, total: float, target_ratio: float) -> float:
    """Times the rate that would just use the budget up; `total` > 0, 0 < `target_ratio` < 1.

    >>> round(burn_rate(10, 1000, 0.995), 6)
    2.0
    """
    return bad / total / (1 - target_ratio)


def shared_out(
    starts_s: Floats, step_s: float, amounts: Floats, cuts: tuple[tuple[float, float, float], ...]
) -> tuple[tuple[float, float, float], ...]:
    """Amounts per step, shared out among the stretches between cuts: (low, value, high) of each stretch.

    `starts_s` rises, shape (steps,); a cut is (earliest, middle, latest) in the same seconds, each no less than the cut
    before. In the value an amount is spread evenly over its step and cut in the middle, so the values of all stretches
    add up to what lies between the first and the last cut. In low and high a step that a cut may touch counts as
    outside and inside.

    >>> shared_out(np.array([0.0, 10.0]), 10, np.array([4.0, 6.0]), ((0, 0, 0), (5, 5, 12), (20, 20, 20)))
    ((0.0, 2.0, 10.0), (0.0, 8.0, 10.0))
    """
    until = [_until(starts_s, step_s, amounts, cut) for cut in cuts]
    return tuple(
        (max(0.0, least_end - most_begun), max(0.0, end - begun), max(0.0, most_end - least_begun))
        for (least_begun, begun, most_begun), (least_end, end, most_end) in pairwise(until)
    )


def _until(
    starts_s: Floats, step_s: float, amounts: Floats, cut: tuple[float, float, float]
) -> tuple[float, float, float]:
    """How much lies before a cut: at least, by the middle, at most."""
    earliest, middle, latest = cut
    whole = float(amounts[starts_s + step_s <= earliest].sum())
    touched = float(amounts[starts_s < latest].sum())
    part = float((amounts * np.clip((middle - starts_s) / step_s, 0.0, 1.0)).sum())
    return whole, min(max(part, whole), touched), touched


def trailing_sums(starts_s: Floats, step_s: float, amounts: Floats, length_s: float) -> Floats:
    """For each step the sum of the amounts of the `length_s` that end with it, shape (steps,); `starts_s` rises.

    A step that lies partly before that stretch counts with the part inside. Steps that are absent count as zero.

    >>> trailing_sums(np.array([0.0, 10.0, 30.0]), 10, np.array([1.0, 2.0, 4.0]), 25).tolist()
    [1.0, 3.0, 5.0]
    """
    ends = starts_s + step_s
    total = np.concatenate([[0.0], np.cumsum(amounts)])
    first = np.searchsorted(ends, ends - length_s, side="right")
    sums = total[1:] - total[first]
    outside = np.clip((ends - length_s - starts_s[first]) / step_s, 0.0, 1.0) * amounts[first]
    return np.asarray(sums - outside)
