"""Causes: ranked hypotheses with evidence for and against, what separates them, and how the failure travelled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secondstory.model.cascade import Protection, Sign
from secondstory.model.evidence import EvidenceRef
from secondstory.model.matrix import Matrix
from secondstory.model.sightings import Sightings
from secondstory.model.window import Moment


class Part(StrEnum):
    """The part a contributing factor played; the initiating one comes first on every list."""

    TRIGGER = "trigger"
    INITIATING = "initiating"
    AMPLIFYING = "amplifying"
    HID_IT = "hid_it"
    SLOWED_RECOVERY = "slowed_recovery"


class Verdict(StrEnum):
    """What the stage can say as a whole."""

    SUPPORTED = "supported"  # one hypothesis leads and something separates it
    INCONCLUSIVE = "inconclusive"  # several stand and nothing separates them
    NONE = "none"  # nothing left its band: no cause is named


class Standing(StrEnum):
    """What people decided about a hypothesis."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Mechanism(StrEnum):
    """How a failure shows or travels."""

    POOL_EXHAUSTED = "pool_exhausted"
    RESOURCE_EXHAUSTED = "resource_exhausted"
    LATENCY = "latency"
    ERRORS = "errors"
    CRASH = "crash"
    TRAFFIC = "traffic"
    RETRY_STORM = "retry_storm"
    TIMEOUT = "timeout"
    QUEUE_GROWTH = "queue_growth"  # requests come faster than they are served, and wait
    SLOW_DEPENDENCY = "slow_dependency"  # something that others call or lean on is slow, and they wait
    CRASH_LOOP = "crash_loop"  # it stops and is started again and again
    MEMORY_LEAK = "memory_leak"  # memory grows until the process ends, and grows again
    BAD_CONFIGURATION = "bad_configuration"  # failures from a changed setting on; no resource runs short
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Argument:
    """One reason for or against a hypothesis: a sentence, its weight in [0, 1], and what it rests on."""

    method: str
    sentence: str
    weight: float
    evidence_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.evidence_ids:
            raise ValueError(f"an argument rests on evidence: {self.sentence!r}")


@dataclass(frozen=True)
class Hypothesis:
    """One explanation. `score` orders the list; `confidence` in [0, 1] is its share of belief beside its rivals."""

    key: str
    service: str
    indicator: str
    mechanism: Mechanism
    part: Part
    score: float
    confidence: float
    onset: Moment | None
    change_key: str | None  # timeline event of the change that may have triggered it
    arguments_for: tuple[Argument, ...]
    arguments_against: tuple[Argument, ...]
    standing: Standing = Standing.PROPOSED
    peer: str | None = None  # the callee, where it is about calls of the service to it
    words: str = ""  # of the person who put it forward
    decision_ids: tuple[str, ...] = ()  # of that person; empty for the machine's own

    def __post_init__(self) -> None:
        if not self.arguments_for and not self.decision_ids:
            raise ValueError(f"hypothesis {self.key} has nothing that speaks for it")


@dataclass(frozen=True)
class Ranked:
    """One place in a method's ranking; indicators of a service with their scores, best first."""

    service: str
    indicator: str
    score: float
    evidence_ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class MethodRun:
    """What one method said. A method that failed or had no data is shown as such, never as a ranking."""

    name: str
    state: str  # "ran", "no data", "failed"
    detail: str
    ranking: tuple[Ranked, ...]


@dataclass(frozen=True)
class Hop:
    """One step of the cascade: the callee's failure reached the caller."""

    callee: str
    caller: str
    mechanism: Mechanism
    callee_onset: Moment
    caller_onset: Moment
    sentence: str
    evidence_ids: tuple[str, ...]
    signs: tuple[Sign, ...] = ()  # every way in which it travelled; empty: the data cannot tell
    protections: tuple[Protection, ...] = ()


@dataclass(frozen=True)
class Cascade:
    """How the failure would have travelled, had it begun at `service`."""

    service: str
    hops: tuple[Hop, ...]


@dataclass(frozen=True)
class CausesBody:
    """`hypotheses` sorted best first. `services` ranks every service that any method scored, for benches."""

    verdict: Verdict
    confidence: float  # of the first hypothesis; 0 where the verdict is `none`
    hypotheses: tuple[Hypothesis, ...]
    services: tuple[tuple[str, float], ...]
    indicators: tuple[tuple[str, str, float], ...]
    methods: tuple[MethodRun, ...]
    cascade: tuple[Hop, ...]
    separating: str  # the one observation that would separate the leaders, or why none is needed
    orphaned_decisions: tuple[str, ...] = ()
    sightings: Sightings | None = None  # what hypotheses are tested against; stays with the finding, None once folded
    matrix: Matrix | None = None  # made when folding
    cascades: tuple[Cascade, ...] = ()  # from each service with a hypothesis; stays with the finding as well
    evidence: tuple[EvidenceRef, ...] = ()  # what the stage asked for beyond the evidence document; set by the pipeline
