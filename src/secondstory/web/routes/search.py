"""Search over all incidents that one may read."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from secondstory.ports import Sought
from secondstory.usecases.search import SearchPage, search
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.visit import Reading

ROUTER = APIRouter(tags=["search"])
Kind = Literal["incident", "event", "hypothesis", "action", "document", "evidence", "decision", "comment"]


@ROUTER.get("/search", responses=gives(SearchPage, FINDS))
def find(
    request: Request,
    visit: Reading,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words, such as `pool exhausted`.")],
    kind: Annotated[list[Kind], Query(max_length=8, description="Only these kinds.")] = [],  # noqa: B006 - never changed
    incident: Annotated[str, Query(max_length=200, description="Only in this incident.")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> Response:
    """What holds every word of `q`, the best first; the last word may be the begin of one.

    Hits, counts and snippets are of incidents that you may read, and of no others.
    """
    sought = Sought((), tuple(kind), incident, limit, offset)
    return json_answer(request, search(visit.actor, visit.world, q, sought))
