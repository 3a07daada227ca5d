"""What tells whether anything of an incident changed, for all of them at once."""

from __future__ import annotations

from typing import Protocol

from secondstory.model.actor import Actor


class IncidentStates(Protocol):
    """Short texts that differ wherever something that is stored of an incident does."""

    def visible_to(self, actor: Actor) -> tuple[tuple[str, str], ...]:
        """(incident id, state) of those that the actor may read, newest window first; as of one moment."""
