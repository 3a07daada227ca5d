"""The glossary of an incident: each term with what it means and where the incident shows it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from secondstory.usecases.glossary import Glossary, glossary_of
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/glossary", tags=["incidents"])


@ROUTER.get("", responses=gives(Glossary, FINDS))
def glossary(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Every term, shown in this incident's data with the page that holds it, or said to be absent with the reason."""
    return json_answer(request, glossary_of(visit.actor, visit.world, incident))
