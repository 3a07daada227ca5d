"""Puts rankings of several kinds of evidence together and turns scores into shares of belief.

Idea: the best kind counts in full, the next two confirm it with a discount, because kinds of evidence about one
service are not independent. Belief is a soft maximum over the scores with one more rival: that the cause is something
nobody measured. Shapes: scores are plain floats >= 0. Misleads when all kinds rest on the same broken record.
Reference: soft maximum as in Luce, Individual Choice Behavior (1959).

>>> round(combined([2.0, 1.0, 1.0, 1.0]), 6)
2.6
>>> shares([3.0, 3.0], unknown=3.0, sharpness=1.0)
[0.3333333333333333, 0.3333333333333333]
"""

from __future__ import annotations

import math

CONFIRMING = 0.3  # what a second and a third kind of evidence add
KINDS = 3  # more kinds than three only repeat each other


def combined(scores: list[float]) -> float:
    """One number from the scores that several kinds of evidence give a service."""
    ordered = sorted(scores, reverse=True)[:KINDS]
    return math.fsum(ordered[:1] + [CONFIRMING * score for score in ordered[1:]])


def shares(scores: list[float], *, unknown: float, sharpness: float) -> list[float]:
    """Share of belief of each score beside its rivals and beside an unmeasured one that scores `unknown`."""
    if not scores:
        return []
    top = max(*scores, unknown)
    weights = [math.exp(sharpness * (score - top)) for score in scores]
    whole = math.fsum(sorted([*weights, math.exp(sharpness * (unknown - top))]))
    return [weight / whole for weight in weights]
