"""The built pages, which know their own routes: any path that is no file gives the app's first page."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from html import escape

from fastapi import FastAPI, Request
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.responses import RedirectResponse, Response

from secondstory.texts import say
from secondstory.web.answers import bytes_answer
from secondstory.web.built import FIRST, STATIC
from secondstory.web.door import Door
from secondstory.web.problems import refused

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the names of assets hold their hash


class _OutsideApi(PathConvertor):
    """Any path but those of the API, which answers for its own: with what is not there, or which verbs it knows."""

    regex = r"(?!api(?:/|$)).*"


register_url_convertor("outside_api", _OutsideApi())


def pages(app: FastAPI) -> None:
    """Serve them on every path outside the API; no path of a disk is ever made from one that was asked for."""
    files = {file.relative_to(STATIC).as_posix(): file for file in STATIC.rglob("*") if file.is_file()}

    @app.get("/{path:outside_api}", include_in_schema=False)
    def page(request: Request, path: str, token: str | None = None) -> Response:
        if token is not None and not path:
            return _let_in(request, app.state.door, token)
        name = path if path in files else FIRST
        if name not in files:
            return Response(_stand_in(), media_type="text/html; charset=utf-8")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return bytes_answer(request, files[name].read_bytes(), kind, _FOREVER if name.startswith("assets/") else None)


def _let_in(request: Request, door: Door, token: str) -> Response:
    cookie = door.enter(token)
    if cookie is None and not door.knows(request.cookies):
        return refused("token_used", 403)
    answer = RedirectResponse("/", 303)
    if cookie is not None:
        give_cookie(answer, door, cookie)
    return answer


def give_cookie(answer: Response, door: Door, secret: str, lasts_s: int | None = None) -> None:
    """Let the browser keep its secret, out of reach of scripts and other sites; None = until it is closed.

    Loopback has no TLS, so there the cookie cannot be marked Secure.
    """
    secure = door.entrance.is_secure
    answer.set_cookie(door.cookie_name, secret, lasts_s, path="/", secure=secure, httponly=True, samesite="strict")


@lru_cache(maxsize=1)
def _stand_in() -> str:
    title = escape(say("web.no_app_title"))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
        f"<p>{escape(say('web.no_app'))}</p><p>{escape(say('web.no_app_next'))}</p></html>"
    )
