"""Alert rules on an incident's frozen telemetry: moved lines, tried expressions, and a file to take away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.detect import Line, Tried, move_line, proposed_file, tried_rule, try_rules
from secondstory.web.answers import bytes_answer, json_answer
from secondstory.web.declared import FINDS, gives, gives_text
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/detection", tags=["detection"])
_YAML = "application/yaml"
_LARGEST = 1e15
_YEAR_S = 31_536_000


class Asked(BaseModel):
    """Give the `key` of a replayed rule, with what to change, or an `expression` in PromQL."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field("", max_length=500)
    value: float | None = Field(
        None,
        ge=-_LARGEST,
        le=_LARGEST,
        allow_inf_nan=False,
    )
    hold_s: float | None = Field(None, ge=0, le=_YEAR_S, allow_inf_nan=False, description="The rule's `for`.")
    expression: str = Field("", max_length=4000)


@ROUTER.get("/replay", responses=gives(Tried, FINDS))
def replayed_rule(request: Request, visit: Reading, incident: IncidentId, asked: Annotated[Asked, Query()]) -> Response:
    """When one rule would have fired, and how often for nothing."""
    if asked.key and not asked.expression:
        line = Line(asked.key, asked.value, asked.hold_s)
        return json_answer(request, move_line(visit.actor, visit.world, incident, line))
    if asked.expression and not asked.key and asked.value is None:
        rule = tried_rule(say("detection.tried_name"), asked.expression, asked.hold_s or 0.0)
        return json_answer(request, try_rules(visit.actor, visit.world, incident, (rule,))[0])
    raise BadInput(say("detection.one_way"), say("detection.one_way_next"))


@ROUTER.get("/rules.yaml", response_class=Response, responses=gives_text(_YAML, FINDS, "object"))
def rules_to_take_away(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The proposed rules that would have fired, as a Prometheus rule file."""
    text = proposed_file(visit.actor, visit.world, incident)
    named = {"Content-Disposition": 'attachment; filename="rules.yaml"'}
    return bytes_answer(request, text.encode(), _YAML, named)
