"""The organisation's policy: what each severity asks of the post-mortem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.incident import Severity
from secondstory.model.policy import Policy
from secondstory.usecases.policy import (
    keep_policy,
    read_policy,
    rule_from,
    with_calendar,
    with_rule,
    with_sprint,
    with_words,
)
from secondstory.usecases.policy_effect import PolicyEffect, effect_of
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, READS, gives
from secondstory.web.given import WHOLE, Day, Name
from secondstory.web.visit import Changing, Reading, Visit

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
    alert_words: list[Name] | None = Field(None, max_length=100)  # what alerts call this severity


class CalendarGiven(BaseModel):
    """Hours from the end of the meeting to the summary, and days on which nobody is expected to work."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"summary_hours": 24, "holidays": ["2026-12-25"]}]}
    )

    summary_hours: _UpToAYear = 24
    holidays: list[Day] = Field(default_factory=list, max_length=400)


class SprintGiven(BaseModel):
    """A day on which a sprint ends, and how many weeks one takes. Without a day there are no sprints."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"ends": "2026-12-04", "weeks": 2}]})

    ends: Day | None = None
    weeks: Annotated[int, Field(ge=1, le=12, strict=True), WHOLE] = 2


@ROUTER.get("", responses=gives(Policy, READS))
def policy(request: Request, visit: Reading) -> Response:
    """What holds for each severity."""
    return json_answer(request, read_policy(visit.world))


@dataclass(frozen=True)
class PolicyChanged:
    """The policy as it is now, or would be, and what that changes for open incidents."""

    policy: Policy
    effect: PolicyEffect


Tried = Annotated[bool, Query(description="Only tell what it would change.")]


@ROUTER.put("/calendar", responses=gives(PolicyChanged, CHANGES, meaning="It holds from now on, for every incident."))
def calendar(visit: Changing, given: CalendarGiven, preview: Tried = False) -> Response:
    """Set the time from meeting to summary, and the days of rest."""
    return _answer(
        visit, with_calendar(read_policy(visit.world), given.summary_hours, tuple(given.holidays)), preview=preview
    )


@ROUTER.put("/sprint", responses=gives(PolicyChanged, CHANGES, meaning="It holds from now on, for every incident."))
def sprint(visit: Changing, given: SprintGiven, preview: Tried = False) -> Response:
    """Say when sprints end, so that `end of the sprint` is read to a day in a meeting."""
    return _answer(visit, with_sprint(read_policy(visit.world), given.ends, given.weeks), preview=preview)


@ROUTER.put("/{severity}", responses=gives(PolicyChanged, CHANGES, meaning="It holds from now on, for every incident."))
def rule(visit: Changing, severity: Severity, given: RuleGiven, preview: Tried = False) -> Response:
    """Change the rule of one severity."""
    policy, said = read_policy(visit.world), given.model_dump(exclude={"alert_words"})
    changed = with_rule(policy, rule_from(policy, severity, said))
    if given.alert_words is not None:
        changed = with_words(changed, severity, tuple(given.alert_words))
    return _answer(visit, changed, preview=preview)


def _answer(visit: Visit, changed: Policy, *, preview: bool) -> Response:
    effect = effect_of(visit.actor, visit.world, changed)
    if not preview:
        keep_policy(visit.actor, visit.world, changed)
    return Response(canonical_json(PolicyChanged(changed, effect)), media_type=JSON)
