"""A view of the incident list that somebody saved under a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SavedView:
    """A name for a query of the list's address, such as `severity=SEV1&late=1`. It is its owner's alone."""

    actor_id: str
    name: str
    query: str
