"""Views of the incident list that one saved: a name for what the address says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.saved_view import SavedView
from secondstory.usecases.incident_list import forget_view, save_view, views
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, READS, gives
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/views", tags=["incidents"])
ViewName = Annotated[str, Query(min_length=1, max_length=60, description="The name of a saved view.")]


@dataclass(frozen=True)
class ViewList:
    """One's own saved views, by name."""

    views: tuple[SavedView, ...]


class ViewGiven(BaseModel):
    """A name for a query of the list's address."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "SEV1 and late", "query": "q=severity:SEV1 is:late"}]}
    )

    name: str = Field(min_length=1, max_length=60)
    query: str = Field(max_length=500)


@ROUTER.get("", responses=gives(ViewList, READS))
def saved(request: Request, visit: Reading) -> Response:
    """The views that you saved."""
    return json_answer(request, ViewList(views(visit.actor, visit.world)))


@ROUTER.put("", responses=gives(ViewList, CHANGES, meaning="The view is kept."))
def save(visit: Changing, given: ViewGiven) -> Response:
    """Keep a view, in place of one of this name."""
    return _told(save_view(visit.actor, visit.world, given.name, given.query))


@ROUTER.delete("", responses=gives(ViewList, CHANGES, meaning="The view is gone."))
def forget(visit: Changing, name: ViewName) -> Response:
    """Remove one of your views."""
    return _told(forget_view(visit.actor, visit.world, name))


def _told(held: tuple[SavedView, ...]) -> Response:
    return Response(canonical_json(ViewList(held)), media_type=JSON)
