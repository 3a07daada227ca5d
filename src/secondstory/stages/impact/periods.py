"""The periods of an objective that the harm fell into: the rolling one that ends with it, or those of the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from secondstory.model.system import Calendar, CalendarUnit, Objective
from secondstory.model.window import Window

_FIXED = {CalendarUnit.MINUTE: timedelta(minutes=1), CalendarUnit.HOUR: timedelta(hours=1)}


def periods_of(objective: Objective, hit: Window) -> tuple[Window, ...]:
    """In order; a rolling objective has one, a calendar's border inside the harm gives two or more."""
    if objective.calendar is None:
        return (Window(hit.end - objective.period, hit.end),)
    periods = [calendar_period(objective.calendar, hit.start)]
    while periods[-1].end < hit.end:
        periods.append(calendar_period(objective.calendar, periods[-1].end))
    return tuple(periods)


def calendar_period(calendar: Calendar, time: datetime) -> Window:
    """The calendar period that holds `time`.

    Days and months follow the zone's clocks, so a day may have 23 or 25 hours; minutes and hours are always as long.
    """
    anchor = datetime.fromisoformat(calendar.start)
    zone = ZoneInfo(calendar.time_zone)
    if calendar.unit in _FIXED:
        length = _FIXED[calendar.unit] * calendar.count
        first = anchor.replace(tzinfo=zone).astimezone(UTC)
        start = first + (time - first) // length * length
        return Window(start, start + length)
    local = time.astimezone(zone).replace(tzinfo=None)
    if calendar.unit is CalendarUnit.DAY:
        number = (local - anchor) // timedelta(days=calendar.count)
    else:
        number = ((local.year - anchor.year) * 12 + local.month - anchor.month) // calendar.count
    # Where the anchor lies late in its month, or clocks change, the guess may miss by one or two.
    for candidate in range(number + 1, number - 3, -1):
        start = _begins(calendar, anchor, candidate, zone)
        if start <= time:
            return Window(start, _begins(calendar, anchor, candidate + 1, zone))
    raise ValueError(f"no period of {calendar} holds {time}")


def _begins(calendar: Calendar, anchor: datetime, number: int, zone: ZoneInfo) -> datetime:
    """The start of the period with this number, counted from the anchor."""
    if calendar.unit is CalendarUnit.DAY:
        local = anchor + timedelta(days=number * calendar.count)
    else:
        months = anchor.year * 12 + anchor.month - 1 + number * calendar.count
        local = _on_day(anchor, *divmod(months, 12))
    return local.replace(tzinfo=zone).astimezone(UTC)


def _on_day(anchor: datetime, year: int, month0: int) -> datetime:
    """The anchor's day and time in another month, or that month's last day where it is shorter."""
    first = anchor.replace(year=year, month=month0 + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last_day = (following - timedelta(days=1)).day
    return first.replace(day=min(anchor.day, last_day))
