"""Opaque cursors: where a list was cut, as a text that only the server that gave it reads."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from secondstory.model.errors import BadInput
from secondstory.texts import say

T = TypeVar("T")
MOST_AT_ONCE = 200
Cursor = Annotated[str, Query(max_length=400, description="`next_cursor` of the page before; empty = the first page.")]
AtOnce = Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description="At most so many.")]


def cut(every: Sequence[T], cursor: str, limit: int, key: Callable[[T], str]) -> tuple[tuple[T, ...], str | None]:
    """The page of `every` after the cursor, and the next one's cursor; `key` is what a cursor remembers of an item.

    Items added before the place of the cut do not shift what is still to come. Raises BadInput for a cursor that was
    not given here, or whose item is gone.
    """
    begin = 0
    if cursor:
        keys = [key(one) for one in every]
        last = _read(cursor)
        if last not in keys:
            raise BadInput(say("web.cursor"), say("web.cursor_next"))
        begin = keys.index(last) + 1
    page = tuple(every[begin : begin + limit])
    return page, _written(key(page[-1])) if begin + limit < len(every) else None


def _written(key: str) -> str:
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise BadInput(say("web.cursor"), say("web.cursor_next")) from error
