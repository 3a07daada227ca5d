"""What is known of a system beside its telemetry: calls, entries, promises and alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from secondstory.model.window import Window


@dataclass(frozen=True)
class System:
    """Facts given with a recording; empty parts are unknown, not absent."""

    edges: tuple[tuple[str, str], ...] = ()  # (caller, callee), sorted
    entry_services: tuple[str, ...] = ()
    slis: tuple[tuple[str, str], ...] = ()  # (service, metric name)
    probes: tuple[str, ...] = ()  # measuring points at the user's side, never a cause
    metric_step_s: int | None = None  # seconds between samples
    changes_known: bool = True  # False: absence of a change in the record says nothing
    telemetry: Window | None = None


@dataclass(frozen=True)
class Objective:
    """One service level objective, from an OpenSLO v1 document."""

    name: str
    service: str
    target_ratio: float  # 0.999
    period: timedelta  # rolling window
    indicator: str  # "availability" or "latency"
    slow_ms: float | None  # for latency: a request slower than this is not good

    def __post_init__(self) -> None:
        if not 0 < self.target_ratio < 1:
            raise ValueError(f"objective {self.name}: target must lie between 0 and 1, got {self.target_ratio}")


@dataclass(frozen=True)
class AlertRule:
    """An alert that existed: its expression as written and how long it must hold."""

    name: str
    expression: str
    hold: timedelta
    severity: str


@dataclass(frozen=True)
class IncidentSeed:
    """An incident as a recording describes it, to be opened at import. Strings as given; the use case validates."""

    id: str
    title: str
    severity: str
    time_zone: str
    window: Window
    reference: tuple[Window, ...]
    alarm_time: str | None
    alarm_service: str | None
    alarm_indicator: str | None
    alarm_attributes: tuple[tuple[str, str], ...]
    hint_time: str | None
    hint_kind: str | None


Fact = System | Objective | AlertRule | IncidentSeed
"""What a source may tell beside rows."""
