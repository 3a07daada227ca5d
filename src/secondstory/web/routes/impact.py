"""What people say a failed request, a minute or a customer is worth, for the impact in money."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.worth import Assumption, WorthUnit
from secondstory.usecases.value_impact import give_worth, withdraw_worth, worths
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/worth", tags=["impact"])


@dataclass(frozen=True)
class WorthList:
    """The values that hold now, each with who gave it, when and why."""

    worths: tuple[Assumption, ...]


class WorthGiven(BaseModel):
    """A value as a number or range with its currency, such as `2.50 EUR` or `2..4 EUR`, and where it comes from."""

    model_config = ConfigDict(extra="forbid")

    amount: str = Field(min_length=1, max_length=60)
    why: str = Field(min_length=1, max_length=500)


@ROUTER.get("", responses=gives(WorthList, FINDS))
def worth(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """What people say things are worth in this incident."""
    return json_answer(request, WorthList(worths(visit.actor, visit.world, incident)))


@ROUTER.put("/{unit}", responses=gives(WorthList, CHANGES, meaning="The value holds; analyse again to reckon with it."))
def give(visit: Changing, incident: IncidentId, unit: WorthUnit, given: WorthGiven) -> Response:
    """Give the value of one unit. An earlier one stays in the ledger and holds no longer."""
    return _told(give_worth(visit.actor, visit.world, incident, unit, given.amount, given.why))


@ROUTER.delete("/{unit}", responses=gives(WorthList, CHANGES, meaning="No value for this unit holds any longer."))
def withdraw(visit: Changing, incident: IncidentId, unit: WorthUnit) -> Response:
    """Take the value of one unit back."""
    return _told(withdraw_worth(visit.actor, visit.world, incident, unit))


def _told(held: tuple[Assumption, ...]) -> Response:
    return Response(canonical_json(WorthList(held)), media_type=JSON)
