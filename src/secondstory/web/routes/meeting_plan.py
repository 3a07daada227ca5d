"""The days before the meeting: the plan with its agenda, who comes, and what attendees say of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.meeting_plan import Answer, PointKind, PointOutcome, Template
from secondstory.usecases.meeting_plan import answering, changing
from secondstory.usecases.meeting_plan.reading import Prepared, prepared_of
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import WHOLE, Name, Time
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting/plan", tags=["meeting"])
BoxKey = Annotated[str, Path(max_length=40)]
PointId = Annotated[str, Path(max_length=200)]
_MOST_MINUTES = 600
_HELD = "The plan as it is now."


class TemplateGiven(BaseModel):
    """How long the meeting is, and how it is divided."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"template": "90"}]})

    template: Template


class StartGiven(BaseModel):
    """When the meeting begins, and why then."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"at": "2027-01-19T15:00:00+01:00", "why": "all can come"}]}
    )

    at: Time
    why: str = Field("", max_length=500)


class PlaceGiven(BaseModel):
    """A room, or the address of a call; empty = none."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"place": "Room 4, second floor"}]})

    place: str = Field(max_length=changing.MOST_PLACE)


class MinutesGiven(BaseModel):
    """The minutes of a box; null lets them be reckoned again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"minutes": 15}]})

    minutes: Annotated[int, Field(ge=1, le=_MOST_MINUTES, strict=True), WHOLE] | None


class AimGiven(BaseModel):
    """What a box is for, in own words; empty brings ours back."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"words": "From the release to the page, minute by minute."}]}
    )

    words: str = Field(max_length=changing.MOST_AIM)


class PersonListed(BaseModel):
    """Who is put on the list, or struck off it; a name becomes a token."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"who": "responder-3", "is_in": True}]})

    who: Name
    is_in: StrictBool


class CalledOff(BaseModel):
    """Whether the meeting does not take place, and why."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"off": True, "why": "It moves."}]})

    off: StrictBool
    why: str = Field("", max_length=500)


class AnswerGiven(BaseModel):
    """Whether one comes. `who` "" = oneself; whoever leads the meeting notes the answers of others."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"answer": "accepted"}]})

    answer: Answer
    who: Name = ""
    why: str = Field("", max_length=answering.MOST_WORDS)


class PointGiven(BaseModel):
    """An objection to a box or to the meeting (box ""), or a point to add."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "addition", "box": "", "words": "How support was told."}]},
    )

    kind: PointKind
    box: str = Field("", max_length=40)
    words: str = Field(min_length=1, max_length=answering.MOST_WORDS)


class ReplyGiven(BaseModel):
    """What becomes of a point."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "taken_in", "words": "In the timeline."}]}
    )

    outcome: PointOutcome
    words: str = Field("", max_length=answering.MOST_WORDS)


@ROUTER.get("", responses=gives(Prepared, FINDS))
def plan(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The meeting as it is planned: agenda with minutes and reasons, attendees with theirs, points and answers."""
    return json_answer(request, prepared_of(visit.actor, visit.world, incident))


@ROUTER.put("/template", responses=gives(Prepared, CHANGES, meaning=_HELD))
def template(visit: Changing, incident: IncidentId, given: TemplateGiven) -> Response:
    """Choose how long the meeting is."""
    changing.choose_template(visit.actor, visit.world, incident, given.template)
    return _now(visit, incident)


@ROUTER.put("/time", responses=gives(Prepared, CHANGES, meaning=_HELD))
def time(visit: Changing, incident: IncidentId, given: StartGiven) -> Response:
    """Set when the meeting begins; the step of the incident is planned for it."""
    changing.set_time(visit.actor, visit.world, incident, given.at, given.why)
    return _now(visit, incident)


@ROUTER.put("/place", responses=gives(Prepared, CHANGES, meaning=_HELD))
def place(visit: Changing, incident: IncidentId, given: PlaceGiven) -> Response:
    """Set where the meeting is held."""
    changing.set_place(visit.actor, visit.world, incident, given.place)
    return _now(visit, incident)


@ROUTER.put("/boxes/{box}/minutes", responses=gives(Prepared, CHANGES, meaning=_HELD))
def minutes(visit: Changing, incident: IncidentId, box: BoxKey, given: MinutesGiven) -> Response:
    """Set the minutes of a box; the others share what is left, so that the sum stays."""
    changing.set_minutes(visit.actor, visit.world, incident, box, given.minutes)
    return _now(visit, incident)


@ROUTER.put("/boxes/{box}/aim", responses=gives(Prepared, CHANGES, meaning=_HELD))
def aim(visit: Changing, incident: IncidentId, box: BoxKey, given: AimGiven) -> Response:
    """Say in own words what a box is for."""
    changing.set_aim(visit.actor, visit.world, incident, box, given.words)
    return _now(visit, incident)


@ROUTER.put("/people", responses=gives(Prepared, CHANGES, meaning=_HELD))
def people(visit: Changing, incident: IncidentId, given: PersonListed) -> Response:
    """Put somebody on the list, or strike them off."""
    changing.list_person(visit.actor, visit.world, incident, given.who, is_in=given.is_in)
    return _now(visit, incident)


@ROUTER.put("/calling-off", responses=gives(Prepared, CHANGES, meaning=_HELD))
def calling_off(visit: Changing, incident: IncidentId, given: CalledOff) -> Response:
    """Say that the meeting does not take place, or that it does after all. Letters go out only when they are sent."""
    changing.call_off(visit.actor, visit.world, incident, given.why, is_off=given.off)
    return _now(visit, incident)


@ROUTER.put("/answer", responses=gives(Prepared, CHANGES, meaning=_HELD))
def answer(visit: Changing, incident: IncidentId, given: AnswerGiven) -> Response:
    """Say whether you come."""
    answering.answer_invitation(visit.actor, visit.world, incident, given.answer, (given.who, given.why))
    return _now(visit, incident)


@ROUTER.post("/points", status_code=201, responses=gives(Prepared, CHANGES, 201, "It waits for an answer."))
def add_point(visit: Changing, incident: IncidentId, given: PointGiven) -> Response:
    """Object to a part of the agenda or to the meeting, or add a point."""
    answering.raise_point(visit.actor, visit.world, incident, given.kind, (given.box, given.words))
    return _now(visit, incident, 201)


@ROUTER.put("/points/{point}", responses=gives(Prepared, CHANGES, meaning=_HELD))
def reply(visit: Changing, incident: IncidentId, point: PointId, given: ReplyGiven) -> Response:
    """Answer a point: taken in, parked, or not now with the reason."""
    answering.reply_to_point(visit.actor, visit.world, incident, point, (given.outcome, given.words))
    return _now(visit, incident)


def _now(visit: Visit, incident: str, status: int = 200) -> Response:
    """The plan after a change."""
    return Response(canonical_json(prepared_of(visit.actor, visit.world, incident)), status, media_type=JSON)
