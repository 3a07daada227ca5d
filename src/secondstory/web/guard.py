"""What every request passes first: host, origin, cookie and CSRF token, size; and what every answer carries."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondstory.model.attached import MOST_FILE_BYTES
from secondstory.model.errors import SecondStoryError
from secondstory.ports import World
from secondstory.records.acting import acting
from secondstory.usecases.open_from_alert import LARGEST_NOTIFICATION
from secondstory.web.acts import act_of
from secondstory.web.attempts import caller
from secondstory.web.door import CSRF_HEADER, Door, Visitor, allows_change
from secondstory.web.problems import defect, refused, told
from secondstory.web.receiver import ALERT_RECEIVER

API = "/api/v1"
INVITATIONS = f"{API}/invitations/"
OPEN_PATHS = (f"{API}/health", f"{INVITATIONS}look", f"{INVITATIONS}accept")
"""What is asked before anybody is signed in. An invitation is judged by its signature, and tried at a bounded rate."""
UPLOADS = (f"{API}/imports", f"{API}/incident-files")
ALERTS = f"{API}/alerts"
AT_HAND = f"{API}/notifications"
ATTACHMENTS = re.compile(rf"{API}/incidents/[^/]+/attachments")
TRANSCRIPTS = re.compile(rf"{API}/incidents/[^/]+/transcript")
_SAFE = ("GET", "HEAD", "OPTIONS")
_REFUSED = 1008  # against the rules
_BODY_LIMIT = 256 * 1024
_TRANSCRIPT_LIMIT = 1024 * 1024  # an hour of speech is about 0.2 MB
_ATTACHMENT_LIMIT = MOST_FILE_BYTES + _BODY_LIMIT  # the form around the file has some too
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
    "Cache-Control": "no-store",
}
_OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}


class Guard:
    """ASGI middleware. A request that it refuses reaches no route, and none of its body is read.

    Behind it `scope["state"]["visitor"]` is the signed-in `Visitor`, or None on the open paths and the pages. A
    WebSocket is judged like a request.
    """

    def __init__(self, app: ASGIApp, door: Door, world: World, upload_limit_mb: int) -> None:
        self._app, self._door, self._world = app, door, world
        self._upload_limit = upload_limit_mb * 1024 * 1024
        self._headers = {**_HEADERS, **(_OVER_TLS if door.entrance.is_secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, refuse, or answer for what fails behind."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, came = False, time.perf_counter()

        async def carrying(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers["Server-Timing"] = f"app;dur={(time.perf_counter() - came) * 1000:.1f}"
            await send(message)

        headers = Headers(scope=scope)
        limit = self._limit(scope["path"])
        try:
            answer = self._foreign(scope, headers) or await self._stranger(scope, headers)
            answer = answer or _too_large(scope["path"], headers, limit)
        except SecondStoryError as error:  # the records do not answer
            answer = told(error)
        if answer is not None:
            await answer(scope, receive, carrying)
            return
        try:
            with acting(act_of(scope, self._world.clock.now())):
                await self._app(scope, _counted(receive, limit), carrying)
        except Exception as error:  # noqa: BLE001 - door: the web error page
            answer = defect(scope["path"], error)
            if not begun:  # else the server sees an unfinished answer and ends the connection
                await answer(scope, receive, carrying)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A socket passes with the right host, origin and cookie; else all that a browser sees is that it is shut."""
        headers = Headers(scope=scope)
        if self._foreign(scope, headers) is None and await self._recognise(scope, headers) is not None:
            with acting(act_of(scope, self._world.clock.now())):
                await self._app(scope, receive, send)
            return
        await receive()  # the wish to connect, which the protocol has first
        await send({"type": "websocket.close", "code": _REFUSED})

    def _limit(self, path: str) -> int:
        """The most bytes that a body sent there may have."""
        if path in (ALERTS, AT_HAND):
            return LARGEST_NOTIFICATION
        if path in UPLOADS:
            return self._upload_limit
        if ATTACHMENTS.fullmatch(path):
            return _ATTACHMENT_LIMIT
        return _TRANSCRIPT_LIMIT if TRANSCRIPTS.fullmatch(path) else _BODY_LIMIT

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """The refusal of what was not meant for this server, or comes from another's page."""
        door = self._door
        host, origin = headers.get("host", ""), headers.get("origin")
        if door.entrance.proxies and not _by_proxy(door.entrance.proxies, scope, headers):
            return refused("not_by_proxy", 403, area="entrance", address=door.address)
        if host.lower() not in door.hosts:
            return refused("wrong_host", 403, host=host, address=door.address)
        if origin is not None and origin not in door.origins:
            return refused("wrong_origin", 403, origin=origin, address=door.address)
        return None

    async def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """The refusal of a browser that was not let in, or does not show that the change is its own wish."""
        path = scope["path"]
        if not _inside(path):
            return None
        if path == ALERTS:
            return self._sender(scope, headers)
        visitor = await self._recognise(scope, headers)
        if path in OPEN_PATHS:
            return None
        if visitor is None:
            return refused("not_let_in", 401)
        if scope["method"] not in _SAFE and not allows_change(visitor, headers.get(CSRF_HEADER, "")):
            return refused("no_csrf", 403)
        return None

    def _sender(self, scope: Scope, headers: Headers) -> Response | None:
        """The refusal of a notification without the receiver's token; a cookie that comes along counts for nothing."""
        address = (scope.get("client") or ("",))[0]
        by_proxy = bool(self._door.entrance.proxies)
        by = caller(address, headers.get("x-forwarded-for", ""), by_proxy=by_proxy)
        scope.setdefault("state", {})["visitor"] = Visitor(ALERT_RECEIVER, "", "")
        return self._door.receiver.refusal(headers, by)

    async def _recognise(self, scope: Scope, headers: Headers) -> Visitor | None:
        cookies = cookies_of(headers)
        visitor = None
        if self._door.cookie_name in cookies:
            visitor = await run_in_threadpool(self._door.visitor, cookies, self._world)
        scope.setdefault("state", {})["visitor"] = visitor
        return visitor


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    try:
        return {name: part.value for name, part in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _inside(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


def _by_proxy(proxies: tuple[str, ...], scope: Scope, headers: Headers) -> bool:
    peer = (scope.get("client") or ("",))[0]
    return peer in proxies and headers.get("x-forwarded-proto", "") in ("https", "wss")


def _too_large(path: str, headers: Headers, limit: int) -> Response | None:
    length = headers.get("content-length", "0")
    return None if length.isdecimal() and int(length) <= limit else refused("too_large", 413, path=path)


def _counted(receive: Receive, limit: int) -> Receive:
    """The same body, ending in an error once it is larger than it may be; a length may be left out or wrong."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)
        return message

    return counted
