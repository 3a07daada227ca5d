"""Letters: what is sent to a person outside, and where each one is on its way. Recipients are role tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from secondstory.model.window import require_utc

MOST_ATTEMPTS = 8
_WAITS_MIN = (1, 4, 16, 60, 180, 360)


class LetterState(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up; a person can have it tried again


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str  # such as application/pdf
    data: bytes


@dataclass(frozen=True)
class Letter:
    """A mail to one person. The same `key` is the same letter: it is queued once, and every attempt has one Message-ID.

    `to` is a role token; the address behind it is sealed and looked up when the letter is sent.
    """

    key: str  # such as circulate/incident-1/2/responder-1
    to: str
    subject: str
    text: str
    html: str = ""  # "" = plain text alone
    attachments: tuple[Attachment, ...] = ()
    incident_id: str = ""  # "" = of no incident

    def __post_init__(self) -> None:
        if not (self.key and self.to):
            raise ValueError("a letter needs a key and a recipient")
        if any(sign in self.subject for sign in "\r\n"):
            raise ValueError("the subject of a letter is one line")


@dataclass(frozen=True)
class Posted:
    """How far a letter came."""

    key: str
    to: str
    subject: str
    incident_id: str
    state: LetterState
    attempts: int
    queued_at: datetime
    next_at: datetime  # not tried before
    sent_at: datetime | None = None
    error: str = ""  # of the last attempt; names no address

    def __post_init__(self) -> None:
        require_utc(self.queued_at, "the time of a letter")


@dataclass(frozen=True)
class Sending:
    """A letter that is due."""

    letter: Letter
    posted: Posted


def message_id(key: str, domain: str) -> str:
    """The Message-ID of a letter: made of its key alone, so that a mail server knows a second attempt."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute at first, six hours in the end."""
    return timedelta(minutes=_WAITS_MIN[min(attempts, len(_WAITS_MIN)) - 1])
