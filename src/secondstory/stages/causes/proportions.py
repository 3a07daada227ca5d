"""Compares two shares: by how many standard errors one lies above the other."""

from __future__ import annotations

import math


def two_sample_z(now: float, now_of: float, before: float, before_of: float) -> float:
    """Two-sample z of the shares now/now_of and before/before_of; half a case added, so that zero is not certainty.

    Reference: Agresti, Categorical Data Analysis (2013), section 3.

    >>> two_sample_z(50, 100, 50, 100), round(two_sample_z(0, 100, 50, 100), 1)
    (0.0, -8.1)
    """
    share, usual = (now + 0.5) / (now_of + 1), (before + 0.5) / (before_of + 1)
    both = min(0.999, (now + before + 1) / (now_of + before_of + 2))
    spread = math.sqrt(both * (1 - both) * (1 / (now_of + 1) + 1 / (before_of + 1)))
    return (share - usual) / spread
