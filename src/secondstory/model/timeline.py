"""The timeline: what happened in order, milestones as intervals, and when each signal left its band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
class Note:
    """A remark that a person left with an entry."""

    text: str
    actor: str
    at: datetime
    decision_id: str


@dataclass(frozen=True)
class Amended:
    """What people made of an entry. `told_by`: whose account it is; nobody else can confirm it."""

    recorded: Moment | None = None  # its time before a person or a correction of its source's clock moved it
    correction_s: float | None = None  # seconds that the source's clock was corrected by
    zone: str = ""  # IANA name of the zone in which a person gave the time
    told_by: str | None = None
    confirmed: bool = False
    notes: tuple[Note, ...] = ()
    linked: tuple[str, ...] = ()  # keys of the messages that are evidence for it
    supports: tuple[str, ...] = ()  # keys of what it is evidence for: events and hypotheses
    merged: tuple[str, ...] = ()  # keys of the entries that tell the same and were merged into it

    @property
    def unconfirmed(self) -> bool:
        """True for an account that its teller has not confirmed yet."""
        return self.told_by is not None and not self.confirmed


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
    amended: Amended | None = None

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
    event_key: str | None = None  # the event that it was read from, where it was one

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
class SetAside:
    """An entry that a person took out of the account and why; it is kept. `into`: the entry that tells the same."""

    event: TimelineEvent
    why: str
    actor: str
    at: datetime
    decision_id: str
    into: str | None = None


@dataclass(frozen=True)
class ClockCorrection:
    """Seconds added to every time that one source wrote, for its clock was wrong."""

    source: str
    seconds: float
    why: str
    actor: str
    decision_id: str


@dataclass(frozen=True)
class TimelineBody:
    """Sorted by (earliest time, key). `aside`: what people hid or merged, which no other stage is told of."""

    events: tuple[TimelineEvent, ...]
    milestones: tuple[Milestone, ...]
    onsets: tuple[Onset, ...]
    orphaned_decisions: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()
    corrections: tuple[ClockCorrection, ...] = ()

    def first_sign(self, service: str) -> Onset | None:
        """The first of the service's own signals of fullness, errors or latency to leave its band."""
        telling = [o for o in self.onsets if o.service == service and o.peer is None and o.kind in _TELLING]
        return min(telling, key=lambda o: (o.moment.latest, -abs(o.strength), o.signal_key), default=None)
