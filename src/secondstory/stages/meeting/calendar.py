"""A sitting as an iCalendar file: asked for by RFC 5546, 3.2.2 (REQUEST), called off by 3.2.5 (CANCEL).

Times are in UTC, so that no definition of a zone has to travel along. The same UID is the same meeting for good, and a
calendar takes what has the higher SEQUENCE. Published without an attendee (3.2.1) it can be kept by hand.
"""

from __future__ import annotations

from hashlib import sha256

from icalendar import Calendar, Event, vCalAddress, vText

from secondstory.model.invitation import CalendarSlot

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def uid_of_meeting(incident_id: str, sitting: int) -> str:
    """The name of a sitting for good."""
    return f"{sha256(f'{incident_id}/meeting/{sitting}'.encode()).hexdigest()[:24]}@second-story"


def method_of(slot: CalendarSlot) -> str:
    """What the file asks a calendar to do."""
    if not slot.attendee:
        return PUBLISH
    return CANCEL if slot.is_gone else REQUEST


def meeting_file(slot: CalendarSlot) -> bytes:
    """The file; the same bytes for the same slot."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Second Story//Meeting//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method_of(slot))
    event = Event()
    event.add("uid", slot.uid)
    event.add("dtstamp", slot.changed_at)
    event.add("last-modified", slot.changed_at)
    event.add("sequence", slot.sequence)
    event.add("organizer", vCalAddress(f"mailto:{slot.organizer}"))
    if slot.attendee:
        event.add("attendee", _attendee(slot))
    event.add("dtstart", slot.start)
    event.add("dtend", slot.end)
    event.add("summary", slot.title)
    event.add("description", slot.words)
    if slot.place:
        event.add("location", slot.place)
    event.add("status", "CANCELLED" if slot.is_gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if slot.is_gone else "OPAQUE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _attendee(slot: CalendarSlot) -> vCalAddress:
    """Only whom the letter goes to: nobody learns the others' addresses."""
    attendee = vCalAddress(f"mailto:{slot.attendee}")
    attendee.params["cn"] = vText(slot.attendee_name)
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    attendee.params["rsvp"] = vText("TRUE")
    return attendee
