"""Cards without a sender: a request that brings one is neither audited nor kept under an Idempotency-Key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.anonymous import MOST_LETTERS, AnonymousCard
from secondstory.model.codec import canonical_json
from secondstory.usecases import cards as use
from secondstory.web.answers import JSON
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting/cards", tags=["meeting"])
CardId = Annotated[str, Path(max_length=200)]


class CardGiven(BaseModel):
    """Something for the meeting that nobody shall be asked about in person."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "The release list is longer than anybody reads."}]}
    )

    text: str = Field(min_length=1, max_length=MOST_LETTERS)


@ROUTER.get("", responses=gives(list[AnonymousCard], FINDS))
def cards(visit: Reading, incident: IncidentId) -> Response:
    """All cards, in an order that says nothing; for who leads the meeting. No browser keeps the answer."""
    return _told(use.cards_of(visit.actor, visit.world, incident))


@ROUTER.post("", status_code=201, responses=gives(AnonymousCard, CHANGES, 201, "It is kept without its sender."))
def put_card(visit: Changing, incident: IncidentId, given: CardGiven) -> Response:
    """Write a card. Gives it as it reads once names and secrets are out, without an id."""
    return _told(use.put_card(visit.actor, visit.world, incident, given.text), 201)


@ROUTER.delete("/{card}", responses=gives(list[AnonymousCard], CHANGES, meaning="It is gone; these are left."))
def drop_card(visit: Changing, incident: IncidentId, card: CardId) -> Response:
    """Remove a card for good."""
    use.drop_card(visit.actor, visit.world, incident, card)
    return _told(use.cards_of(visit.actor, visit.world, incident))


def _told(value: object, status: int = 200) -> Response:
    return Response(canonical_json(value), status, media_type=JSON)
