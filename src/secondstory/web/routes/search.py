"""Search over all incidents that one may read."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.ports import Sought
from secondstory.usecases.search import SearchPage, search
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.visit import Reading

ROUTER = APIRouter(tags=["search"])
Kind = Literal["incident", "event", "hypothesis", "action", "document", "evidence", "decision", "comment"]


class Wanted(BaseModel):
    """Which hits, and how many of them. Empty filters = everything."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(min_length=1, max_length=200, description="Words, such as `pool exhausted`.")
    kind: list[Kind] = Field([], max_length=8, description="Only these kinds.")
    incident: str = Field("", max_length=200, description="Only in this incident.")
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000)


@ROUTER.get("/search", responses=gives(SearchPage, FINDS))
def find(request: Request, visit: Reading, wanted: Annotated[Wanted, Query()]) -> Response:
    """What holds every word of `q`, the best first; the last word may be the begin of one.

    Hits, counts and snippets are of incidents that you may read, and of no others.
    """
    sought = Sought((), tuple(wanted.kind), wanted.incident, wanted.limit, wanted.offset)
    return json_answer(request, search(visit.actor, visit.world, wanted.q, sought))
