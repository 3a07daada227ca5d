"""What every request passes first: host, origin, cookie and CSRF token, size; and what every answer carries."""

from __future__ import annotations

import re
import time
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondstory.web.door import CSRF_HEADER, Door
from secondstory.web.problems import defect, refused

API = "/api/v1"
OPEN_PATHS = (f"{API}/health",)
UPLOADS = (f"{API}/imports", f"{API}/incident-files")
TRANSCRIPTS = re.compile(rf"{API}/incidents/[^/]+/transcript")
_SAFE = ("GET", "HEAD", "OPTIONS")
_REFUSED = 1008  # against the rules
_BODY_LIMIT = 256 * 1024
_TRANSCRIPT_LIMIT = 1024 * 1024  # an hour of speech is about 0.2 MB
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware. A request that it refuses reaches no route, and none of its body is read."""

    def __init__(self, app: ASGIApp, door: Door, upload_limit_mb: int) -> None:
        self._app, self._door = app, door
        self._upload_limit = upload_limit_mb * 1024 * 1024

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
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["Server-Timing"] = f"app;dur={(time.perf_counter() - came) * 1000:.1f}"
            await send(message)

        headers = Headers(scope=scope)
        limit = self._limit(scope["path"])
        answer = self._refusal(scope, headers, limit)
        if answer is not None:
            await answer(scope, receive, carrying)
            return
        try:
            await self._app(scope, _counted(receive, limit), carrying)
        except Exception as error:  # noqa: BLE001 - door: the web error page
            answer = defect(scope["path"], error)
            if not begun:  # else the server sees an unfinished answer and ends the connection
                await answer(scope, receive, carrying)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A socket passes with the right host, origin and cookie; else all that a browser sees is that it is shut."""
        headers, door = Headers(scope=scope), self._door
        if self._foreign(headers) is None and door.knows(_cookies(headers)):
            await self._app(scope, receive, send)
            return
        await receive()  # the wish to connect, which the protocol has first
        await send({"type": "websocket.close", "code": _REFUSED})

    def _limit(self, path: str) -> int:
        """The most bytes that a body sent there may have."""
        if path in UPLOADS:
            return self._upload_limit
        return _TRANSCRIPT_LIMIT if TRANSCRIPTS.fullmatch(path) else _BODY_LIMIT

    def _refusal(self, scope: Scope, headers: Headers, limit: int) -> Response | None:
        door, path = self._door, scope["path"]
        if (foreign := self._foreign(headers)) is not None:
            return foreign
        if _inside(path) and path not in OPEN_PATHS and not door.knows(_cookies(headers)):
            return refused("not_let_in", 401)
        # What needs no cookie changes nothing, so it may say itself which verbs it knows.
        if (
            path not in OPEN_PATHS
            and scope["method"] not in _SAFE
            and not door.allows_change(headers.get(CSRF_HEADER, ""))
        ):
            return refused("no_csrf", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            return refused("too_large", 413, path=path)
        return None

    def _foreign(self, headers: Headers) -> Response | None:
        """The answer to what was sent to another host or comes from a page elsewhere."""
        door = self._door
        host, origin = headers.get("host", ""), headers.get("origin")
        if host.lower() not in door.hosts:
            return refused("wrong_host", 403, host=host, address=door.address)
        if origin is not None and origin not in {f"http://{name}" for name in door.hosts}:
            return refused("wrong_origin", 403, origin=origin, address=door.address)
        return None


def _inside(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: part.value for name, part in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


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
