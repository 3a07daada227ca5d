"""What the signals of an incident did, arranged for testing hypotheses: who left its band when, and who stayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.model.signal import SignalKind
from secondstory.model.window import Moment, Window


@dataclass(frozen=True)
class Departure:
    """One signal that left its band. `full`: it reached a known limit. `strength` is signed, in spreads of the band."""

    signal_key: str
    service: str
    peer: str | None
    indicator: str
    moment: Moment
    recovered: Moment | None
    strength: float
    before: float
    during: float
    unit: str | None
    full: bool
    evidence_id: str


@dataclass(frozen=True)
class Watched:
    """The signals of one kind of a service, or of its calls to `peer`: which left their band, and which did not.

    The shares say how much of the steps is known of those that stayed: up to the symptom, and from it on to the end of
    the incident. A signal with too short a fault-free stretch to tell is in neither list.
    """

    service: str
    peer: str | None
    kind: SignalKind
    left: tuple[Departure, ...]  # the earliest first
    stayed: tuple[str, ...]  # indicators, sorted
    known_before_ratio: float
    known_after_ratio: float
    evidence_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.evidence_ids:
            raise ValueError(f"what was watched of {self.service} rests on evidence")


@dataclass(frozen=True)
class ChangeSeen:
    """A change on record, from the incident's beginning on."""

    key: str
    service: str
    title: str
    time: datetime
    evidence_id: str


@dataclass(frozen=True)
class NewLines:
    """Log lines that a service writes in the incident and not outside it."""

    service: str
    pattern: str
    rows: int
    first_time: datetime | None
    evidence_id: str


@dataclass(frozen=True)
class Stopped:
    """Instances of a service that stopped unbidden: how many, when the first did."""

    service: str
    count: int
    moment: Moment
    evidence_id: str


@dataclass(frozen=True)
class Repeated:
    """Calls that grew by so many `times` for each request in, while they failed."""

    caller: str
    callee: str
    times: float
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class Symptom:
    """What the people outside saw: the signal that stands for it, when it showed and when it ended."""

    service: str
    indicator: str
    moment: Moment
    recovered: Moment | None
    evidence_id: str


@dataclass(frozen=True)
class Sightings:
    """All that a hypothesis, of a method or of a person, is tested against. Everything is sorted."""

    window: Window
    step_s: int
    time_zone: str
    symptom: Symptom | None
    edges: tuple[tuple[str, str], ...]  # (caller, callee)
    edges_evidence_id: str | None
    entry_services: tuple[str, ...]
    watched: tuple[Watched, ...]
    changes: tuple[ChangeSeen, ...]
    new_lines: tuple[NewLines, ...]
    logged: tuple[str, ...]  # services that write log lines in fault-free time
    stopped: tuple[Stopped, ...] = ()
    stops_told: tuple[str, ...] = ()  # services of which somebody counts or tells stops, whether or not there were any
    stops_evidence_ids: tuple[str, ...] = ()  # of who does
    repeated: tuple[Repeated, ...] = ()
