"""Who takes part in an incident: members behind their tokens, invitations, and browsers that are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.model.actor import Role
from secondstory.model.window import require_utc


@dataclass(frozen=True)
class Member:
    """A person in an incident. `named`: wishes to stand in what is published by name; else by token."""

    incident_id: str
    actor_id: str  # a role token, such as responder-2
    role: Role
    since: datetime
    named: bool = False

    def __post_init__(self) -> None:
        require_utc(self.since, "the time of joining")


@dataclass(frozen=True)
class Invitation:
    """Lets one person into one incident, once. `for_actor`: the person it is for; "" = whoever opens it first."""

    id: str
    incident_id: str
    role: Role
    for_actor: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    accepted_by: str = ""
    revoked: bool = False

    def __post_init__(self) -> None:
        require_utc(self.made_at, "the time of an invitation")
        require_utc(self.expires_at, "the end of an invitation")

    def is_open(self, now: datetime) -> bool:
        """True while it can be accepted."""
        return not self.accepted_by and not self.revoked and now < self.expires_at


@dataclass(frozen=True)
class SignIn:
    """A browser that was let in. Its secret is known to the browser alone; `id` is the secret's hash."""

    id: str
    actor_id: str
    at: datetime
    expires_at: datetime
