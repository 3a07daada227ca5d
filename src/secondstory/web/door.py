"""Who comes in: the owner by a one-time token, everybody else by an invitation; each browser by its cookie."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from secondstory.model.actor import Actor
from secondstory.ports import World
from secondstory.usecases.sign_in import all_recognised, recognised
from secondstory.web.entrance import Entrance
from secondstory.web.receiver import Receiver

CSRF_HEADER = "X-CSRF-Token"
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Visitor:
    """Who a browser is, and what its requests must carry to change something. `secret`: its cookie's value."""

    actor: Actor
    csrf: str
    secret: str


class Door:
    """What one running server knows of browsers: the secrets of its owner's, which die with it unless it is
    killed, and the way to recognise the others. An owner's browser is `actor`.

    The port is part of the cookie's name on loopback, for browsers share cookies between all ports of a host.
    """

    def __init__(
        self, actor: Actor, port: int, entrance: Entrance | None = None, receiver: Receiver | None = None
    ) -> None:
        self.actor = actor
        self.entrance = entrance or Entrance()
        self.receiver = receiver or Receiver()
        self.hosts = self.entrance.hosts(port)
        self.address = self.entrance.address(port)
        self.origins = frozenset(f"{self.entrance.scheme}://{host}" for host in self.hosts)
        # A name that begins so is kept by browsers only for this one host, over TLS.
        self.cookie_name = "__Host-secondstory" if self.entrance.is_secure else f"secondstory_{port}"
        self.csrf = secrets.token_urlsafe(_SECRET_BYTES)
        self._token: str | None = secrets.token_urlsafe(_SECRET_BYTES)
        self._cookie = secrets.token_urlsafe(_SECRET_BYTES)
        self._lock = threading.Lock()

    def take_over(self, cookie: str, csrf: str) -> None:
        """Let the owner's browsers in that a server before this one had let in. Before the first request."""
        self._cookie, self.csrf = cookie, csrf

    def invitation(self) -> str:
        """The address that lets one browser in as the owner, once."""
        return f"{self.address}?token={self._token}"

    def join_address(self, link: str) -> str:
        """The address of a signed invitation. What follows # is never sent to a server, so no log holds it."""
        return f"{self.address}#/join/{link}"

    def for_programs(self) -> tuple[str, str]:
        """The name and value of the cookie that lets in the owner's own programs on this machine."""
        return self.cookie_name, self._cookie

    def enter(self, token: str) -> str | None:
        """The cookie's value for the right token, the first time it is shown; else None."""
        with self._lock:
            if self._token is None or not _same(token, self._token):
                return None
            self._token = None
            return self._cookie

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """True for the owner's browser."""
        return _same(cookies.get(self.cookie_name, ""), self._cookie)

    def visitor(self, cookies: Mapping[str, str], world: World) -> Visitor | None:
        """Who a browser is now, asked anew each time: roles may have changed, and people may have been removed."""
        secret = cookies.get(self.cookie_name, "")
        if _same(secret, self._cookie):
            return Visitor(self.actor, self.csrf, secret)
        actor = recognised(world, secret)
        return Visitor(actor, csrf_of(secret), secret) if actor is not None else None

    def actors(self, secrets: Collection[str], world: World) -> dict[str, Actor]:
        """Who many browsers are now, by their secrets, in one look; without those that are nobody's any more."""
        found = all_recognised(world, secrets)
        return {**found, **{one: self.actor for one in secrets if _same(one, self._cookie)}}


def csrf_of(secret: str) -> str:
    """What a signed-in browser's changes carry: made from its cookie, which no other page can read."""
    return hmac.new(secret.encode(), b"csrf", "sha256").hexdigest()


def allows_change(visitor: Visitor, csrf: str) -> bool:
    """True if the request carries the secret that only our own pages can read."""
    return _same(csrf, visitor.csrf)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
