"""One request through all services, by its trace id or by any attribute that it carries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.follow_request import (
    Exemplars,
    FollowedRequests,
    exemplars,
    follow_attribute,
    follow_trace,
)
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["requests"])
_MOST = 50


class Followed(BaseModel):
    """Give `trace_id`, or `attribute` with `value`."""

    model_config = ConfigDict(extra="forbid")

    trace_id: str = Field("", max_length=500)
    attribute: str = Field("", max_length=500)
    value: str = Field("", max_length=500)
    limit: int = Field(20, ge=1, le=_MOST)


@ROUTER.get("/requests", responses=gives(FollowedRequests, FINDS))
def requests(request: Request, visit: Reading, incident: IncidentId, given: Annotated[Followed, Query()]) -> Response:
    """Requests with their spans and log lines. Where nothing is found, `candidates` are requests to begin with."""
    actor, world = visit.actor, visit.world
    if given.trace_id and not given.attribute:
        return json_answer(request, follow_trace(actor, world, incident, given.trace_id))
    if given.attribute and not given.trace_id:
        found = follow_attribute(actor, world, incident, given.attribute, given.value, given.limit)
        return json_answer(request, found)
    raise BadInput(say("web.one_way"), say("web.one_way_next"))


@ROUTER.get("/exemplars", responses=gives(Exemplars, FINDS))
def requests_to_begin_with(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Failed requests first, then the slowest."""
    return json_answer(request, exemplars(visit.actor, visit.world, incident))
