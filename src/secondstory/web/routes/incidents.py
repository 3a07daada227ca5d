"""Incidents: the list, one at a glance, its documents and its exports."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.incident import Severity
from secondstory.usecases.export_report import export_report
from secondstory.usecases.incident_list import LONGEST_PAGE, IncidentPage, Wanted, find_incidents
from secondstory.usecases.open_incident import described, open_by_hand
from secondstory.usecases.overview import Overview, overview
from secondstory.usecases.read import document_of
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives, gives_text
from secondstory.web.documents import AnyDocument
from secondstory.web.given import Time
from secondstory.web.visit import Changing, Reading

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
    DETECTION = "detection"
    ACTIONS = "actions"
    REPORT = "report"


class Sort(StrEnum):
    """What the list is sorted by."""

    DEADLINE = "deadline"
    DATE = "date"
    SEVERITY = "severity"
    TITLE = "title"


Sought = Annotated[
    str, Query(max_length=300, description="Words and filters.", examples=["pool severity:SEV1 service:orders is:late"])
]


@ROUTER.get("", responses=gives(IncidentPage, FINDS))
def incidents(
    request: Request,
    visit: Reading,
    query: Sought = "",
    sort: Sort = Sort.DEADLINE,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
) -> Response:
    """The incidents that you may read, a page at a time; nothing of any other is counted.

    Filters: `severity:SEV1`, `status:learning`, `service:orders`, `analysis:open`, `is:mine`, `is:running`, `is:late`,
    `is:restricted`. Two of one name let either through, two of `is` and different names only what fits all.
    """
    return json_answer(request, find_incidents(visit.actor, visit.world, Wanted(query, sort.value, offset, limit)))


class Stretch(BaseModel):
    """A half-open stretch of time; both ends name their offset."""

    model_config = ConfigDict(extra="forbid")

    start: Time
    end: Time


class IncidentGiven(BaseModel):
    """An incident described by hand. Without an id it gets one from its title, without a recording an empty one."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=200)
    recording: str = Field("", max_length=200)
    window: Stretch
    severity: Severity = Severity.SEV2
    time_zone: str = Field("UTC", max_length=64)
    alarm_service: str | None = Field(None, max_length=200)
    id: str = Field("", max_length=100, pattern=r"^[A-Za-z0-9._-]*$")


@ROUTER.post("", status_code=201, responses=gives(Overview, CHANGES, 201, "The incident is open."))
def open_incident(visit: Changing, given: IncidentGiven) -> Response:
    """Open an incident, on a recording or before anything is imported."""
    window = f"{given.window.start.isoformat()}/{given.window.end.isoformat()}"
    new = described(given.id, given.title, given.severity.value, given.time_zone, window, given.recording)
    incident = open_by_hand(visit.actor, visit.world, replace(new, alarm_service=given.alarm_service))
    body = canonical_json(overview(visit.actor, visit.world, incident.id))
    return Response(body, 201, {"Location": f"/api/v1/incidents/{incident.id}"}, media_type=JSON)


@ROUTER.get("/{incident}", responses=gives(Overview, FINDS))
def incident_at_a_glance(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """One incident at a glance."""
    return json_answer(request, overview(visit.actor, visit.world, incident))


@ROUTER.get("/{incident}/documents/{kind}", responses=gives(AnyDocument, FINDS))
def document(request: Request, visit: Reading, incident: IncidentId, kind: Kind) -> Response:
    """A stage's document as it is stored: envelope, body and hash."""
    return bytes_answer(request, document_of(visit.actor, visit.world, incident, kind.value).data, JSON)


@ROUTER.get("/{incident}/report.html", response_class=Response, responses=gives_text("text/html", FINDS))
def report_page(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The report as one self-contained page."""
    return _export(request, visit, incident, "html", {"Content-Security-Policy": _EXPORT_POLICY})


@ROUTER.get("/{incident}/report.md", response_class=Response, responses=gives_text("text/markdown", FINDS))
def report_text(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The report as Markdown."""
    return _export(request, visit, incident, "markdown", {})


def _export(request: Request, visit: Reading, incident: str, form: str, headers: dict[str, str]) -> Response:
    file = export_report(visit.actor, visit.world, incident, (form,))[0]
    named = {"Content-Disposition": f'inline; filename="{file.name}"', **headers}
    return bytes_answer(request, file.data, file.media_type, named)
