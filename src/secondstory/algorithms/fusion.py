"""Puts rankings of several kinds of evidence together and turns scores into shares of belief.

Idea: the best kind counts in full, the next two confirm it with a discount, because kinds of evidence about one
service are not independent. Belief is shared in proportion to a power of the scores (context multiplies scores, so
their ratios count), with one more rival: that the cause is something nobody measured.
Shapes: scores are plain floats >= 0. Misleads when all kinds rest on the same broken record.
Reference: the choice rule of Luce, Individual Choice Behavior (1959).

>>> round(combined([2.0, 1.0, 1.0, 1.0]), 6)
2.6
>>> shares([3.0, 3.0, 0.0], unknown=3.0, power=2.0)
[0.3333333333333333, 0.3333333333333333, 0.0]
"""

from __future__ import annotations

import math

CONFIRMING = 0.3  # what a second and a third kind of evidence add
KINDS = 3  # more kinds than three only repeat each other


def combined(scores: list[float]) -> float:
    """One number from the scores that several kinds of evidence give a service."""
    ordered = sorted(scores, reverse=True)[:KINDS]
    return math.fsum(ordered[:1] + [CONFIRMING * score for score in ordered[1:]])


def shares(scores: list[float], *, unknown: float, power: float) -> list[float]:
    """Share of belief of each score beside its rivals and beside an unmeasured one that scores `unknown` > 0."""
    top = max([unknown, *scores])
    weights = [(max(0.0, score) / top) ** power for score in scores]
    whole = math.fsum(sorted([*weights, (unknown / top) ** power]))
    return [weight / whole for weight in weights]
