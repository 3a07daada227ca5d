"""The audit of an incident and of the installation, and marking an incident as restricted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.audit import AuditEntry
from secondstory.model.codec import canonical_json
from secondstory.usecases.audit import MOST_LINES, audit_of, restrict, whole_audit
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, READS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(tags=["audit"])
_MOST_SEQ = 2**53
Before = Annotated[int, Query(ge=0, le=_MOST_SEQ, description="Only lines with a smaller number; 0 = the newest.")]
Limit = Annotated[int, Query(ge=1, le=MOST_LINES)]


@dataclass(frozen=True)
class AuditPage:
    """Lines of the audit, the newest first. `next_before` asks for those before them; null = there are none."""

    entries: tuple[AuditEntry, ...]
    next_before: int | None


@dataclass(frozen=True)
class Restriction:
    """Whether an incident is restricted."""

    restricted: bool


class RestrictionGiven(BaseModel):
    """Whether each look at the incident is to stand in the audit, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"restricted": True, "why": "Personal data was exposed."}]}
    )

    restricted: StrictBool
    why: str = Field(min_length=1, max_length=500)


@ROUTER.get("/incidents/{incident}/audit", responses=gives(AuditPage, FINDS))
def audit(request: Request, visit: Reading, incident: IncidentId, before: Before = 0, limit: Limit = 100) -> Response:
    """Who changed what in the incident, when and by which door; where it is restricted, who looked at it too."""
    return json_answer(request, _page(audit_of(visit.actor, visit.world, incident, before, limit), limit))


@ROUTER.get("/audit", responses=gives(AuditPage, READS))
def audit_of_all(request: Request, visit: Reading, before: Before = 0, limit: Limit = 100) -> Response:
    """The audit of the whole installation, for its owner."""
    return json_answer(request, _page(whole_audit(visit.actor, visit.world, before, limit), limit))


@ROUTER.put("/incidents/{incident}/restriction", responses=gives(Restriction, CHANGES))
def restriction(visit: Changing, incident: IncidentId, given: RestrictionGiven) -> Response:
    """Mark the incident as restricted, or no longer."""
    changed = restrict(visit.actor, visit.world, incident, restricted=given.restricted, why=given.why)
    return Response(canonical_json(Restriction(changed.restricted)), media_type=JSON)


def _page(entries: tuple[AuditEntry, ...], limit: int) -> AuditPage:
    return AuditPage(entries, entries[-1].seq if len(entries) == limit else None)
