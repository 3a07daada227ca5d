"""The steps from the end of an outage to its published document, and the two clocks."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.conduct import Conduct, Step
from secondstory.usecases import conduct as use
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import Time
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/steps", tags=["incidents"])


class PlanGiven(BaseModel):
    """When a step is planned, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"at": "2026-11-19T15:00:00+01:00", "why": "all can come"}]}
    )

    at: Time
    why: str = Field("", max_length=500)


class TickGiven(BaseModel):
    """When a step was done, of the meeting its end; without a time now."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"at": "2026-11-19T16:00:00+01:00"}]})

    at: Time | None = None
    why: str = Field("", max_length=500)


@ROUTER.get("", responses=gives(Conduct, FINDS))
def steps(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Every step with its planned, due and done time, and the clocks; `off` says why none runs."""
    return json_answer(request, use.conduct_of(visit.actor, visit.world, incident))


@ROUTER.put("/{step}/plan", responses=gives(Conduct, CHANGES, meaning="It is planned for that time."))
def plan(visit: Changing, incident: IncidentId, step: Step, given: PlanGiven) -> Response:
    """Plan a step for a time."""
    return _told(use.plan_step(visit.actor, visit.world, incident, step, (given.at, given.why)))


@ROUTER.put("/{step}/done", responses=gives(Conduct, CHANGES, meaning="It is done."))
def tick(visit: Changing, incident: IncidentId, step: Step, given: TickGiven) -> Response:
    """Say that a step is done."""
    return _told(use.tick_step(visit.actor, visit.world, incident, step, (given.at, given.why)))


@ROUTER.delete("/{step}", responses=gives(Conduct, CHANGES, meaning="The last thing said of it holds no longer."))
def untick(visit: Changing, incident: IncidentId, step: Step) -> Response:
    """Take back a tick, or where there is none a plan."""
    return _told(use.untick_step(visit.actor, visit.world, incident, step))


def _told(held: Conduct) -> Response:
    return Response(canonical_json(held), media_type=JSON)
