"""A whole incident as one file: down, and up again in another installation."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.incident_file import export_incident
from secondstory.usecases.jobs import JobView, submit_incident_file
from secondstory.usecases.uploads import keep_upload
from secondstory.web.declared import BYTES, CHANGES, FINDS, gives, gives_text, takes_form
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.routes.jobs import Submitted, submitted
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(tags=["incident files"])
_IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 256 * 1024
_FORM = takes_form("incident_file", incident_file=BYTES)


@ROUTER.get("/incidents/{incident}/file", response_class=Response, responses=gives_text("application/zip", FINDS))
def download(
    visit: Reading,
    incident: IncidentId,
    telemetry: bool = Query(False, description="With the rows of its recordings."),
) -> Response:
    """The whole incident as one file: what people said, frozen evidence, documents. It holds no names."""
    file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed once its last chunk is sent
    written = export_incident(visit.actor, visit.world, incident, file, telemetry=telemetry)
    length = file.tell()
    headers = {
        "Content-Disposition": f'attachment; filename="{written.name}"',
        "Content-Length": str(length),
        "Content-Security-Policy": "sandbox",
    }
    return StreamingResponse(_chunks(file), headers=headers, media_type="application/zip")


@ROUTER.post(
    "/incident-files",
    status_code=202,
    responses=gives(Submitted, CHANGES, 202, "The file is kept and the job is queued."),
    openapi_extra=_FORM,
)
async def upload(request: Request, visit: Changing) -> Response:
    """Read an incident's file, as a job; its result is the incident. What is here already is never overwritten."""
    async with request.form(max_files=1, max_fields=1) as form:
        part = form.get("incident_file")
        if not isinstance(part, UploadFile):
            raise BadInput(say("web.no_file"), say("web.no_file_next"))
        return submitted(request, await run_in_threadpool(_keep, visit, part))


def _keep(visit: Visit, part: UploadFile) -> JobView:
    folder = keep_upload(visit.actor, visit.world, [("incident.zip", part.file)])
    return submit_incident_file(visit.actor, visit.world, folder / "incident.zip")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
