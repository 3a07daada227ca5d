"""Values to responses: canonical JSON with an entity tag, compressed once and answered with 304 where it is known."""

from __future__ import annotations

import gzip
from functools import lru_cache
from hashlib import sha256

from fastapi import Request
from starlette.responses import Response

from secondstory.model.codec import canonical_json

_WORTH_COMPRESSING = 1400  # bytes; less fits into one packet as it is
_LEVEL = 5
JSON = "application/json"


def json_answer(request: Request, value: object) -> Response:
    """A model value as the response to a GET."""
    return bytes_answer(request, canonical_json(value), JSON)


def bytes_answer(request: Request, data: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    """Stored bytes as they are. The browser keeps them and asks each time whether they are still the same."""
    tag, packed = _packed(data)
    always = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding", **(headers or {})}
    if tag in (part.strip() for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=always)
    if packed is None or "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(data, headers=always, media_type=media_type)
    return Response(packed, headers={**always, "Content-Encoding": "gzip"}, media_type=media_type)


@lru_cache(maxsize=128)
def _packed(data: bytes) -> tuple[str, bytes | None]:
    """The entity tag, and the compressed form where it pays."""
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    return tag, gzip.compress(data, _LEVEL, mtime=0) if len(data) > _WORTH_COMPRESSING else None
