"""Two hundred members of one incident in one room: each with a cookie and a socket of their own, in one process."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from secondstory.config import Settings
from secondstory.model.actor import Role
from secondstory.model.people import Invitation, Member, SignIn
from secondstory.web.door import CSRF_HEADER, csrf_of
from secondstory.wiring import open_world

TRIES_S = 0.2  # between tries to come back; a page begins with as much


def let_in(folder: Path, incident: str, people: int) -> list[tuple[str, str]]:
    """Make members of the incident, the first a facilitator; the token and the browser's secret of each."""
    found = []
    with open_world(Settings(data_dir=folder)) as world:
        now = datetime.now(UTC)
        until = now + timedelta(days=1)
        for number in range(people):
            token, secret = f"responder-{number}", secrets.token_urlsafe(16)
            role = Role.RESPONDER if number else Role.FACILITATOR
            invitation = Invitation(f"bench-{number}", incident, role, token, "owner", now, until, token)
            sign_in = SignIn(sha256(secret.encode()).hexdigest(), token, now, until)
            world.invitations.save(Invitation(f"bench-{number}", incident, role, token, "owner", now, until))
            assert world.sign_ins.accept(invitation, Member(incident, token, role, now), sign_in)
            found.append((token, secret))
    return found


@dataclass(eq=False)
class Guest:
    """A member in the room: what its page was told, and when."""

    token: str
    secret: str
    base: str
    incident: str
    told: Callable[[Guest, dict[str, Any], float], None]
    seq: int = 0
    parts: dict[str, Any] = field(default_factory=dict)
    back_at: float = 0.0
    messages: int = 0
    _socket: ClientConnection | None = None

    async def stay(self) -> None:
        """Be in the room, and come back whenever the connection is lost, until cancelled."""
        while True:
            with suppress(OSError, ConnectionClosed, InvalidStatus, TimeoutError):
                await self._listen()
            await asyncio.sleep(TRIES_S)

    async def _listen(self) -> None:
        url = f"{self.base.replace('http', 'ws')}api/v1/incidents/{self.incident}/meeting/room"
        cookie = {"Cookie": f"{self.cookie}={self.secret}"}
        origin = Origin(self.base.rstrip("/"))
        async with connect(url, additional_headers=cookie, origin=origin, compression=None, max_size=None) as socket:
            async for message in socket:
                now = time.perf_counter()
                heard = json.loads(message)
                self.messages += 1
                if heard["type"] == "welcome":
                    self.parts, self.back_at = heard["parts"], now
                if heard["type"] == "room":
                    self.parts.update(heard["parts"])
                self.seq = heard.get("seq", self.seq)
                self.told(self, heard, now)

    @property
    def cookie(self) -> str:
        """The name of the cookie on this port."""
        return f"secondstory_{httpx.URL(self.base).port}"

    def headers(self) -> dict[str, str]:
        """What its changes carry."""
        return {"Cookie": f"{self.cookie}={self.secret}", CSRF_HEADER: csrf_of(self.secret)}

    async def does(self, client: httpx.AsyncClient, verb: str, act: dict[str, Any]) -> httpx.Response:
        """An act of its own in the room, sent again as a page does where no answer comes."""
        url = f"{self.base}api/v1/incidents/{self.incident}/meeting/{verb}"
        for _ in range(20):
            try:
                return await client.post(url, json=act, headers=self.headers())
            except httpx.TransportError:  # an idle connection was closed, or the server is not there just now
                await asyncio.sleep(TRIES_S)
        return await client.post(url, json=act, headers=self.headers())


async def until(done: Callable[[], bool], patience_s: float) -> bool:
    """Wait for something that the sockets will tell; False where it does not come in time."""
    end = time.perf_counter() + patience_s
    while not done():
        if time.perf_counter() > end:
            return False
        await asyncio.sleep(0.01)
    return True


def all_in(guests: Iterable[Guest]) -> bool:
    """Whether each was told the room."""
    return all(guest.parts for guest in guests)
