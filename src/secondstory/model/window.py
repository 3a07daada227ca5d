"""Stretches and moments of time: windows are half open (start <= t < end), in UTC; a moment is an interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def epoch_us(time: datetime) -> int:
    """Microseconds since 1970 UTC, exact."""
    return (time - EPOCH) // timedelta(microseconds=1)


def require_utc(time: datetime, what: str) -> None:
    """Raise ValueError unless `time` is aware and in UTC."""
    if time.tzinfo is UTC:
        return  # nearly every time; tens of thousands are checked when a timeline is folded
    if time.tzinfo is None or time.utcoffset() != timedelta(0):
        raise ValueError(f"{what} must be in UTC, got {time!r}")


@dataclass(frozen=True, order=True)
class Window:
    """A half-open stretch of time, start <= t < end, both in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require_utc(self.start, "a window's start")
        require_utc(self.end, "a window's end")
        if self.start >= self.end:
            raise ValueError(f"a window must end after it starts, got {self.start} to {self.end}")

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return (self.end - self.start).total_seconds()

    def holds(self, time: datetime) -> bool:
        """True if start <= time < end."""
        return self.start <= time < self.end

    def overlaps(self, other: Window) -> bool:
        """True if some instant lies in both."""
        return self.start < other.end and other.start < self.end

    def clip(self, other: Window) -> Window | None:
        """The part that lies in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Window(start, end) if start < end else None

    def without(self, other: Window) -> tuple[Window, ...]:
        """What is left of this window when `other` is cut out: no, one or two pieces."""
        if not self.overlaps(other):
            return (self,)
        pieces = []
        if self.start < other.start:
            pieces.append(Window(self.start, other.start))
        if other.end < self.end:
            pieces.append(Window(other.end, self.end))
        return tuple(pieces)


def hull(windows: tuple[Window, ...]) -> Window:
    """The smallest window around all of `windows`. Raises ValueError where there is none."""
    if not windows:
        raise ValueError("no window to look at")
    return Window(min(piece.start for piece in windows), max(piece.end for piece in windows))


def merged(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """The same time as disjoint windows in order; what touches or overlaps becomes one."""
    result: list[Window] = []
    for piece in sorted(windows):
        if result and piece.start <= result[-1].end:
            result[-1] = Window(result[-1].start, max(result[-1].end, piece.end))
        else:
            result.append(piece)
    return tuple(result)


class Provenance(StrEnum):
    """Where a time comes from, the most trustworthy first."""

    RECORDED = "recorded"  # a system wrote it down when it happened: a deploy, an alert
    MEASURED = "measured"  # computed from telemetry
    SAID = "said"  # written in chat at that time
    TOLD = "told"  # remembered by a person afterwards
    DECIDED = "decided"  # set by a person's decision


@dataclass(frozen=True, order=True)
class Moment:
    """When something happened, as the closed interval that it surely lies in.

    earliest == latest where the source's clock is all the doubt there is.
    """

    earliest: datetime
    latest: datetime
    provenance: Provenance

    def __post_init__(self) -> None:
        require_utc(self.earliest, "a moment")
        require_utc(self.latest, "a moment")
        if self.earliest > self.latest:
            raise ValueError(f"a moment's earliest time lies after its latest: {self.earliest}, {self.latest}")

    @property
    def middle(self) -> datetime:
        """The mid-point of the interval, for drawing and sorting only."""
        return self.earliest + (self.latest - self.earliest) / 2

    @staticmethod
    def at(time: datetime, provenance: Provenance) -> Moment:
        """A moment without width."""
        return Moment(time, time, provenance)


def wall_time(time: datetime, zone: str) -> datetime:
    """The same moment on the clocks of an IANA zone, for people; it carries the zone's name."""
    return time.astimezone(ZoneInfo(zone))


def parse_time(text: str) -> datetime:
    """An RFC 3339 time with its offset, as UTC. Raises ValueError on a time without an offset."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"the time {text!r} names no offset; write it with Z or +hh:mm")
    return in_utc(time)


def in_utc(time: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError where that lies outside the years 1 to 9999."""
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"the time {time.isoformat()} lies outside the calendar in UTC") from error


def format_time(time: datetime) -> str:
    """RFC 3339 in UTC with microseconds: the one form that is hashed and stored."""
    require_utc(time, "a stored time")
    return time.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"  # strftime would cut the year 0034 short
