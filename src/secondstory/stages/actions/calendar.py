"""Entries as an iCalendar file, as RFC 5546 publishes, changes (4.1.2) and cancels (4.1.3) what asks for no answer.

Whole days as VEVENT: the calendars that most people use show no VTODO that comes by mail. The bytes depend on the
entries alone, for a calendar that fetches them again must find them unchanged.
"""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, vCalAddress

from secondstory.model.plan import Ownership, PlannedAction
from secondstory.model.plan_said import FOLLOW_UP
from secondstory.model.reminder import CalendarEntry
from secondstory.stages.actions.reminding import Talk
from secondstory.texts import say

CANCEL = "CANCEL"
PUBLISH = "PUBLISH"


def uid_of(incident_id: str, key: str) -> str:
    """The name of an entry for good: the same wherever the incident lies."""
    return f"{sha256(f'{incident_id}/{key}'.encode()).hexdigest()[:24]}@second-story"


def entry_of(incident_id: str, one: PlannedAction, talk: Talk, *, is_gone: bool) -> CalendarEntry:
    """An action as an entry on its day: what it says alone, nothing of the incident."""
    words = [one.criterion and say("reminding.entry_criterion", criterion=_plain(one.criterion))]
    words.append(say("reminding.entry_stands", progress=say(f"plan.progress_{one.progress.value}")))
    if one.verifying is Ownership.ACCEPTED:
        words.append(say("reminding.entry_looks", verifier=one.verifier))
    return CalendarEntry(
        uid=uid_of(incident_id, one.key),
        title=say("reminding.entry_title", title=_plain(one.title)),
        words="\n".join(line for line in words if line),
        day=one.due,
        sequence=talk.changes - 1,
        changed_at=talk.last,
        is_gone=is_gone,
    )


def follow_up_entry(incident_id: str, day: date, talk: Talk) -> CalendarEntry:
    """The follow-up meeting as an entry; `talk` is of the whole plan, for its day follows the last action's."""
    return CalendarEntry(
        uid=uid_of(incident_id, FOLLOW_UP),
        title=say("reminding.meeting_title"),
        words=say("reminding.meeting_words"),
        day=day,
        sequence=talk.changes - 1,
        changed_at=talk.last,
    )


def calendar_file(entries: tuple[CalendarEntry, ...], organizer: str, method: str = PUBLISH) -> bytes:
    """The file. `organizer` is an address; with `CANCEL` the entries leave the calendar."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Second Story//Actions//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for one in entries:
        calendar.add_component(_event(one, organizer))
    return bytes(calendar.to_ical())


def _event(one: CalendarEntry, organizer: str) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.sequence)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", one.words)
    event.add("status", "CANCELLED" if one.is_gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a day on which something is due is not a day that is taken
    return event


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())
