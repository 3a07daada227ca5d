"""Lets notifications of alerts in by a path of their own, for whoever shows the receiver's token; off without one."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers
from starlette.responses import Response

from secondstory.model.actor import Actor
from secondstory.web.attempts import Attempts
from secondstory.web.problems import refused

ALERT_RECEIVER = Actor("alert-receiver", is_owner=True)
"""Who opens incidents from notifications; it may, and its one path leads to nothing else."""
_MOST = 120  # notifications a minute from one address; an outage sends tens
_SCHEME = "bearer "


class Receiver:
    """The token that senders show. Whether the receiver is off or the token wrong, the refusal is the same."""

    def __init__(self, token: str = "", most: int = _MOST) -> None:
        self._token = token
        self._right, self._wrong = Attempts(most), Attempts()

    def refusal(self, headers: Headers, address: str) -> Response | None:
        """What a sender is told who may not, or not so often; None lets the notification in."""
        given = headers.get("authorization", "")
        shown = given[len(_SCHEME) :].strip() if given.lower().startswith(_SCHEME) else ""
        if not self._token or not hmac.compare_digest(shown.encode(), self._token.encode()):
            often = not self._wrong.allow(address)
            return refused("too_many", 429, area="opening") if often else refused("not_taken", 401, area="opening")
        return None if self._right.allow(address) else refused("too_many", 429, area="opening")
