"""Recordings, the formats that make them, uploads, and which label means what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.jobs import JobView, submit_import
from secondstory.usecases.recordings import (
    Correction,
    MappingView,
    RecordingItem,
    SourceItem,
    correct_mapping,
    list_recordings,
    list_sources,
    read_mapping,
)
from secondstory.usecases.uploads import keep_upload
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import BYTES, CHANGES, FINDS, READS, gives, takes_form
from secondstory.web.given import Name
from secondstory.web.routes.jobs import Submitted, submitted
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(tags=["recordings"])
RecordingName = Annotated[str, Path(max_length=200, description="The recording's name.")]
_MOST_FILES = 1000
_NAME_LENGTH = 200
_FORM = takes_form(
    "files",
    files={"type": "array", "minItems": 1, "items": BYTES},
    name={"type": "string", "maxLength": _NAME_LENGTH},
)


@dataclass(frozen=True)
class SourceList:
    """The formats that can be read from files."""

    sources: tuple[SourceItem, ...]


@dataclass(frozen=True)
class RecordingList:
    """All recordings, by name."""

    recordings: tuple[RecordingItem, ...]


class AliasGiven(BaseModel):
    """A service's name as it was seen, and the one that is meant."""

    model_config = ConfigDict(extra="forbid")

    seen: str = Field(min_length=1, max_length=_NAME_LENGTH)
    meant: str = Field(min_length=1, max_length=_NAME_LENGTH)


class MappingGiven(BaseModel):
    """Which labels become a column, the first present wins; a column that is left out stays as it was."""

    model_config = ConfigDict(extra="forbid")

    labels: dict[Literal["service", "instance", "version", "environment"], list[Name]] = {}
    aliases: list[AliasGiven] = []


@ROUTER.get("/sources", responses=gives(SourceList, READS))
def sources(request: Request, visit: Reading) -> Response:
    """The formats that can be read from files."""
    return json_answer(request, SourceList(list_sources(visit.actor, visit.world)))


@ROUTER.get("/recordings", responses=gives(RecordingList, READS))
def recordings(request: Request, visit: Reading) -> Response:
    """All recordings, by name."""
    return json_answer(request, RecordingList(list_recordings(visit.actor, visit.world)))


@ROUTER.get("/recordings/{name}/mapping", responses=gives(MappingView, FINDS))
def mapping(request: Request, visit: Reading, name: RecordingName) -> Response:
    """Which label becomes what in a recording, with examples."""
    return json_answer(request, read_mapping(visit.actor, visit.world, name))


@ROUTER.put("/recordings/{name}/mapping", responses=gives(MappingView, CHANGES))
def correct(request: Request, visit: Changing, name: RecordingName, given: MappingGiven) -> Response:
    """Remember a correction, and read the files again as far as they are still there."""
    labels = tuple((str(column), tuple(names)) for column, names in given.labels.items())
    aliases = tuple((alias.seen, alias.meant) for alias in given.aliases)
    view = correct_mapping(visit.actor, visit.world, name, Correction(labels, aliases))
    request.app.state.wake()
    return Response(canonical_json(view), media_type=JSON)


@ROUTER.post(
    "/imports",
    status_code=202,
    responses=gives(Submitted, CHANGES, 202, "The files are kept and the job is queued."),
    openapi_extra=_FORM,
)
async def upload(request: Request, visit: Changing) -> Response:
    """Import files as a job. `name` names the recording; default: the first file's name."""
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES) as form:
        files = [part for part in form.getlist("files") if isinstance(part, UploadFile) and part.filename]
        name = str(form.get("name") or "").strip()
        if not files:
            raise BadInput(say("web.no_file"), say("web.no_file_next"))
        if len(name) > _NAME_LENGTH or not name.isprintable():
            raise BadInput(say("web.bad_name"), say("web.bad_name_next"))
        return submitted(request, await run_in_threadpool(_keep, visit, files, name))


def _keep(visit: Visit, files: list[UploadFile], name: str) -> JobView:
    folder = keep_upload(visit.actor, visit.world, [(part.filename or "", part.file) for part in files])
    recording = name or PurePosixPath(files[0].filename or "").stem or folder.name
    return submit_import(visit.actor, visit.world, ImportRequest(folder, recording))
