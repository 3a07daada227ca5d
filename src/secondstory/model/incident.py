"""The incident itself, and the case: all that the pipeline is given about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from secondstory.model.decision import Contribution, Decision
from secondstory.model.gap import Gap
from secondstory.model.system import AlertRule, Objective, System
from secondstory.model.window import Window


class Severity(StrEnum):
    """How bad, the worst first."""

    SEV1 = "SEV1"
    SEV2 = "SEV2"
    SEV3 = "SEV3"
    SEV4 = "SEV4"
    SEV5 = "SEV5"


class HintKind(StrEnum):
    """What is known of the onset before any analysis."""

    INJECTION = "injection"  # a fault was injected then
    ALARM = "alarm"  # an alarm fired then; the fault began earlier
    WINDOW_START = "window_start"  # nothing but the window is known


@dataclass(frozen=True)
class OnsetHint:
    """A time that somebody gives as the onset, and what it really is."""

    time: datetime
    kind: HintKind


@dataclass(frozen=True)
class Alarm:
    """The first alarm as recorded; any part may be unknown."""

    time: datetime | None
    service: str | None
    indicator: str | None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Incident:
    """One outage. `window`: what an investigator would look at; `reference`: fault-free time (empty = the rest)."""

    id: str
    title: str
    severity: Severity
    time_zone: str  # IANA name, for people; everything inside is UTC
    window: Window
    recordings: tuple[str, ...]
    reference: tuple[Window, ...] = ()
    alarm: Alarm | None = None
    onset_hint: OnsetHint | None = None
    restricted: bool = False

    def __post_init__(self) -> None:
        ZoneInfo(self.time_zone)  # raises on an unknown zone
        if not self.recordings:
            raise ValueError(f"incident {self.id} has no recording to look at")
        if any(piece.overlaps(self.window) for piece in self.reference):
            raise ValueError(f"incident {self.id}: a reference stretch overlaps the incident's window")


@dataclass(frozen=True)
class Case:
    """What the pipeline knows of an incident beside telemetry. Pure data, gathered by the shell."""

    incident: Incident
    system: System
    objectives: tuple[Objective, ...] = ()
    rules: tuple[AlertRule, ...] = ()
    decisions: tuple[Decision, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    import_gaps: tuple[Gap, ...] = ()
    redactions: tuple[tuple[str, int], ...] = ()  # (what, how many), sorted
    code_version: str = "0"
