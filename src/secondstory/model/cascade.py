"""One hop of a cascade in detail: how the failure travelled, and which protection was missing or came too late."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Travel(StrEnum):
    """How a failure shows on its way from callee to caller; several may hold for one hop."""

    EXHAUSTED = "exhausted"  # a pool or another limit of the callee is used up
    QUEUE = "queue"  # requests pile up in the callee
    TIMEOUT = "timeout"  # callers give up before the callee has answered
    RETRIES = "retries"  # more calls out for each request in
    ERRORS = "errors"  # failed calls
    WAITING = "waiting"  # slow calls


class Guard(StrEnum):
    """What may keep a failure from travelling."""

    CIRCUIT_BREAKER = "circuit_breaker"
    LOAD_SHEDDING = "load_shedding"  # or backpressure: refuse what cannot be served in time
    BULKHEAD = "bulkhead"  # a limit of what one kind of work may take
    TIMEOUT = "timeout"
    RETRY_BUDGET = "retry_budget"


class GuardState(StrEnum):
    """What the data show of a protection."""

    MISSING = "missing"  # nothing in the data acts as it would
    LATE = "late"  # something acts, later than would have helped
    UNKNOWN = "unknown"  # the data cannot tell


@dataclass(frozen=True)
class Sign:
    """One way in which the failure travelled, with the figures that show it."""

    way: Travel
    sentence: str
    evidence_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.evidence_ids:
            raise ValueError(f"a sign rests on evidence: {self.sentence!r}")


@dataclass(frozen=True)
class Spared:
    """What a protection would have spared: between `low` and `high` of `unit` (requests, calls, or s of waiting)."""

    low: float
    high: float
    unit: str

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"what is spared lies between 0 and more, got {self.low} to {self.high}")


@dataclass(frozen=True)
class Protection:
    """A protection at a hop: what the data show of it, and what it would have spared under which assumption."""

    guard: Guard
    state: GuardState
    sentence: str
    spared: Spared | None  # None: the data cannot tell
    assumption: str  # of the range; why there is none
    evidence_ids: tuple[str, ...]
