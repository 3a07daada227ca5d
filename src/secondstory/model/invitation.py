"""The invitation to a meeting: the letter as it reads, its entries for the calendar, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_WORDS = 150
"""Above the agenda: what is longer is not read."""
INVITED = "meeting-invite/"
"""First part of the keys of these letters."""


@dataclass(frozen=True)
class CalendarSlot:
    """A sitting as a calendar needs it. `organizer` and `attendee` are addresses; `attendee` "" = published to none."""

    uid: str
    sequence: int
    changed_at: datetime
    start: datetime
    end: datetime
    title: str
    words: str
    place: str
    organizer: str
    attendee: str = ""
    attendee_name: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class InvitationText:
    """The letter: what stands above the agenda, the agenda, and what stands below."""

    subject: str
    above: tuple[str, ...]
    agenda: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words stand above the agenda."""
        return sum(len(part.split()) for part in self.above)

    @property
    def text(self) -> str:
        """The whole of it as plain text."""
        return "\n\n".join((*self.above, "\n".join(f"- {line}" for line in self.agenda), *self.below)) + "\n"


class Reached(StrEnum):
    """How far the invitation to one person is."""

    DUE = "due"  # goes out with the next sending
    SENT = "sent"  # the letter of the plan as it is now is queued or sent
    CANCEL = "cancel"  # has one, and is to be told that it holds no longer
    NO_ADDRESS = "no_address"
    NO_PART = "no_part"  # may not read a restricted incident


@dataclass(frozen=True)
class Recipient:
    """One person, with how far it is and, where a letter left, what the outbox says of it."""

    token: str
    reached: Reached
    letter: str  # state of the last letter, "" = none
    error: str
    is_gone: bool  # the letter says that it holds no longer
