"""Frozen evidence of an incident, and the signals in it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.usecases.read_evidence import EvidenceList, EvidencePage, Page, list_evidence, read_evidence
from secondstory.usecases.signals import DrawnSignals, SignalsAsked, read_signals
from secondstory.web.answers import json_answer
from secondstory.web.declared import FINDS, gives
from secondstory.web.given import Time
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Reading

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["evidence"])
MOST_ROWS = 1000
MOST_SIGNALS = 500
MOST_COLUMNS = 4000
FURTHEST = 10_000_000
_NAME = re.compile(r"(?:[^,{]|\{[^}]*\}?)+")
EvidenceName = Annotated[str, Path(max_length=200, description="Its id, or its label such as E07.")]
Offset = Annotated[int, Query(ge=0, le=FURTHEST)]


@ROUTER.get("/evidence", responses=gives(EvidenceList, FINDS))
def evidence_list(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """All evidence in order of labels, and all gaps."""
    return json_answer(request, list_evidence(visit.actor, visit.world, incident))


@ROUTER.get("/evidence/{evidence}", responses=gives(EvidencePage, FINDS))
def evidence_page(
    request: Request,
    visit: Reading,
    incident: IncidentId,
    evidence: EvidenceName,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 100,
) -> Response:
    """One piece of evidence: query, rows, chart, hash, and what rests on it."""
    return json_answer(request, read_evidence(visit.actor, visit.world, incident, evidence, Page(offset, limit)))


class Stretch(BaseModel):
    """What part of the signals, how fine."""

    model_config = ConfigDict(extra="forbid")

    start: Time | None = Field(None, description="Default: from the first step on.")
    end: Time | None = Field(None, description="Default: to the last step.")
    width: int = Field(600, ge=1, le=MOST_COLUMNS, description="How many columns the screen has.")
    services: list[str] = Field([], description="Only signals of these services, or of calls to them.")
    names: list[str] = Field([], description="Only signals of this key, indicator or metric name.")
    offset: int = Field(0, ge=0, le=FURTHEST)
    limit: int = Field(50, ge=1, le=MOST_SIGNALS)


@ROUTER.get("/signals", responses=gives(DrawnSignals, FINDS))
def signals(request: Request, visit: Reading, incident: IncidentId, stretch: Annotated[Stretch, Query()]) -> Response:
    """Signals with the lowest and highest value of each column; those that moved most first."""
    asked = SignalsAsked(
        start=stretch.start,
        end=stretch.end,
        width=stretch.width,
        services=_listed(stretch.services),
        names=_listed(stretch.names),
        offset=stretch.offset,
        limit=stretch.limit,
    )
    return json_answer(request, read_signals(visit.actor, visit.world, incident, asked))


def _listed(values: list[str]) -> tuple[str, ...]:
    """Values given one by one, or several in one with commas between; a comma inside braces belongs to its name, also
    where the brace never closes: a long key ends in a digest."""
    return tuple(name for value in values for name in _NAME.findall(value))
