"""What an owner is told of an action, and when: an entry for the calendar, and a few words as the day comes near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

REMINDERS = "remind/"
"""First part of the keys of letters that remind."""


class ReminderKind(StrEnum):
    """Why somebody is written to."""

    ENTRY = "entry"  # they took it on, or its day moved: the calendar's entry comes or moves
    GONE = "gone"  # called off, or somebody else's now: the entry goes
    BEFORE = "before"
    DUE = "due"
    OVERDUE = "overdue"  # once a week
    VERIFY = "verify"  # to who said they would look whether it works: there is something to look at


class Reach(StrEnum):
    """Whether the owner of an action can be reminded."""

    MAIL = "mail"
    NO_ADDRESS = "no_address"
    NO_PART = "no_part"  # not a member of the incident any more, so nothing of it is sent to them
    NOBODY = "nobody"  # nobody took it on
    DONE = "done"  # proved, called off, or a risk: nobody has to be reminded


@dataclass(frozen=True)
class Reminder:
    """One letter: which action, to whom, why. `name` is the last part of the letter's key."""

    action: str  # key
    to: str  # a role token
    kind: ReminderKind
    due: date
    name: str


@dataclass(frozen=True)
class Sent:
    """A letter that was queued before, read from its key."""

    action: str
    to: str
    kind: ReminderKind
    due: date
    number: int  # of an entry or its end: how often the action had been spoken of by then
    at: datetime


@dataclass(frozen=True)
class CalendarEntry:
    """A day in a calendar. A higher `sequence` with the same `uid` replaces what a calendar has."""

    uid: str
    title: str
    words: str
    day: date
    sequence: int
    changed_at: datetime
    is_gone: bool = False


def letter_key(incident_id: str, one: Reminder) -> str:
    """The key of the letter, by which it is queued once."""
    return f"{_start(incident_id, one.action)}{one.due.isoformat()}/{one.name}"


def read_key(key: str, incident_id: str, said: tuple[str, datetime]) -> Sent | None:
    """What a key of `letter_key` says; `said` is (to, when it was queued). None for any other letter."""
    start = f"{REMINDERS}{incident_id}/"
    parts = key.removeprefix(start).split("/")
    if not key.startswith(start) or len(parts) != 3:
        return None
    kind, _, rest = parts[2].partition("-")
    number = rest.partition("-")[0]
    try:
        named = ReminderKind(kind), date.fromisoformat(parts[1]), int(number or 0)
    except ValueError:
        return None
    return Sent(f"action/item/{parts[0]}", said[0], *named, said[1])


def _start(incident_id: str, action: str) -> str:
    return f"{REMINDERS}{incident_id}/{action.rpartition('/')[2]}/"
