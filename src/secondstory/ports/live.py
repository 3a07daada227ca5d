"""What follows an incident while people work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secondstory.model.ledger import Entry


class Feed(Protocol):
    """The ledger as a stream: whoever knows the number of the last entry seen is given all since, once."""

    def heads(self, incident_ids: tuple[str, ...]) -> dict[str, int]:
        """The number of the last entry of each of these incidents; one without entries has none."""

    def since(self, incident_id: str, seq: int, limit: int) -> tuple[Entry, ...]:
        """The first `limit` entries after number `seq`, in order."""


@dataclass(frozen=True)
class Mention:
    """That a comment names a person by token, who has not looked at it yet."""

    token: str
    incident_id: str
    comment_id: str
    subject: str
    actor_id: str
    at: datetime


class Mentions(Protocol):
    """Who was named in a comment and has not looked yet; the ledger keeps it together with the comment."""

    def unread(self, token: str, incident_ids: tuple[str, ...]) -> tuple[Mention, ...]:
        """A person's own in these incidents, the newest first."""

    def read(self, token: str, incident_id: str) -> None:
        """The person has looked at all of theirs in an incident."""
