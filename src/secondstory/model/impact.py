"""Impact: how many requests, users and services were reached, for how long, at what cost to the promise."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.blast import BlastRadius
from secondstory.model.budget import BurnWindow, Definition, PeriodBurn, PhaseBurn, PhasePart, Span
from secondstory.model.evidence import EvidenceRef
from secondstory.model.window import Moment, Window
from secondstory.model.worth import Assumption, Cost


@dataclass(frozen=True)
class Figure:
    """A number with its range. `low` == `high` only where counting is exact; `basis` says by what reckoning."""

    key: str
    value: float
    low: float
    high: float
    unit: str
    sample_size: int | None
    basis: str
    evidence_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.evidence_ids:
            raise ValueError(f"figure {self.key} has no evidence")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"figure {self.key}: {self.value} lies outside {self.low} to {self.high}")


@dataclass(frozen=True)
class ServiceReach:
    """A service that the outage reached: when, by which indicator, how many hops from the nearest entry service."""

    service: str
    indicator: str
    moment: Moment
    hops_from_entry: int | None
    error_ratio_before: float | None
    error_ratio_during: float | None
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class Burn:
    """What the incident took from one objective's error budget, as a share of the whole period's; above 1 = all."""

    objective: str
    service: str
    target_ratio: float
    period_days: float
    total: int
    bad: int
    spent: Figure  # share of the period's budget; range from the period's unknown traffic
    burn_rate: float  # times the rate that would just use the budget up
    evidence_ids: tuple[str, ...]
    indicator: str = "availability"  # or latency
    endpoint: str | None = None
    slow_ms: float | None = None
    unit: str = "requests"  # or slices: what `total` and `bad` count
    budget: Span | None = None  # how many of them the whole period allows to be bad
    phases: tuple[PhaseBurn, ...] = ()
    windows: tuple[BurnWindow, ...] = ()
    periods: tuple[PeriodBurn, ...] = ()
    definitions: tuple[Definition, ...] = ()
    proposed: str = ""  # the reasoning where nobody gave this objective


@dataclass(frozen=True)
class ImpactBody:
    """`window` is the stretch in which users were hit; None where no entry service left its band."""

    window: Window | None
    figures: tuple[Figure, ...]
    reach: tuple[ServiceReach, ...]
    burns: tuple[Burn, ...]
    durations: tuple[Figure, ...]  # time to detect, acknowledge, mitigate, recover; seconds
    unknowns: tuple[str, ...]  # sentences: what could not be counted and why
    parts: tuple[PhasePart, ...] = ()  # of the stretch, by phase of the response
    blast: BlastRadius | None = None
    assumptions: tuple[Assumption, ...] = ()  # what people say things are worth
    costs: tuple[Cost, ...] = ()
    orphaned_decisions: tuple[str, ...] = ()  # values that could not be read
    evidence: tuple[EvidenceRef, ...] = ()  # what the stage asked for beyond the evidence document; set by the pipeline
