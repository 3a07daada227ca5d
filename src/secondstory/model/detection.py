"""Why it was not caught earlier: when each alert rule would have fired, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secondstory.model.evidence import EvidenceRef
from secondstory.model.window import Moment, Window


class RuleKind(StrEnum):
    """Where a rule comes from."""

    EXISTING = "existing"  # it was there when it happened
    THRESHOLD = "threshold"  # proposed: a signal that showed the fault early, and a line
    BURN_RATE = "burn_rate"  # proposed: an error budget that is used up too fast
    ABSENCE = "absence"  # proposed: a signal that is no longer there
    TRIED = "tried"  # given by a person


class Outcome(StrEnum):
    """What a replay of a rule says of the incident."""

    FIRED = "fired"
    SILENT = "silent"  # it had all it needed and would not have fired
    ALREADY = "already"  # it fired before the incident began, and had not ended
    NO_SIGNAL = "no_signal"  # it reads what nobody recorded
    CANNOT_REPLAY = "cannot_replay"  # it is written in what we do not evaluate


@dataclass(frozen=True)
class Rule:
    """An alert rule in PromQL; `title` says in words what it watches, `short` for who knows no metric's name; `unit` is
    that of the compared value."""

    name: str
    kind: RuleKind
    title: str
    short: str
    expression: str
    hold_s: float
    keep_s: float
    severity: str
    unit: str | None = None


@dataclass(frozen=True)
class Lever:
    """A rule's line that can be moved: `op` value; `lowest` and `highest` are the values ever seen beside it."""

    op: str
    value: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class ReplayedRule:
    """A rule over the frozen telemetry. `sooner_s` = before the first notice, low and high, negative = later.

    `false_alarms` counts stretches of firing that begin in the fault-free record; None where it could not be replayed.
    """

    key: str  # detection/<kind>/<name>
    rule: Rule
    outcome: Outcome
    reason: str
    fires: Moment | None
    sooner_s: tuple[float, float] | None
    firing: tuple[Window, ...]  # in the incident
    false_alarms: int | None
    false_firing: tuple[Window, ...]  # the first of them
    recorded: Moment | None  # when the records say that it fired, for a rule that existed
    reads: tuple[str, ...]
    missing: tuple[str, ...]  # metrics that it reads and nobody recorded
    lever: Lever | None
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class TracePoint:
    """What the rule compares at one evaluation; None = nothing is there."""

    at_s: float  # since the trace's start
    value: float | None


@dataclass(frozen=True)
class QuietStretch:
    """A piece of the fault-free record: the value nearest to the line that it held long enough to count."""

    window: Window
    extreme: float | None
    alarms: int


@dataclass(frozen=True)
class Trace:
    """The value that a rule compares with its line, around the incident, and the fault-free record in pieces."""

    window: Window
    points: tuple[TracePoint, ...]
    quiet: tuple[QuietStretch, ...]


@dataclass(frozen=True)
class MissingSignal:
    """Something that would have shown it and that nobody recorded."""

    key: str
    service: str | None
    what: str
    sentence: str


class Existed(StrEnum):
    """Whether a safeguard was there; records that do not say leave it unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Safeguard:
    """One thing that could have stopped the change: whether it was there, what it saw, why it let it pass."""

    key: str
    kind: str  # review, tests, canary, alerts
    existed: Existed
    saw: str
    passed: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class DetectionBody:
    """`rules`: what would have helped most comes first. `sentence` is the answer for who reads nothing else."""

    window: Window
    fault_free: tuple[Window, ...]
    fault_free_s: float
    step_s: int  # between two evaluations
    noticed: Moment | None
    noticed_by: str
    rules: tuple[ReplayedRule, ...]
    best: str | None  # key of the rule that the sentence speaks of
    trace: Trace | None  # of that rule
    sentence: str
    missing: tuple[MissingSignal, ...]
    change: str | None  # title of the change that may have set it off
    safeguards: tuple[Safeguard, ...]
    evidence: tuple[EvidenceRef, ...] = ()  # what the stage asked for beyond the evidence document; set by the pipeline
