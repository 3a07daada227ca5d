"""Writes times on the clocks of an incident, as every document and every spoken word has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from secondstory.model.window import Moment, Window

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Dial:
    """Writes times in the incident's zone; with the day where the incident spans more than one."""

    zone: str
    with_day: bool

    @staticmethod
    def of(zone: str, window: Window) -> Dial:
        """The dial for an incident: days are named where its window touches two of them, in its zone or in UTC."""
        info = ZoneInfo(zone)
        days = {time.astimezone(place).date() for time in (window.start, window.end) for place in (info, UTC)}
        return Dial(zone, len(days) > 1)

    @property
    def is_utc(self) -> bool:
        """True where the incident's own zone is UTC, so that a second column would repeat the first."""
        return self.zone in ("UTC", "Etc/UTC")

    def time(self, time: datetime, *, utc: bool = False) -> str:
        """A time of day to the second, such as 10:02:10 or 17 Nov 10:02:10."""
        local = time.astimezone(UTC if utc else ZoneInfo(self.zone))
        clock = f"{local.hour:02}:{local.minute:02}:{local.second:02}"
        return f"{local.day} {_MONTHS[local.month - 1]} {clock}" if self.with_day else clock

    def moment(self, moment: Moment, *, utc: bool = False) -> str:
        """A moment as the interval that it lies in, or one time where the doubt is under a second."""
        return self.stretch(moment.earliest, moment.latest, utc=utc)

    def stretch(self, start: datetime, end: datetime, *, utc: bool = False) -> str:
        """From one time to another; one time where they read the same."""
        first, last = self.time(start, utc=utc), self.time(end, utc=utc)
        return first if first == last else f"{first}–{last}"

    def day(self, time: datetime) -> str:
        """The day in the incident's zone, such as 17 November 2026 without a locale: 17 Nov 2026."""
        local = time.astimezone(ZoneInfo(self.zone))
        return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"

    def zone_name(self, at: datetime) -> str:
        """The zone with its offset then, such as Europe/Berlin (UTC+1)."""
        if self.is_utc:
            return "UTC"
        offset = at.astimezone(ZoneInfo(self.zone)).utcoffset() or timedelta(0)
        minutes = int(offset.total_seconds() // 60)
        sign, minutes = ("−", -minutes) if minutes < 0 else ("+", minutes)
        return f"{self.zone} (UTC{sign}{minutes // 60}{f':{minutes % 60:02}' if minutes % 60 else ''})"
