"""The document's text: as it reads now, its versions, and what people write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.report import Section
from secondstory.model.text import MOST_TEXT, Merged, SectionNow
from secondstory.usecases.text import (
    Edit,
    edit_text,
    merge_text,
    preview_text,
    read_text,
    restore_text,
    version_text,
)
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.documents import ReportDocument
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}/text", tags=["document"])
ANALYSIS = "analysis"
"""How an address names the text of the analysis, which is no version of a person's."""
SectionKey = Annotated[str, Path(max_length=100, description="The section's key.", examples=["bluf"])]
VersionId = Annotated[str, Path(max_length=200, description="A version, or `analysis`.", examples=[ANALYSIS])]
Markdown = Annotated[str, Field(max_length=MOST_TEXT, examples=["Customers could not pay [@E01].\n"])]
Base = Annotated[str, Field(max_length=200, description="The version it was written on; empty = the analysis.")]


@dataclass(frozen=True)
class TextAnswer:
    """The document with people's text in it, and the state of each section."""

    document: ReportDocument
    sections: tuple[SectionNow, ...]


@dataclass(frozen=True)
class VersionText:
    """The Markdown of one version."""

    markdown: str


class Typed(BaseModel):
    """A section's text as it stands in an editor."""

    model_config = ConfigDict(extra="forbid")

    markdown: Markdown
    base: Base = ""


class EditGiven(Typed):
    """A new version. `holds` names stale sentences that hold on the evidence as it is now."""

    why: str = Field("", max_length=1000)
    holds: list[Annotated[str, Field(max_length=1000)]] = Field(default_factory=list, max_length=200)


class RestoreGiven(BaseModel):
    """Which version to bring back; empty hands the section back to the analysis."""

    model_config = ConfigDict(extra="forbid")

    version: str = Field("", max_length=200)


@ROUTER.get("", responses=gives(TextAnswer, FINDS))
def text(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The document as it reads now."""
    return json_answer(request, read_text(visit.actor, visit.world, incident))


@ROUTER.get("/{section}/versions/{version}", responses=gives(VersionText, FINDS))
def one_version(
    request: Request, visit: Reading, incident: IncidentId, section: SectionKey, version: VersionId
) -> Response:
    """One version of a section as Markdown; `analysis` is what the analysis says now."""
    asked = "" if version == ANALYSIS else version
    return json_answer(request, VersionText(version_text(visit.actor, visit.world, incident, section, asked)))


@ROUTER.put("/{section}", responses=gives(TextAnswer, CHANGES))
def write(visit: Changing, incident: IncidentId, section: SectionKey, given: EditGiven) -> Response:
    """Keep a new version of a section. 409 where somebody changed it since `base`; then merge."""
    edit = Edit(section, given.base, given.markdown, given.why, tuple(given.holds))
    edit_text(visit.actor, visit.world, incident, edit)
    return _now(visit, incident)


@ROUTER.post("/{section}/restore", responses=gives(TextAnswer, CHANGES))
def restore(visit: Changing, incident: IncidentId, section: SectionKey, given: RestoreGiven) -> Response:
    """Bring an earlier version back as a new one."""
    restore_text(visit.actor, visit.world, incident, section, given.version)
    return _now(visit, incident)


@ROUTER.post("/{section}/merge", responses=gives(Merged, CHANGES))
def merged(visit: Changing, incident: IncidentId, section: SectionKey, given: Typed) -> Response:
    """What was typed on an older version, merged with the section as it is now; nothing is kept."""
    edit = Edit(section, given.base, given.markdown)
    return Response(canonical_json(merge_text(visit.actor, visit.world, incident, edit)), media_type=JSON)


@ROUTER.post("/{section}/preview", responses=gives(Section, CHANGES))
def preview(visit: Changing, incident: IncidentId, section: SectionKey, given: Typed) -> Response:
    """The section as it would read; nothing is kept."""
    shown = preview_text(visit.actor, visit.world, incident, Edit(section, given.base, given.markdown))
    return Response(canonical_json(shown), media_type=JSON)


def _now(visit: Visit, incident: str) -> Response:
    return Response(canonical_json(read_text(visit.actor, visit.world, incident)), media_type=JSON)
