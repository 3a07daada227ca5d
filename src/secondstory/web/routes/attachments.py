"""Files that people attach to an incident: up, listed, down and removed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from secondstory.model.attached import FileKind
from secondstory.model.codec import canonical_json
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases import attach as use
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import BYTES, CHANGES, FINDS, Answers, gives, takes_form
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}/attachments", tags=["attachments"])
FileId = Annotated[str, Path(max_length=200, description="The id of an attached file.")]
_FORM = takes_form("attachment", attachment=BYTES, note={"type": "string", "maxLength": use.MOST_NOTE})
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BYTES: Answers = {
    200: {
        "description": "The file, to be kept and not shown.",
        "content": {one.media_type: _BINARY for one in FileKind},
    },
    **FINDS,
}
# What others made is never part of our pages: it is saved, in no case run, and a picture is only drawn.
_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@ROUTER.get("", responses=gives(use.Attached, FINDS))
def attachments(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The files of the incident, the newest first; of one that was removed only that it was there."""
    return json_answer(request, use.attached(visit.actor, visit.world, incident))


@ROUTER.post("", status_code=201, responses=gives(use.Attached, CHANGES, 201, "It is kept."), openapi_extra=_FORM)
async def attach(request: Request, visit: Changing, incident: IncidentId) -> Response:
    """Attach a picture, a PDF or plain text, told by its content; text is kept without names and secrets."""
    async with request.form(max_files=1, max_fields=2) as form:
        part, note = form.get("attachment"), str(form.get("note") or "")
        if not isinstance(part, UploadFile):
            raise BadInput(say("web.no_file"), say("web.no_file_next"))
        given = use.GivenFile(part.filename or "file", await part.read(), note)
    return await run_in_threadpool(_keep, visit, incident, given)


@ROUTER.get("/{file}", response_class=Response, responses=_BYTES)
def download(visit: Reading, incident: IncidentId, file: FileId) -> Response:
    """A file as an attachment: browsers save it and run nothing of it."""
    found, data = use.fetch(visit.actor, visit.world, incident, file)
    headers = {"Content-Disposition": f'attachment; filename="{_plain(found.name)}"', **_HEADERS}
    return Response(data, headers=headers, media_type=found.kind.media_type)


@ROUTER.delete("/{file}", responses=gives(use.Attached, CHANGES, meaning="Its content is kept no longer."))
def remove(
    visit: Changing, incident: IncidentId, file: FileId, why: Annotated[str, Query(max_length=use.MOST_NOTE)] = ""
) -> Response:
    """Remove a file: one's own, or any for who may decide. That it was there stays in the list."""
    use.remove_file(visit.actor, visit.world, incident, file, why)
    return _told(visit, incident)


def _keep(visit: Visit, incident: str, given: use.GivenFile) -> Response:
    use.attach(visit.actor, visit.world, incident, given)
    return _told(visit, incident, 201)


def _told(visit: Visit, incident: str, status: int = 200) -> Response:
    return Response(canonical_json(use.attached(visit.actor, visit.world, incident)), status, media_type=JSON)


def _plain(name: str) -> str:
    """A header is ASCII; the list has the name as it is."""
    return name.encode("ascii", "replace").decode().replace("?", "_")
