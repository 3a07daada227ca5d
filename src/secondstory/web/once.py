"""A change that is sent again under the same Idempotency-Key is made once, and answered as it was the first time."""

from __future__ import annotations

import re
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondstory.ports import Answered, KeptAnswer
from secondstory.web.problems import refused

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotent-Replayed"
NOT_KEPT = re.compile(
    r"/api/v1/(?:lint|rehearsals.*|session|invitations/.*|incidents/[^/]+/"
    r"(?:transcript|invitations|meeting/(?:cards(?:/[^/]+)?|captions|prebriefs|pulse|rail(?:/notes)?|reading|said)))"
)
"""Also where people type what they may not say, with names in it, and where an answer tells who spoke when."""
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_CHANGES = ("POST", "PUT", "DELETE", "PATCH")
_REFUSED, _UNKNOWN = 400, 500


class Once:
    """ASGI middleware behind the guard. Without the header, or without a signed-in visitor, it does nothing.

    A key is reserved on disk before the route is called, and its answer is on disk before it is sent. A server that
    dies in between leaves the key reserved: whether the change was made is then not known, and the answer says so.
    Of uploads, which may be large, only the length is compared. Where an answer must not be kept, for it holds words
    that nobody keeps or a secret that is told once, the header changes nothing.
    """

    def __init__(self, app: ASGIApp, answered: Answered, uploads: tuple[str, ...]) -> None:
        self._app, self._answered, self._uploads = app, answered, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer as before."""
        visitor = scope.get("state", {}).get("visitor")
        if scope["type"] != "http" or scope["method"] not in _CHANGES or visitor is None:
            await self._app(scope, receive, send)
            return
        key = Headers(scope=scope).get(KEY_HEADER)
        if key is None or NOT_KEPT.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        if not _KEY.fullmatch(key):
            await refused("key_shape", 400)(scope, receive, send)
            return
        body, again = (b"", receive) if scope["path"] in self._uploads else await _whole(receive)
        asked = _fingerprint(scope, body)
        kept = await run_in_threadpool(self._answered.begin, visitor.actor.id, key, asked)
        if kept is not None:
            await _as_before(kept, asked)(scope, receive, send)
            return
        await self._first(scope, again, send, (visitor.actor.id, key, asked))

    async def _first(self, scope: Scope, receive: Receive, send: Send, known: tuple[str, str, str]) -> None:
        actor_id, key, asked = known
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, keep)
        status = answer[0]["status"]
        if status < _REFUSED:
            kind = Headers(raw=answer[0]["headers"]).get("content-type", "")
            body = b"".join(message.get("body", b"") for message in answer[1:])
            await run_in_threadpool(self._answered.finish, actor_id, key, KeptAnswer(asked, status, kind, body))
        elif status < _UNKNOWN:
            await run_in_threadpool(self._answered.give_up, actor_id, key)
        for message in answer:
            await send(message)


def _as_before(kept: KeptAnswer, asked: str) -> Response:
    if kept.fingerprint != asked:
        return refused("key_reused", 409)
    if kept.status == 0:
        return refused("key_open", 409)
    answer = Response(kept.body, kept.status)
    headers = MutableHeaders(raw=answer.raw_headers)
    headers["Content-Type"] = kept.media_type
    headers[REPLAYED_HEADER] = "true"
    return answer


def _fingerprint(scope: Scope, body: bytes) -> str:
    length = Headers(scope=scope).get("content-length", "")
    parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], length.encode(), body)
    return sha256(b"\0".join(sha256(part).digest() for part in parts)).hexdigest()


async def _whole(receive: Receive) -> tuple[bytes, Receive]:
    """The body, which the guard bounds, and the same messages once more for the route."""
    messages: list[Message] = []
    while True:
        messages.append(await receive())
        if messages[-1]["type"] != "http.request" or not messages[-1].get("more_body", False):
            break
    left = iter(tuple(messages))

    async def again() -> Message:
        return next(left, None) or await receive()

    return b"".join(message.get("body", b"") for message in messages), again
