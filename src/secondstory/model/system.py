"""What is known of a system beside its telemetry: calls, entries, promises and alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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


class CalendarUnit(StrEnum):
    """What a calendar period is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True)
class Calendar:
    """Periods that follow the calendar: each `count` units long, the first from `start` on the zone's clocks."""

    start: str  # ISO 8601 without an offset: what a clock in `time_zone` shows
    time_zone: str  # IANA name
    count: int
    unit: CalendarUnit

    def __post_init__(self) -> None:
        ZoneInfo(self.time_zone)  # raises on an unknown zone
        if datetime.fromisoformat(self.start).tzinfo is not None or self.count < 1:
            raise ValueError("a calendar period starts at a local time and has at least one unit")


class Budgeting(StrEnum):
    """What an objective counts."""

    REQUESTS = "requests"  # the share of good requests
    SLICES = "slices"  # the share of slices of time in which enough requests were good
    SLICE_RATIOS = "slice_ratios"  # the mean over slices of time of the share of good requests


@dataclass(frozen=True)
class BurnAlert:
    """An alert on the burn rate of an objective's budget, as an AlertPolicy asks for it."""

    name: str
    threshold: float  # burn rate
    lookback: timedelta
    hold: timedelta
    severity: str


@dataclass(frozen=True)
class Objective:
    """One service level objective, from an OpenSLO v1 document or proposed from data."""

    name: str
    service: str
    target_ratio: float  # 0.999
    period: timedelta  # of the rolling window; of one calendar period on average
    indicator: str  # "availability" or "latency"
    slow_ms: float | None  # for latency: a request slower than this is not good
    endpoint: str | None = None  # only requests of this name; None = all of the service
    budgeting: Budgeting = Budgeting.REQUESTS
    slice: timedelta | None = None  # length of a slice of time
    slice_target_ratio: float | None = None  # the share of good requests that makes a slice good
    calendar: Calendar | None = None  # None = a rolling window
    alerts: tuple[BurnAlert, ...] = ()
    query: str = ""  # the indicator's own query, as written; it is read for its meaning, not run
    proposed: str = ""  # the reasoning behind an objective that nobody gave; "" = somebody gave it
    good_query: str = ""  # PromQL of the good requests, where the objective is defined by it
    total_query: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.target_ratio < 1:
            raise ValueError(f"objective {self.name}: target must lie between 0 and 1, got {self.target_ratio}")
        if self.budgeting is not Budgeting.REQUESTS and self.slice is None:
            raise ValueError(f"objective {self.name}: a budget of slices needs their length")


@dataclass(frozen=True)
class AlertRule:
    """An alert that existed: its expression as written and how long it must hold."""

    name: str
    expression: str
    hold: timedelta
    severity: str
    keep: timedelta = timedelta(0)  # how long it goes on firing after its end
    origin: str = ""  # the file that told it: names repeat, within a file and between files


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
