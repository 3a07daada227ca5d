"""The server that runs on this installation's data, where there is one: verbs ask it, so that there is one writer."""

from __future__ import annotations

import secrets
from typing import Any, TypeVar
from urllib.parse import quote

import orjson

from secondstory.config import settings_now
from secondstory.model.codec import decode
from secondstory.model.errors import BadInput, NotAllowed, NotFound, SecondStoryError, Unavailable
from secondstory.texts import say

T = TypeVar("T")
_TIMES = 2  # a request without an answer is sent once more, under the same key
_PATIENCE_S = 30.0
_FAULTS: dict[int, type[SecondStoryError]] = {403: NotAllowed, 404: NotFound, 503: Unavailable}


class Running:
    """The API of a running server, as its owner."""

    def __init__(self, client: Any, csrf: str) -> None:
        self._client, self._csrf = client, csrf

    def ask(self, method: str, path: str, body: object, kind: type[T]) -> T:
        """The answer as a value. Raises what the server's problem means, Unavailable where no answer comes."""
        import httpx  # noqa: PLC0415 - as below

        headers = {"X-CSRF-Token": self._csrf, "Idempotency-Key": secrets.token_hex(16)}
        for left in reversed(range(_TIMES)):
            try:
                answer = self._client.request(method, path, json=body, headers=headers)
                break
            except httpx.TransportError as error:
                if not left:
                    raise Unavailable(say("running.silent", problem=error), say("running.silent_next")) from error
        if answer.is_success:
            return decode(answer.content, kind)
        told = orjson.loads(answer.content)
        raise _FAULTS.get(answer.status_code, BadInput)(told["detail"], told["next"])


def running() -> Running | None:
    """The server of this data directory, if one answers now."""
    import httpx  # noqa: PLC0415 - costs a tenth of a second, too much for --help

    from secondstory.web.local import announcement  # noqa: PLC0415 - as above

    local = announcement(settings_now().data_dir)
    if local is None:
        return None
    cookies = {local.cookie_name: local.cookie}
    client = httpx.Client(base_url=f"{local.address}api/v1", cookies=cookies, timeout=_PATIENCE_S, trust_env=False)
    try:
        found = client.get("/session").is_success
    except httpx.TransportError:
        found = False  # it was killed, and another program may have its port
    return Running(client, local.csrf) if found else None


def of(incident: str, *parts: str) -> str:
    """The path of something of an incident."""
    return "/".join(("/incidents", quote(incident, safe=""), *(quote(part, safe="") for part in parts)))
