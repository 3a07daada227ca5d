"""Before the meeting, alone: whom to speak with, and the word to executives. No browser keeps the private list."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.prebrief import PreBriefs, Spoken
from secondstory.usecases.meeting_plan import executives, prebriefing
from secondstory.usecases.meeting_plan.executives import ExecutiveNote
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import Name
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])


class SpokenGiven(BaseModel):
    """That one spoke with somebody, and words for oneself; they are sealed. The person is not part of the address."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"who": "responder-2", "done": True, "note": "Tells 11:49."}]}
    )

    who: Name
    done: StrictBool
    note: str = Field("", max_length=prebriefing.MOST_NOTE)


@ROUTER.get("/prebriefs", responses=gives(PreBriefs, FINDS))
def prebriefs(visit: Reading, incident: IncidentId) -> Response:
    """Whom to speak with alone, by what, and a sentence for each; for who leads the meeting, until it is published."""
    return _told(prebriefing.prebriefs_of(visit.actor, visit.world, incident))


@ROUTER.put("/prebriefs", responses=gives(PreBriefs, CHANGES, meaning="It is sealed; the list as it is now."))
def note(visit: Changing, incident: IncidentId, given: SpokenGiven) -> Response:
    """Note a private talk. It has no line in the audit and is in no export."""
    spoken = Spoken(given.who, given.done, given.note)
    return _told(prebriefing.note_prebrief(visit.actor, visit.world, incident, spoken))


@ROUTER.get("/executives", responses=gives(ExecutiveNote, FINDS))
def executive_note(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Findings so far, what the meeting is not, and the one ask, as they would go to executives."""
    return json_answer(request, executives.executive_note(visit.actor, visit.world, incident))


@ROUTER.post("/executives", responses=gives(ExecutiveNote, CHANGES, meaning="Queued for each who lacked it."))
def send(visit: Changing, incident: IncidentId) -> Response:
    """Send it to the executives on the list."""
    return _told(executives.send_executive_note(visit.actor, visit.world, incident))


def _told(value: object) -> Response:
    return Response(canonical_json(value), media_type=JSON)
