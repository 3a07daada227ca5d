"""The organisation's policy: what each severity asks of the post-mortem."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.incident import Severity
from secondstory.model.policy import Policy
from secondstory.usecases.policy import change_calendar, change_rule, read_policy, rule_from
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, READS, gives
from secondstory.web.given import WHOLE, Day
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/policy", tags=["policy"])

_UpToAYear = Annotated[int, Field(ge=1, le=366, strict=True), WHOLE]


class RuleGiven(BaseModel):
    """What changes in the rule of a severity; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"meeting_days": 2, "action_days": 14}]})

    qualifies: str | None = Field(None, min_length=1, max_length=300)
    document: StrictBool | None = None
    meeting_days: _UpToAYear | None = None
    publish_days: _UpToAYear | None = None
    action_days: _UpToAYear | None = None


class CalendarGiven(BaseModel):
    """Hours from the end of the meeting to the summary, and days on which nobody is expected to work."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"summary_hours": 24, "holidays": ["2026-12-25"]}]}
    )

    summary_hours: _UpToAYear = 24
    holidays: list[Day] = Field(default_factory=list, max_length=400)


@ROUTER.get("", responses=gives(Policy, READS))
def policy(request: Request, visit: Reading) -> Response:
    """What holds for each severity."""
    return json_answer(request, read_policy(visit.world))


@ROUTER.put("/calendar", responses=gives(Policy, CHANGES, meaning="It holds from now on, for every incident."))
def calendar(visit: Changing, given: CalendarGiven) -> Response:
    """Set the time from meeting to summary, and the days of rest."""
    changed = change_calendar(visit.actor, visit.world, given.summary_hours, tuple(given.holidays))
    return Response(canonical_json(changed), media_type=JSON)


@ROUTER.put("/{severity}", responses=gives(Policy, CHANGES, meaning="It holds from now on, for every incident."))
def rule(visit: Changing, severity: Severity, given: RuleGiven) -> Response:
    """Change the rule of one severity."""
    said = given.model_dump()
    changed = change_rule(visit.actor, visit.world, rule_from(read_policy(visit.world), severity, said))
    return Response(canonical_json(changed), media_type=JSON)
