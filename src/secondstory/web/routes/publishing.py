"""The document on its way out: its review, its published versions, and to whom they went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.publication import DiffLine, Edition, Publication, PublishedFile
from secondstory.model.text import ReviewState
from secondstory.usecases.circulate import Circulation, Mailing, circulate, circulation
from secondstory.usecases.publish import Published, compare, publish, published_file, versions
from secondstory.usecases.review import ReviewNow, move, override, read_review
from secondstory.web.answers import JSON, bytes_answer, json_answer
from secondstory.web.declared import CHANGES, FINDS, Answers, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["document"])
MOST_WHY = 1000
Number = Annotated[int, Path(ge=1, le=1_000_000, description="The version's number.", examples=[1])]
Why = Annotated[str, Field(max_length=MOST_WHY)]
# A published page runs its own script and must reach neither the API nor the session, whoever opens it.
SANDBOX = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; font-src data:; frame-ancestors 'self'; sandbox allow-scripts allow-popups"
}


class Form(StrEnum):
    """The forms that a version may be kept in."""

    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"


class MovableTo(StrEnum):
    """Where a person may move the document; publishing is a step of its own."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"


@dataclass(frozen=True)
class VersionList:
    """The published versions, the newest first."""

    versions: tuple[Publication, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions."""

    lines: tuple[DiffLine, ...]


class StepGiven(BaseModel):
    """Where to move the document, and why."""

    model_config = ConfigDict(extra="forbid")

    state: MovableTo
    why: Why = ""


class OverrideGiven(BaseModel):
    """A finding that may pass, and why."""

    model_config = ConfigDict(extra="forbid")

    check: str = Field(min_length=1, max_length=100)
    why: Annotated[str, Field(min_length=1, max_length=MOST_WHY)]


class PublishGiven(BaseModel):
    """A note that goes out with the version."""

    model_config = ConfigDict(extra="forbid")

    note: Why = ""


class CirculateGiven(BaseModel):
    """To whom, by token, and what; nobody named = everybody with an address, no edition = by each one's role."""

    model_config = ConfigDict(extra="forbid")

    to: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(default_factory=list, max_length=500)
    edition: Edition | None = None


@ROUTER.get("/review", responses=gives(ReviewNow, FINDS))
def review(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Where the document stands, and what must be settled before it is published."""
    return json_answer(request, read_review(visit.actor, visit.world, incident))


@ROUTER.post("/review/steps", status_code=201, responses=gives(ReviewNow, CHANGES, 201, "The document stands there."))
def take_step(visit: Changing, incident: IncidentId, given: StepGiven) -> Response:
    """Ask for a review, approve, or hand it back as a draft."""
    move(visit.actor, visit.world, incident, ReviewState(given.state.value), given.why)
    return _now(visit, incident)


@ROUTER.post("/review/overrides", status_code=201, responses=gives(ReviewNow, CHANGES, 201, "The finding may pass."))
def let_pass(visit: Changing, incident: IncidentId, given: OverrideGiven) -> Response:
    """Let a finding pass, with the reason; it is kept with the version."""
    override(visit.actor, visit.world, incident, given.check, given.why)
    return _now(visit, incident)


@ROUTER.get("/versions", responses=gives(VersionList, FINDS))
def published_versions(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The published versions, the newest first."""
    return json_answer(request, VersionList(versions(visit.actor, visit.world, incident)))


@ROUTER.post("/versions", status_code=201, responses=gives(Published, CHANGES, 201, "The version is published."))
def publish_version(visit: Changing, incident: IncidentId, given: PublishGiven) -> Response:
    """Publish the approved text as a version that never changes."""
    done = publish(visit.actor, visit.world, incident, given.note)
    place = f"/api/v1/incidents/{incident}/versions/{done.publication.number}"
    return Response(canonical_json(done), 201, {"Location": place}, media_type=JSON)


@ROUTER.get("/versions/{number}/diff", responses=gives(Comparison, FINDS))
def diff(
    request: Request,
    visit: Reading,
    incident: IncidentId,
    number: Number,
    since: Annotated[int, Query(ge=1, le=1_000_000, description="The older version.")],
) -> Response:
    """What differs from an older version."""
    return json_answer(request, Comparison(compare(visit.actor, visit.world, incident, since, number)))


_RENDERED: Answers = {
    200: {
        "description": "The version as it was rendered when it was published.",
        "content": {kind: {} for kind in (JSON, "text/markdown", "text/html", "application/pdf")},
    },
    **FINDS,
}


@ROUTER.get("/versions/{number}/document.{form}", response_class=Response, responses=_RENDERED)
def version_file(request: Request, visit: Reading, incident: IncidentId, number: Number, form: Form) -> Response:
    """A version in one form, as it was rendered when it was published."""
    file = published_file(visit.actor, visit.world, incident, number, form.value)
    return _sent(request, file, f"v{number}.{form.value}")


@ROUTER.get("/versions/{number}/executive.{form}", response_class=Response, responses=_RENDERED)
def version_page(request: Request, visit: Reading, incident: IncidentId, number: Number, form: Form) -> Response:
    """The executive short form of a version, as it was rendered when it was published."""
    file = published_file(visit.actor, visit.world, incident, number, form.value, Edition.EXECUTIVE)
    return _sent(request, file, f"v{number}-executive.{form.value}")


def _sent(request: Request, file: PublishedFile, name: str) -> Response:
    named = {"Content-Disposition": f'inline; filename="{name}"'}
    return bytes_answer(request, file.data, file.media_type, {**named, **(SANDBOX if name.endswith("html") else {})})


@ROUTER.get("/versions/{number}/letters", responses=gives(Circulation, FINDS))
def letters(request: Request, visit: Reading, incident: IncidentId, number: Number) -> Response:
    """Who gets a version, and how far each letter came."""
    return json_answer(request, circulation(visit.actor, visit.world, incident, number))


@ROUTER.post(
    "/versions/{number}/letters", status_code=201, responses=gives(Circulation, CHANGES, 201, "Letters are queued.")
)
def send_letters(
    request: Request, visit: Changing, incident: IncidentId, number: Number, given: CirculateGiven
) -> Response:
    """Send a version; a person gets each version once."""
    mailing = Mailing(tuple(given.to), given.edition, _link(request, incident))
    done = circulate(visit.actor, visit.world, incident, number, mailing)
    return Response(canonical_json(done), 201, media_type=JSON)


def _link(request: Request, incident: str) -> str:
    """Where the document is read; an address of loopback would lead nobody there."""
    door = request.app.state.door
    return f"{door.address}#/i/{incident}/document" if door.address.startswith("https:") else ""


def _now(visit: Visit, incident: str) -> Response:
    return Response(canonical_json(read_review(visit.actor, visit.world, incident)), 201, media_type=JSON)
