"""How far a count that was reckoned from a sample may lie from the truth.

A span that stands for w requests was kept with the chance 1/w. The sum of weights is then right on average, and its
variance is the sum of w (w - 1); where only the sum n and the number of spans are known, equal weights are assumed, and
the variance is n (n / seen - 1). Nothing is lost where every span was kept. Misleads where weights of one step and kind
differ much, which makes the truth vary more.
Reference: D. Horvitz and D. Thompson, JASA 47 (1952).
"""

from __future__ import annotations

import math

import numpy as np

from secondstory.model.signal import Floats

_Z95 = 1.959963984540054


def sampling_variance(counts: Floats, seen: Floats) -> Floats:
    """Variance of each of `counts` that `seen` spans stand for, any shape; unknown `seen` counts as all of them.

    >>> sampling_variance(np.array([100.0, 100.0]), np.array([10.0, np.nan])).tolist()
    [900.0, 0.0]
    """
    each = np.divide(counts, seen, out=np.ones_like(counts), where=np.nan_to_num(seen) > 0)
    return np.asarray(counts * np.maximum(each - 1, 0.0))


def sampling_range(count: float, variance: float, least: float = 0.0) -> tuple[float, float]:
    """A 95 % range of a count; never below `least`, what was surely there.

    >>> sampling_range(100.0, 0.0), tuple(round(end) for end in sampling_range(100.0, 900.0, 10))
    ((100.0, 100.0), (41, 159))
    """
    half = _Z95 * math.sqrt(variance)
    return min(count, max(least, count - half)), count + half
