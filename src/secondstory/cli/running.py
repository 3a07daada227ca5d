"""The server that runs on this installation's data, where there is one: what changes is asked of it.

A verb reads the records itself and finds what it needs to name; only the change goes to the server, by the route that
the pages use, so that there is one writer, one check and one version of the code, and every page hears of it at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import orjson

from secondstory.cli.session import VERB
from secondstory.config import settings_now
from secondstory.model.codec import decode
from secondstory.model.errors import BadInput, NotAllowed, NotFound, SecondStoryError, Unavailable
from secondstory.texts import say

T = TypeVar("T")
_TIMES = 2  # a request without an answer is sent once more, under the same key
_PATIENCE_S = 30.0
_FAULTS: dict[int, type[SecondStoryError]] = {403: NotAllowed, 404: NotFound, 503: Unavailable}


@dataclass(frozen=True)
class Change:
    """A change as the route takes it: `path` is below /api/v1, `body` anything that JSON can hold."""

    method: str
    path: str
    body: object = None


class Running:
    """The API of a running server, as its owner."""

    def __init__(self, client: Any, csrf: str) -> None:
        self._client, self._csrf = client, csrf

    def ask(self, change: Change) -> bytes:
        """The answer's body. Raises what the server's problem means, Unavailable where no answer comes."""
        import httpx  # noqa: PLC0415 - as below

        headers = {
            "X-CSRF-Token": self._csrf,
            "Idempotency-Key": secrets.token_hex(16),
            "X-Verb": VERB.get(),
            "Content-Type": "application/json",
        }
        body = None if change.body is None else orjson.dumps(change.body)
        for left in reversed(range(_TIMES)):
            try:
                answer = self._client.request(change.method, change.path, content=body, headers=headers)
                break
            except httpx.TransportError as error:
                if not left:
                    raise Unavailable(say("running.silent", problem=error), say("running.silent_next")) from error
        if answer.is_success:
            content: bytes = answer.content
            return content
        told = orjson.loads(answer.content)
        raise _FAULTS.get(answer.status_code, BadInput)(told["detail"], told["next"])


def do(change: Change, here: Callable[[], object]) -> None:
    """Make a change: by the server that runs on this data, else `here`."""
    server = running()
    if server is None:
        here()
    else:
        server.ask(change)


def made(change: Change, here: Callable[[], T], kind: type[T]) -> T:
    """Make a change as `do` does; gives what it gave."""
    server = running()
    return here() if server is None else decode(server.ask(change), kind)


def running() -> Running | None:
    """The server of this data directory, if one answers now."""
    from secondstory.web.local import announcement  # noqa: PLC0415 - as below

    local = announcement(settings_now().data_dir)
    if local is None:
        return None
    import httpx  # noqa: PLC0415 - costs a tenth of a second, too much for --help

    cookies = {local.cookie_name: local.cookie}
    client = httpx.Client(base_url=f"{local.address}api/v1", cookies=cookies, timeout=_PATIENCE_S, trust_env=False)
    try:
        found = client.get("/session").is_success
    except httpx.TransportError:
        found = False  # it was killed, and another program may have its port
    return Running(client, local.csrf) if found else None


def of(incident: str, *parts: str, **query: str) -> str:
    """The path of something of an incident; what is empty in the query is left out."""
    path = "/".join(("/incidents", quote(incident, safe=""), *(quote(part, safe="") for part in parts)))
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{asked}" if asked else path
