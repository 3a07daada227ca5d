"""The invitation to a meeting: shown, sent, and as a file for one's own calendar."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.usecases.meeting_plan import inviting as use
from secondstory.usecases.meeting_plan.inviting import InvitationNow
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives, gives_text
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.routes.plan import ICS, calendar_answer
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])
Sitting = Annotated[int, Query(ge=1, le=2, description="The second is of the template 60+30 alone.")]


@ROUTER.get("/invitation", responses=gives(InvitationNow, FINDS))
def invitation(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The letter as it would go out now, and to whom; for who leads the meeting."""
    return json_answer(request, use.invitation_of(visit.actor, visit.world, incident))


@ROUTER.post("/invitation", responses=gives(InvitationNow, CHANGES, meaning="The letters that were due are queued."))
def send(visit: Changing, incident: IncidentId) -> Response:
    """Send it to each who lacks it as it is now; who was invited and is no longer is told so."""
    sent = use.send_invitation(visit.actor, visit.world, incident)
    return Response(canonical_json(sent), media_type=JSON)


@ROUTER.get("/calendar.ics", response_class=Response, responses=gives_text(ICS, FINDS))
def calendar(request: Request, visit: Reading, incident: IncidentId, sitting: Sitting = 1) -> Response:
    """A sitting of the meeting for one's own calendar."""
    data = use.meeting_calendar(visit.actor, visit.world, incident, sitting)
    return calendar_answer(request, data, "meeting")
