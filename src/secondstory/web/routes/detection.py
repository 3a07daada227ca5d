"""Alert rules on frozen telemetry: moved lines, tried expressions, a file to take away, and alerts put forward."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.detect import Line, Tried, move_line, proposed_file, tried_rule, try_rules
from secondstory.usecases.propose_alert import Proposals, proposals_of, propose_line, withdraw_alert
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives, gives_text
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

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


class AlertGiven(BaseModel):
    """The key of a replayed `rule`, where its line shall lie (nothing = where it is), and why."""

    model_config = ConfigDict(extra="forbid")

    rule: str = Field(min_length=1, max_length=500)
    value: float | None = Field(None, ge=-_LARGEST, le=_LARGEST, allow_inf_nan=False, strict=True)
    why: str = Field("", max_length=1000)


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


@ROUTER.get("/proposals", responses=gives(Proposals, FINDS))
def alerts_put_forward(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The alerts that people put forward as actions."""
    return json_answer(request, proposals_of(visit.actor, visit.world, incident))


@ROUTER.post("/proposals", status_code=201, responses=gives(Proposals, CHANGES, 201, "The next analysis lists it."))
def put_forward(visit: Changing, incident: IncidentId, given: AlertGiven) -> Response:
    """Put an alert forward as an action, with what its replay gives; the same rule again takes its place."""
    line = Line(given.rule, given.value, None)
    return _told(propose_line(visit.actor, visit.world, incident, line, given.why), 201)


@ROUTER.delete("/proposals/{alert}", responses=gives(Proposals, CHANGES))
def take_back(visit: Changing, incident: IncidentId, alert: Annotated[str, Path(max_length=500)]) -> Response:
    """Take back the alert of this name; the ledger keeps both."""
    return _told(withdraw_alert(visit.actor, visit.world, incident, alert), 200)


def _told(held: Proposals, status: int) -> Response:
    return Response(canonical_json(held), status, media_type=JSON)
