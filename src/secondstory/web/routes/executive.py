"""The executive short form of a document as it reads now: as a tree for the page, and as a file in each form."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from secondstory.model.document import Envelope
from secondstory.model.publication import Edition
from secondstory.model.report import ReportBody
from secondstory.usecases.editions import edition_now
from secondstory.usecases.export_report import export_report
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.routes.publishing import SANDBOX, Form
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["document"])
_NAMES = {Form.MARKDOWN: "markdown"}  # the forms whose suffix is not their name


@dataclass(frozen=True)
class ExecutiveDocument:
    """One page, cut from the document; its labels are those that the whole one has."""

    envelope: Envelope
    body: ReportBody
    hash: str


@ROUTER.get("/executive", responses=gives(ExecutiveDocument, FINDS))
def executive(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The executive short form as it reads now."""
    return json_answer(request, edition_now(visit.actor, visit.world, incident, Edition.EXECUTIVE))


@ROUTER.get(
    "/executive.{form}",
    response_class=Response,
    responses={
        200: {
            "description": "The short form as a file.",
            "content": {kind: {} for kind in (JSON, "text/markdown", "text/html", "application/pdf")},
        },
        **FINDS,
    },
)
def executive_file(request: Request, visit: Reading, incident: IncidentId, form: Form) -> Response:
    """The executive short form in one form. PDF needs the extra `pdf`, else the answer says so."""
    wanted = (_NAMES.get(form, form.value),)
    file = export_report(visit.actor, visit.world, incident, wanted, Edition.EXECUTIVE)[0]
    named = {"Content-Disposition": f'inline; filename="{file.name}"'}
    return bytes_answer(request, file.data, file.media_type, {**named, **(SANDBOX if form is Form.HTML else {})})
