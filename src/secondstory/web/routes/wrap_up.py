"""The end of a meeting: what was covered and what is open, its minutes, the summary by mail, and the pulse."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.anonymous import HIGHEST, LOWEST, InputKind, Score
from secondstory.model.codec import canonical_json
from secondstory.model.meeting import MeetingRecord
from secondstory.usecases.cards import put_scores
from secondstory.usecases.room.minutes import minutes_kept
from secondstory.usecases.room.summary import Summary, send_summary, summary_of
from secondstory.usecases.room.wrap_up import PulseQuestion, WrapUp, pulse_of, wrap_up
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import WHOLE
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])
Grade = Annotated[int, Field(ge=LOWEST, le=HIGHEST, strict=True), WHOLE]


class PulseGiven(BaseModel):
    """Three answers from 1 to 5: could one speak without being judged, was it new, was everybody heard."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"fair": 5, "new": 3, "heard": 4}]})

    fair: Grade
    new: Grade
    heard: Grade


@ROUTER.get("/wrap-up", responses=gives(WrapUp, FINDS))
def see_wrap_up(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The end of the last meeting: coverage, open actions, words to close with, the clock of the summary, the pulse."""
    return json_answer(request, wrap_up(visit.actor, visit.world, incident))


@ROUTER.get("/minutes", responses=gives(list[MeetingRecord], FINDS))
def minutes(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The minutes of every meeting that has ended."""
    return json_answer(request, minutes_kept(visit.actor, visit.world, incident))


@ROUTER.get("/summary", responses=gives(Summary, FINDS))
def summary(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The summary as it would go out now, and how far each letter came."""
    return json_answer(request, summary_of(visit.actor, visit.world, incident))


@ROUTER.post("/summary/letters", responses=gives(Summary, CHANGES, meaning="The letters are on their way."))
def send(visit: Changing, incident: IncidentId) -> Response:
    """Send the summary to everybody who takes part and has an address, once each."""
    return Response(canonical_json(send_summary(visit.actor, visit.world, incident)), media_type=JSON)


@ROUTER.post("/pulse", responses=gives(list[PulseQuestion], CHANGES, meaning="It is kept without its sender."))
def pulse(visit: Changing, incident: IncidentId, given: PulseGiven) -> Response:
    """Answer the three questions. No sender and no time is kept; counts are told from three answers on."""
    scores = tuple(Score(key, value) for key, value in given.model_dump().items())
    put_scores(visit.actor, visit.world, incident, scores, InputKind.PULSE)
    return Response(canonical_json(pulse_of(visit.actor, visit.world, incident)), media_type=JSON)
