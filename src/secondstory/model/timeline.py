"""The timeline: what happened in order, milestones as intervals, and when each signal left its band."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secondstory.model.signal import SignalKind
from secondstory.model.window import Moment


class EventKind(StrEnum):
    """What an entry of the timeline is."""

    CHANGE = "change"
    CODE = "code"  # merged or committed, not yet with users
    ALERT = "alert"
    SIGNAL = "signal"  # a signal left its band
    CHAT = "chat"
    COMMAND = "command"
    STATUS = "status"
    ORCHESTRATOR = "orchestrator"
    ADDED = "added"  # by a person's decision


@dataclass(frozen=True)
class TimelineEvent:
    """One entry. It rests on evidence, or on the decision of the person who added it."""

    key: str
    moment: Moment
    kind: EventKind
    service: str | None
    title: str
    body: str
    actor: str | None  # role token
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence_ids and not self.decision_ids:
            raise ValueError(f"timeline event {self.key} rests on nothing")


class MilestoneKind(StrEnum):
    """The moments that durations are measured between, in their usual order."""

    CHANGE_BEGAN = "change_began"  # the change that the leading hypothesis names as its trigger
    IMPACT_BEGAN = "impact_began"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    DIAGNOSED = "diagnosed"
    MITIGATION_BEGAN = "mitigation_began"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Milestone:
    """A milestone; `moment` None: nothing in the evidence shows it. `reason` says how it was told, or why not."""

    kind: MilestoneKind
    key: str
    moment: Moment | None
    reason: str
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.moment is not None and not self.evidence_ids and not self.decision_ids:
            raise ValueError(f"milestone {self.kind.value} has a time but no evidence")


@dataclass(frozen=True)
class Onset:
    """When one signal left its own baseline, as an interval; `strength` is its deviation in baseline scales, signed."""

    signal_key: str
    service: str
    peer: str | None
    indicator: str
    kind: SignalKind
    moment: Moment
    strength: float
    before: float  # median of the reference
    during: float  # median while outside the band
    band_low: float
    band_high: float
    recovered: Moment | None
    evidence_id: str
    unit: str | None = None


_TELLING = (SignalKind.SATURATION, SignalKind.ERRORS, SignalKind.LATENCY)


@dataclass(frozen=True)
class TimelineBody:
    """Sorted by (earliest time, key)."""

    events: tuple[TimelineEvent, ...]
    milestones: tuple[Milestone, ...]
    onsets: tuple[Onset, ...]
    orphaned_decisions: tuple[str, ...] = ()

    def first_sign(self, service: str) -> Onset | None:
        """The first of the service's own signals of fullness, errors or latency to leave its band."""
        telling = [o for o in self.onsets if o.service == service and o.peer is None and o.kind in _TELLING]
        return min(telling, key=lambda o: (o.moment.latest, -abs(o.strength), o.signal_key), default=None)
