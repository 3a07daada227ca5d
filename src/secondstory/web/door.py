"""Who comes in: a one-time token is exchanged for a cookie, and what changes something carries a second secret."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping

from secondstory.model.actor import Actor

CSRF_HEADER = "X-CSRF-Token"
_SECRET_BYTES = 32


class Door:
    """The secrets of one running server and the actor that they stand for; they die with the process.

    The port is part of the cookie's name, for browsers share cookies between all ports of a host.
    """

    def __init__(self, actor: Actor, port: int) -> None:
        self.actor = actor
        self.hosts = tuple(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        self.cookie_name = f"secondstory_{port}"
        self.csrf = secrets.token_urlsafe(_SECRET_BYTES)
        self.address = f"http://{self.hosts[0]}/"
        self._token: str | None = secrets.token_urlsafe(_SECRET_BYTES)
        self._cookie = secrets.token_urlsafe(_SECRET_BYTES)
        self._lock = threading.Lock()

    def invitation(self) -> str:
        """The address that lets one browser in, once."""
        return f"{self.address}?token={self._token}"

    def enter(self, token: str) -> str | None:
        """The cookie's value for the right token, the first time it is shown; else None."""
        with self._lock:
            if self._token is None or not _same(token, self._token):
                return None
            self._token = None
            return self._cookie

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """True for a browser that was let in."""
        return _same(cookies.get(self.cookie_name, ""), self._cookie)

    def allows_change(self, csrf: str) -> bool:
        """True if the request carries the secret that only our own pages can read."""
        return _same(csrf, self.csrf)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
