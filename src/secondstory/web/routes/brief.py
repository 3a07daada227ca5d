"""What whoever leads the meeting carries into it: the opening statement and the one page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from secondstory.model.brief import Brief
from secondstory.model.codec import canonical_json
from secondstory.model.statement import OpeningStatement
from secondstory.usecases.meeting_plan import briefing as use
from secondstory.usecases.people import KnownPerson
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import FINDS, gives, gives_text
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])
MARKDOWN = "text/markdown; charset=utf-8"


@ROUTER.get("/opening", responses=gives(list[OpeningStatement], FINDS))
def opening(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The opening statement in three lengths, each line with what it does and what it rests on."""
    return json_answer(request, use.statements_of(visit.actor, visit.world, incident))


@ROUTER.get("/names", responses=gives(list[KnownPerson], FINDS))
def names(visit: Reading, incident: IncidentId) -> Response:
    """The names behind the tokens on the list, for who leads to say aloud. No browser keeps the answer."""
    found = use.names_of_meeting(visit.actor, visit.world, incident)
    return Response(canonical_json(found), media_type=JSON)


@ROUTER.get("/brief", responses=gives(Brief, FINDS))
def brief(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Facts, contested points, likely hard moments with a reply each, cards, agenda, and whom to ask first."""
    return json_answer(request, use.brief_of(visit.actor, visit.world, incident))


@ROUTER.get("/brief.md", response_class=Response, responses=gives_text(MARKDOWN, FINDS))
def brief_text(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The same as Markdown."""
    text = use.brief_markdown(use.brief_of(visit.actor, visit.world, incident))
    return bytes_answer(request, text.encode(), MARKDOWN)
