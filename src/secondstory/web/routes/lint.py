"""Words that need work, in a text that is given and in what was written on an incident; nothing given is kept."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.usecases.lint import Linted, lint_given, lint_incident
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import Name
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(tags=["lint"])


class TextGiven(BaseModel):
    """Markdown or plain text, and what to call it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=240_000)
    name: Name = "text"


@ROUTER.post("/lint", responses=gives(Linted, CHANGES))
def read_text(_visit: Changing, given: TextGiven) -> Response:
    """What there is to say of a text; it is read and not kept."""
    return Response(canonical_json(lint_given([(given.name, given.text)])), media_type=JSON)


@ROUTER.get("/incidents/{incident}/lint", responses=gives(Linted, FINDS))
def read_incident(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """What there is to say of the incident's document, action items, decisions and contributions."""
    return json_answer(request, lint_incident(visit.actor, visit.world, incident))
