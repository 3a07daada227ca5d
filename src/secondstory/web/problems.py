"""Every error as problem+json (RFC 9457): what was tried on what, and the one next step."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from secondstory.model.codec import canonical_json
from secondstory.model.errors import (
    BadInput,
    Conflict,
    EvidenceMismatch,
    JobCancelled,
    NotAllowed,
    NotFound,
    SecondStoryError,
    Unavailable,
)
from secondstory.texts import say

MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[SecondStoryError], int], ...] = (
    (BadInput, 400),
    (NotAllowed, 403),
    (NotFound, 404),
    (EvidenceMismatch, 409),
    (Conflict, 409),
    (JobCancelled, 409),
    (Unavailable, 503),
)
_VERBS = ("GET", "POST", "PUT", "DELETE")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """An error. `detail`: what was tried on what; `next`: what to do now; `field`: the part of the request at fault."""

    type: str
    title: str
    status: int
    detail: str
    next: str
    field: str | None = None


def problem(status: int, detail: str, next_step: str, field: str | None = None) -> Response:
    """An error as a response."""
    body = Problem("about:blank", HTTPStatus(status).phrase, status, detail, next_step, field)
    return Response(canonical_json(body), status, media_type=MEDIA_TYPE)


def refused(key: str, status: int, *, area: str = "web", **facts: object) -> Response:
    """An error that the web itself finds; its two sentences are `<area>.<key>` and `<area>.<key>_next`."""
    return problem(status, say(f"{area}.{key}", **facts), say(f"{area}.{key}_next", **facts))


def install(app: FastAPI) -> None:
    """Answer every error of `app` as a problem."""
    app.add_exception_handler(SecondStoryError, _ours)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _by_status)


def defect(request_path: str, error: Exception) -> Response:
    """The answer to an error that nobody foresaw; the log has its kind and its place.

    What the error itself says stays out of both: it may quote what people wrote, or a row of a table.
    """
    _LOG.error("a request for %s failed\n%s", request_path, _places(error))
    return refused("defect", 500)


def _places(error: BaseException) -> str:
    """The traceback of an error and of those that it came from, without their words; the first to fail is on top."""
    before = error.__cause__ or error.__context__
    own = "".join((*traceback.format_tb(error.__traceback__), type(error).__qualname__))
    return f"{_places(before)}\n{own}" if before is not None else own


def _ours(_request: Request, error: Exception) -> Response:
    assert isinstance(error, SecondStoryError)
    return told(error)


def told(error: SecondStoryError) -> Response:
    """One of our own errors as a response."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    return problem(status, error.what, error.next_step or say("web.ask_next"))


def _unreadable(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place, *rest = (str(part) for part in first["loc"])
    if not rest or first["type"] == "json_invalid":  # of that the rest tells the character where reading ended
        return refused("whole", 422, place=place, fault=first["msg"])
    field = ".".join(rest)
    return problem(
        422, say("web.field", field=field, place=place, fault=first["msg"]), say("web.field_next", field=field), field
    )


def _by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = {404: "no_such_page", 405: "no_such_verb", 413: "too_large"}.get(error.status_code, "not_understood")
    answer = refused(key, error.status_code, path=request.url.path, verb=request.method)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:  # the router names the verbs of one route, where a path may have several
        answer.headers["Allow"] = ", ".join(verb for verb in _VERBS if _knows(request, verb))
    return answer


def _knows(request: Request, verb: str) -> bool:
    return any(route.matches({**request.scope, "method": verb})[0] is Match.FULL for route in request.app.routes)
