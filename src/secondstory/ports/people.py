"""Who takes part: members, their invitations, the browsers that are signed in, and links that cannot be forged."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from secondstory.model.actor import Actor
from secondstory.model.people import Invitation, Member, SignIn


class Members(Protocol):
    """The people of each incident, by token."""

    def save(self, member: Member) -> None:
        """Create or replace."""

    def of(self, incident_id: str) -> tuple[Member, ...]:
        """All of an incident, those who joined first before the others."""

    def remove(self, incident_id: str, actor_id: str) -> None:
        """Take a person out, with the invitations meant for them; who is in no incident any more is signed out."""


class Invitations(Protocol):
    """Invitations, open and past."""

    def save(self, invitation: Invitation) -> None:
        """Create or replace."""

    def get(self, invitation_id: str) -> Invitation | None:
        """By id."""

    def of(self, incident_id: str) -> tuple[Invitation, ...]:
        """All of an incident, the newest first."""


class SignIns(Protocol):
    """Browsers that are signed in. What a person may do is read anew at each request."""

    def accept(self, invitation: Invitation, member: Member, sign_in: SignIn | None) -> bool:
        """Use up the invitation, make the person a member and the browser signed in: all of it or nothing.

        `sign_in` None: the browser is signed in as this person already. False: the invitation is used or revoked.
        Raises BadInput where a new browser claims the name of somebody who has joined before.
        """

    def actors(self, sign_in_ids: Collection[str], now: datetime) -> dict[str, Actor]:
        """Who each browser is, with the roles held now, in one look; those that are not signed in are left out."""

    def end(self, sign_in_id: str) -> None:
        """Sign a browser out."""


class Erasure(Protocol):
    """The right to be forgotten: the sealed map is rewritten, the record of what was said is not."""

    def erase(self, token: str) -> bool:
        """Forget name and address behind a token and sign its browsers out, for good. False: there is no name."""


class Links(Protocol):
    """Texts that only this installation can have written."""

    def sign(self, text: str) -> str:
        """The text with its signature, fit for an address."""

    def read(self, signed: str) -> str | None:
        """The text, if the signature is ours."""
