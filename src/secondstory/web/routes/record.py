"""An incident's own data: title, severity, status, services, customers, and who had which role when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Given
from starlette.responses import Response

from secondstory.model.assumption import IncidentRole
from secondstory.model.codec import canonical_json
from secondstory.model.incident_record import Field, IncidentRecord
from secondstory.model.policy import SeverityRule
from secondstory.usecases import incident_record as use
from secondstory.usecases.policy import read_policy
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import Time
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["incidents"])
DecisionId = Annotated[str, Path(max_length=200, description="The id of a decision.")]

Note = Annotated[str, Query(max_length=500, description="What is handed over.")]


@dataclass(frozen=True)
class RecordView:
    """The incident as people keep it, what each severity asks for, and who may be named for a role."""

    record: IncidentRecord
    rules: tuple[SeverityRule, ...]
    people: tuple[str, ...]


class ValueGiven(BaseModel):
    """What a field is, and why. Services are separated by commas."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"value": "SEV1", "why": "Payments failed for most customers."}]},
    )

    value: str = Given(min_length=1, max_length=4000)
    why: str = Given("", max_length=500)


class RoleGiven(BaseModel):
    """Who has or had a role; without `since` from now on. `note` says what is handed over."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "commander", "who": "responder-1", "note": ""}]}
    )

    role: IncidentRole
    who: str = Given(min_length=1, max_length=200)
    note: str = Given("", max_length=500)
    since: Time | None = None
    until: Time | None = None


@ROUTER.get("/record", responses=gives(RecordView, FINDS))
def record(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The incident as people keep it, with the history of every change."""
    return json_answer(request, _view(visit, incident))


@ROUTER.put("/record/{field}", responses=gives(RecordView, CHANGES, meaning="It holds from now on; nothing is stale."))
def change(visit: Changing, incident: IncidentId, field: Field, given: ValueGiven) -> Response:
    """Say what a field is. What held before stays in the history."""
    use.change(visit.actor, visit.world, incident, field, (given.value, given.why))
    return _told(visit, incident)


@ROUTER.delete("/record/changes/{decision}", responses=gives(RecordView, CHANGES, meaning="It holds no longer."))
def take_back(visit: Changing, incident: IncidentId, decision: DecisionId) -> Response:
    """Take back one change; what held before it holds again."""
    use.take_back(visit.actor, visit.world, incident, decision)
    return _told(visit, incident)


@ROUTER.post("/roles", responses=gives(RecordView, CHANGES, meaning="The role is taken."))
def take_role(visit: Changing, incident: IncidentId, given: RoleGiven) -> Response:
    """Say that somebody takes, or had, a role. A name becomes a token before anything is stored."""
    taken = use.Taken(given.role, given.who, given.note, given.since, given.until)
    use.take_role(visit.actor, visit.world, incident, taken)
    return _told(visit, incident)


@ROUTER.delete("/roles/{role}", responses=gives(RecordView, CHANGES, meaning="Nobody has the role now."))
def leave_role(visit: Changing, incident: IncidentId, role: IncidentRole, note: Note = "") -> Response:
    """End the time of whoever has a role now."""
    use.leave_role(visit.actor, visit.world, incident, role, note)
    return _told(visit, incident)


def _view(visit: Visit, incident: str) -> RecordView:
    held = use.record_of(visit.actor, visit.world, incident)
    people = use.known_tokens(visit.actor, visit.world, incident)
    return RecordView(held, read_policy(visit.world).rules, people)


def _told(visit: Visit, incident: str) -> Response:
    return Response(canonical_json(_view(visit, incident)), media_type=JSON)
