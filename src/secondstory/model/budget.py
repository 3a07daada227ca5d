"""An error budget and what an incident took from it: in all, by phase of the response, and by window of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.window import Moment, Window


class Phase(StrEnum):
    """What the response was doing while users were hit, in order."""

    UNDETECTED = "undetected"  # until an alert, a page or a person noticed
    UNACKNOWLEDGED = "unacknowledged"  # until somebody took it on
    DIAGNOSING = "diagnosing"  # until the first mitigating act
    MITIGATING = "mitigating"  # until users were served again


@dataclass(frozen=True)
class Span:
    """A number that is only known as a range; `low` == `high` where it is exact."""

    low: float
    value: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} lies outside {self.low} to {self.high}")


@dataclass(frozen=True)
class PhasePart:
    """A stretch of the response. It names several phases where the milestones between them are not known.

    `reason` says which milestone is missing or out of order, "" where none is.
    """

    phases: tuple[Phase, ...]
    begins: Moment
    ends: Moment
    length_s: Span
    definition: str
    reason: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class PhaseBurn:
    """What one part of the response took: bad requests (or slices), and their share of the period's budget."""

    phases: tuple[Phase, ...]
    bad: Span
    spent: Span


@dataclass(frozen=True)
class BurnWindow:
    """The highest burn rate over any `length_s` that ended while users were hit.

    `crossed_at`: when it first stood at `threshold` or above for `hold_s`; None = never, or no threshold.
    `recorded_ratio`: how much of the longest lookback was recorded; the rest is taken as usual traffic.
    """

    name: str
    length_s: float
    peak: Span
    peak_at: datetime | None
    threshold: float | None
    hold_s: float
    crossed_at: datetime | None
    recorded_ratio: float
    basis: str


@dataclass(frozen=True)
class PeriodBurn:
    """What fell into one period of the objective: the rolling one that ends with the harm, or one of the calendar."""

    window: Window
    kind: str  # "rolling" or "calendar"
    bad: float
    spent: Span  # share of this period's budget


@dataclass(frozen=True)
class Definition:
    """What a term means for this objective, in a sentence with its numbers."""

    term: str  # indicator, objective, period, budget, consumption, burn_rate
    sentence: str
