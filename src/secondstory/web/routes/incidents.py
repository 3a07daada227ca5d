"""Incidents: the list, one at a glance, its documents and its exports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from secondstory.usecases.export_report import export_report
from secondstory.usecases.overview import IncidentItem, Overview, list_items, overview
from secondstory.usecases.read import document_of
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import FINDS, READS, gives
from secondstory.web.documents import AnyDocument
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents", tags=["incidents"])
IncidentId = Annotated[str, Path(max_length=200, description="The incident's id.")]
# The exported page carries its own policy in the document; the sandbox gives it an origin of its own, so that its
# script reaches neither the API nor the session.
_EXPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'; sandbox allow-scripts allow-popups"
)


class Kind(StrEnum):
    """The documents, in the order of the pipeline."""

    EVIDENCE = "evidence"
    TIMELINE = "timeline"
    IMPACT = "impact"
    CAUSES = "causes"
    ACTIONS = "actions"
    REPORT = "report"


@dataclass(frozen=True)
class IncidentList:
    """The incidents that the actor may read, newest first."""

    incidents: tuple[IncidentItem, ...]


@ROUTER.get("", responses=gives(IncidentList, READS))
def incidents(request: Request, visit: Reading) -> Response:
    """The incidents that you may read, newest first."""
    return json_answer(request, IncidentList(list_items(visit.actor, visit.world)))


@ROUTER.get("/{incident}", responses=gives(Overview, FINDS))
def incident_at_a_glance(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """One incident at a glance."""
    return json_answer(request, overview(visit.actor, visit.world, incident))


@ROUTER.get("/{incident}/documents/{kind}", responses=gives(AnyDocument, FINDS))
def document(request: Request, visit: Reading, incident: IncidentId, kind: Kind) -> Response:
    """A stage's document as it is stored: envelope, body and hash."""
    return bytes_answer(request, document_of(visit.actor, visit.world, incident, kind.value).data, JSON)


@ROUTER.get("/{incident}/report.html", responses=gives(None, FINDS))
def report_page(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The report as one self-contained page."""
    return _export(request, visit, incident, "html", {"Content-Security-Policy": _EXPORT_POLICY})


@ROUTER.get("/{incident}/report.md", responses=gives(None, FINDS))
def report_text(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The report as Markdown."""
    return _export(request, visit, incident, "markdown", {})


def _export(request: Request, visit: Reading, incident: str, form: str, headers: dict[str, str]) -> Response:
    file = export_report(visit.actor, visit.world, incident, (form,))[0]
    named = {"Content-Disposition": f'inline; filename="{file.name}"', **headers}
    return bytes_answer(request, file.data, file.media_type, named)
