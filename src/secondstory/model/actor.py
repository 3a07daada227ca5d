"""Who acts: a person or the system, with a role in each incident."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in an incident."""

    FACILITATOR = "facilitator"
    SCRIBE = "scribe"
    RESPONDER = "responder"
    EXECUTIVE = "executive"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Actor:
    """One who asks for something. The owner of a machine's single-user installation may do everything."""

    id: str
    is_owner: bool = False
    roles: tuple[tuple[str, Role], ...] = ()  # (incident id, role)

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an actor needs an id")

    def role_in(self, incident_id: str) -> Role | None:
        """The actor's role in an incident, or None."""
        return dict(self.roles).get(incident_id)


LOCAL_OWNER = Actor(id="owner", is_owner=True)
"""The one user of an installation on loopback without accounts."""
