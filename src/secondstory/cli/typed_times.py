"""Times as a person types them: RFC 3339, or a time of day on the incident's day, in a zone that is named."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondstory.model.amending import When
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.model.window import in_utc, wall_time

_OF_DAY = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")


def typed_when(text: str, incident: Incident) -> When:
    """`TIME` or `FROM/TO`, then a zone where it is not the incident's. Raises BadInput.

    A time of day is the one nearest to the incident's begin.
    """
    times, _, named = text.strip().partition(" ")
    zone = named.strip() or incident.time_zone
    start, _, end = times.partition("/")
    try:
        first = _moment(start, zone, incident.window.start)
        return When(first, _moment(end, zone, first) if end else first, zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise BadInput(
            f"{text!r} is no time: {error}.",
            "Give 10:52, '10:52:30/10:53 Europe/Berlin', or 2026-11-21T10:52:00Z.",
        ) from error


def _moment(text: str, zone: str, near: datetime) -> datetime:
    of_day = _OF_DAY.fullmatch(text.strip())
    if of_day is None:
        time = datetime.fromisoformat(text.strip())
        return in_utc(time if time.tzinfo is not None else time.replace(tzinfo=ZoneInfo(zone)))
    hour, minute, second = (int(part or 0) for part in of_day.groups())
    day = wall_time(near, zone).replace(hour=hour, minute=minute, second=second, microsecond=0)
    around = (in_utc(day + timedelta(days=days)) for days in (-1, 0, 1))
    return min(around, key=lambda time: abs(time - near))
