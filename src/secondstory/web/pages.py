"""The built pages, which know their own routes: any path that is no file gives the app's first page."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from secondstory.texts import say
from secondstory.web.answers import bytes_answer
from secondstory.web.built import FIRST, STATIC, is_built
from secondstory.web.door import Door
from secondstory.web.problems import refused

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the names of assets hold their hash


def pages(app: FastAPI) -> None:
    """Serve them on every path that the API does not have."""

    @app.get("/{path:path}", include_in_schema=False)
    def page(request: Request, path: str, token: str | None = None) -> Response:
        if token is not None and not path:
            return _let_in(request, app.state.door, token)
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404)
        file = _file(path)
        if file is None:
            return Response(_stand_in(), media_type="text/html; charset=utf-8")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        kept = _FOREVER if "assets" in file.parts else None
        return bytes_answer(request, file.read_bytes(), kind, kept)


def _let_in(request: Request, door: Door, token: str) -> Response:
    cookie = door.enter(token)
    if cookie is None and not door.knows(request.cookies):
        return refused("token_used", 403)
    answer = RedirectResponse("/", 303)
    if cookie is not None:
        # Loopback has no TLS, so the cookie cannot be marked Secure.
        answer.set_cookie(door.cookie_name, cookie, httponly=True, samesite="strict", path="/")
    return answer


def _file(path: str) -> Path | None:
    """The file of a path inside the built pages, else the first page; None where nothing was built."""
    found = (STATIC / path).resolve()
    if found.is_relative_to(STATIC.resolve()) and found.is_file():
        return found
    return STATIC / FIRST if is_built() else None


@lru_cache(maxsize=1)
def _stand_in() -> str:
    title = escape(say("web.no_app_title"))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
        f"<p>{escape(say('web.no_app'))}</p><p>{escape(say('web.no_app_next'))}</p></html>"
    )
