"""What follows an incident while people work on it."""

from __future__ import annotations

from typing import Protocol

from secondstory.model.ledger import Entry


class Feed(Protocol):
    """The ledger as a stream: whoever knows the number of the last entry seen is given all since, once."""

    def heads(self, incident_ids: tuple[str, ...]) -> dict[str, int]:
        """The number of the last entry of each of these incidents; one without entries has none."""

    def since(self, incident_id: str, seq: int, limit: int) -> tuple[Entry, ...]:
        """The first `limit` entries after number `seq`, in order."""
