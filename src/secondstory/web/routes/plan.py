"""The plan: contributing factors, what one did to another, what went badly, well or by luck, and accepted risks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.blameless.vague import Vague, vague_in
from secondstory.model.causes import Part
from secondstory.model.codec import canonical_json
from secondstory.model.plan import LessonKind, LinkKind
from secondstory.model.plan_said import MOST_ANSWERS, MOST_WORDS
from secondstory.usecases import factors as use
from secondstory.usecases.actions import set_follow_up
from secondstory.usecases.calendar import plan_calendar
from secondstory.usecases.plan import Planned, plan_of
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives, gives_text
from secondstory.web.given import Day
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}/plan", tags=["plan"])
MOST_KEY = 1000
ICS = "text/calendar; charset=utf-8"
Key = Annotated[str, Field(min_length=1, max_length=MOST_KEY)]
Words = Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]
Named = Annotated[list[Key], Field(max_length=MOST_ANSWERS)]


class FactorGiven(BaseModel):
    """A factor in one's own words, or with `hypothesis` an accepted explanation and the part it played."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"words": "The pool had no alert of its own.", "part": "hid_it"}]},
    )

    words: str = Field("", max_length=MOST_WORDS)
    part: Part = Part.INITIATING
    hypothesis: str = Field("", max_length=MOST_KEY)
    why: str = Field("", max_length=MOST_WORDS)
    evidence: Named = Field(default_factory=list)


class FactorChanged(BaseModel):
    """A factor worded anew, or with another part; empty words stay."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"factor": "F2", "part": "amplifying"}]})

    factor: Key
    words: str = Field("", max_length=MOST_WORDS)
    part: Part


class FactorLinkGiven(BaseModel):
    """What a factor did to another."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"source": "F2", "target": "F1", "kind": "amplified", "words": ""}]},
    )

    source: Key
    target: Key
    kind: LinkKind
    words: str = Field("", max_length=MOST_WORDS)


class LessonGiven(BaseModel):
    """What went badly or well, or where luck helped."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "lucky", "words": "It was a quiet hour.", "evidence": ["E03"]}]},
    )

    kind: LessonKind
    words: Words
    evidence: Named = Field(default_factory=list)


class RiskGiven(BaseModel):
    """What is left as it is, why, and until which day; whoever says so approves it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"answers": ["F3"], "words": "Replaced in spring.", "expires": "2027-03-31"}]},
    )

    answers: Annotated[list[Key], Field(min_length=1, max_length=MOST_ANSWERS)]
    words: Words
    expires: Day


class FollowUpGiven(BaseModel):
    """The day on which the plan is looked at together, and why then."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"day": "2027-01-15", "why": ""}]})

    day: Day
    why: str = Field("", max_length=MOST_WORDS)


class TakenOut(BaseModel):
    """What leaves the plan, by key or label."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "F2"}]})

    name: Key


@ROUTER.get("", responses=gives(Planned, FINDS))
def plan(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Factors, lessons, actions and risks as people have them now, and what the plan lacks."""
    return json_answer(request, plan_of(visit.actor, visit.world, incident))


@ROUTER.get("/calendar.ics", response_class=Response, responses=gives_text(ICS, FINDS))
def calendar(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Each day on which an action is due, and the follow-up meeting, for a calendar that fetches them again."""
    return calendar_answer(request, plan_calendar(visit.actor, visit.world, incident), "plan")


def calendar_answer(request: Request, data: bytes, name: str) -> Response:
    """A calendar file to keep."""
    return bytes_answer(request, data, ICS, {"Content-Disposition": f'attachment; filename="{name}.ics"'})


@ROUTER.put("/follow-up", responses=gives(Planned, CHANGES, meaning="The plan is looked at together then."))
def follow_up(visit: Changing, incident: IncidentId, given: FollowUpGiven) -> Response:
    """Set the day of the follow-up meeting; until then the policy offers one."""
    set_follow_up(visit.actor, visit.world, incident, (given.day, given.why))
    return plan_now(visit, incident, 200)


@ROUTER.get("/wording", responses=gives(list[Vague], FINDS))
def wording(
    request: Request, visit: Reading, incident: IncidentId, text: Annotated[str, Query(max_length=MOST_WORDS)]
) -> Response:
    """Words of an action that nobody could check, each with what to say instead; nothing of it is kept."""
    plan_exists(visit, incident)
    return json_answer(request, vague_in(text))


@ROUTER.post("/factors", status_code=201, responses=gives(Planned, CHANGES, 201, "It is a contributing factor."))
def add_factor(visit: Changing, incident: IncidentId, given: FactorGiven) -> Response:
    """Name a contributing factor, or accept an explanation as one."""
    if given.hypothesis:
        use.accept_hypothesis(visit.actor, visit.world, incident, given.hypothesis, (given.part, given.why))
    else:
        use.write_factor(visit.actor, visit.world, incident, (given.words, given.part, tuple(given.evidence)))
    return plan_now(visit, incident, 201)


@ROUTER.put("/factors", responses=gives(Planned, CHANGES, meaning="It holds; what was said before is kept."))
def change_factor(visit: Changing, incident: IncidentId, given: FactorChanged) -> Response:
    """Word a factor anew, or give it another part."""
    use.change_factor(visit.actor, visit.world, incident, given.factor, (given.words, given.part))
    return plan_now(visit, incident, 200)


@ROUTER.post("/links", status_code=201, responses=gives(Planned, CHANGES, 201, "It holds."))
def add_link(visit: Changing, incident: IncidentId, given: FactorLinkGiven) -> Response:
    """Say what a factor did to another."""
    ends = (given.source, given.target)
    use.link_factors(visit.actor, visit.world, incident, ends, (given.kind, given.words))
    return plan_now(visit, incident, 201)


@ROUTER.post("/lessons", status_code=201, responses=gives(Planned, CHANGES, 201, "It is on record."))
def add_lesson(visit: Changing, incident: IncidentId, given: LessonGiven) -> Response:
    """Say what went badly or well, or where luck helped."""
    use.write_lesson(visit.actor, visit.world, incident, (given.kind, given.words, tuple(given.evidence)))
    return plan_now(visit, incident, 201)


@ROUTER.post("/risks", status_code=201, responses=gives(Planned, CHANGES, 201, "It is approved until its day."))
def add_risk(visit: Changing, incident: IncidentId, given: RiskGiven) -> Response:
    """Accept a risk until a day; you are its approver."""
    use.accept_risk(visit.actor, visit.world, incident, tuple(given.answers), (given.words, given.expires))
    return plan_now(visit, incident, 201)


@ROUTER.post("/removals", status_code=201, responses=gives(Planned, CHANGES, 201, "It is out; the ledger keeps it."))
def take_out(visit: Changing, incident: IncidentId, given: TakenOut) -> Response:
    """Take a factor, a link, a lesson or a risk out of the plan."""
    use.take_out(visit.actor, visit.world, incident, given.name)
    return plan_now(visit, incident, 201)


@ROUTER.delete("/decisions/{decision}", responses=gives(Planned, CHANGES, meaning="It is taken back; both are kept."))
def take_back(visit: Changing, incident: IncidentId, decision: Annotated[str, Path(max_length=200)]) -> Response:
    """Take back one thing that was said of the plan."""
    use.take_back(visit.actor, visit.world, incident, decision)
    return plan_now(visit, incident, 200)


def plan_exists(visit: Visit, incident: str) -> None:
    """Refuse where the actor may not read the incident, or there is none."""
    plan_of(visit.actor, visit.world, incident)


def plan_now(visit: Visit, incident: str, status: int) -> Response:
    """The plan after a change."""
    return Response(canonical_json(plan_of(visit.actor, visit.world, incident)), status, media_type=JSON)
