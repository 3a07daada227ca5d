"""The notes to the private talks before a meeting: part of the sealed layer."""

from __future__ import annotations

from typing import Protocol

from secondstory.model.prebrief import Spoken


class SealedNotes(Protocol):
    """Encrypted at rest, in no export; what is forgotten is gone for good."""

    def save(self, incident_id: str, spoken: tuple[Spoken, ...]) -> None:
        """Replace all of an incident's."""

    def of(self, incident_id: str) -> tuple[Spoken, ...]:
        """All of an incident's."""

    def forget(self, incident_id: str) -> None:
        """Remove all of an incident's."""
