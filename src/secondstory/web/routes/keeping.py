"""How long things are kept: the organisation's days, what goes and when, and legal holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.retention import Due, Tombstone
from secondstory.usecases.delete_incident import delete_incident, tombstones
from secondstory.usecases.hold import MOST_WHY, HoldState, hold_of, set_hold
from secondstory.usecases.retention import Retention, apply_retention, change_retention, retention
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, READS, gives
from secondstory.web.given import WHOLE
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(tags=["keeping"])
_Days = Annotated[int, Field(ge=1, le=36_500, strict=True), WHOLE]


@dataclass(frozen=True)
class TombstoneList:
    """The incidents that were deleted."""

    tombstones: tuple[Tombstone, ...]


@dataclass(frozen=True)
class Went:
    """What went, and what goes when from now on."""

    went: tuple[Due, ...]
    retention: Retention


class DaysGiven(BaseModel):
    """Days that raw telemetry and names are kept; null = for good."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"telemetry_days": 30, "names_days": 90}]}
    )

    telemetry_days: _Days | None
    names_days: _Days | None


class DeletionGiven(BaseModel):
    """Which incident is deleted for good, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"deletes": "orders-2026-01-31", "why": "It was a drill with real names."}]},
    )

    deletes: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=MOST_WHY)


class HoldGiven(BaseModel):
    """Whether nothing of the incident may go, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"on": True, "why": "A claim of a customer is open."}]}
    )

    on: StrictBool
    why: str = Field(min_length=1, max_length=MOST_WHY)


@ROUTER.get("/retention", responses=gives(Retention, READS))
def kept(request: Request, visit: Reading) -> Response:
    """What goes by itself and when, and what is under legal hold; for the owner."""
    return json_answer(request, retention(visit.actor, visit.world))


@ROUTER.put("/retention", responses=gives(Retention, CHANGES, meaning="It holds from the next round on."))
def days(visit: Changing, given: DaysGiven) -> Response:
    """Set how many days telemetry and names are kept."""
    change_retention(visit.actor, visit.world, given.telemetry_days, given.names_days)
    return Response(canonical_json(retention(visit.actor, visit.world)), media_type=JSON)


@ROUTER.post("/retention/rounds", responses=gives(Went, CHANGES, meaning="What was due is gone."))
def apply(visit: Changing) -> Response:
    """Let go now what is due; the server does so by itself each day."""
    went = apply_retention(visit.actor, visit.world)
    return Response(canonical_json(Went(went, retention(visit.actor, visit.world))), media_type=JSON)


@ROUTER.get("/incidents/{incident}/hold", responses=gives(HoldState, FINDS))
def hold(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Whether the incident is under legal hold."""
    return json_answer(request, hold_of(visit.actor, visit.world, incident))


@ROUTER.put("/incidents/{incident}/hold", responses=gives(HoldState, CHANGES))
def change_hold(visit: Changing, incident: IncidentId, given: HoldGiven) -> Response:
    """Put the incident under legal hold, or lift it: while it holds, nothing of the incident goes."""
    changed = set_hold(visit.actor, visit.world, incident, on=given.on, why=given.why)
    return Response(canonical_json(changed), media_type=JSON)


@ROUTER.get("/tombstones", responses=gives(TombstoneList, READS))
def deleted(request: Request, visit: Reading) -> Response:
    """The incidents that were deleted: when, by whom and why; for the owner."""
    return json_answer(request, TombstoneList(tombstones(visit.actor, visit.world)))


@ROUTER.post("/tombstones", status_code=201, responses=gives(TombstoneList, CHANGES, 201, "It is gone for good."))
def delete(visit: Changing, given: DeletionGiven) -> Response:
    """Delete an incident with its telemetry, evidence, files and words. The audit stays, and backups still hold it."""
    delete_incident(visit.actor, visit.world, given.deletes, given.why)
    found = TombstoneList(tombstones(visit.actor, visit.world))
    return Response(canonical_json(found), 201, media_type=JSON)
