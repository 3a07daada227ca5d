"""What is captured in the meeting: read back before it is kept, kept, and taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.room import Item, ItemKind
from secondstory.usecases.room import capture as use
from secondstory.usecases.room.sentence import Preview, Sentence, read_sentence
from secondstory.usecases.room.wording import MOST_WORDS
from secondstory.web.answers import JSON
from secondstory.web.declared import CHANGES, gives
from secondstory.web.given import Day, Name, Time
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing
from secondstory.wiring import coach

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])
CaptureId = Annotated[str, Path(max_length=80, description="The capture's id, as it was sent.")]
_MOST_KEY = 1000


class SentenceGiven(BaseModel):
    """A sentence as it was said or typed. `speaker`: whose words they are, "" where nobody told."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "action", "text": "responder-1 adds an alert on pool in use before Friday"}]
        },
    )

    kind: ItemKind
    text: Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]
    speaker: Name = ""
    about: Annotated[str, Field(max_length=_MOST_KEY)] = ""

    def read(self) -> Sentence:
        """As the use case takes it."""
        return Sentence(self.kind, self.text, self.speaker, self.about)


class CaptureGiven(SentenceGiven):
    """A sentence to keep under an id of one's own; sent twice it is kept once.

    `owner`, `due` and `verifier` stand in place of what the sentence was read as; an empty one names nobody. `as_said`
    keeps words that speak of a person.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"id": "c-7f3a", "kind": "decision", "text": "We keep the runbook step and look at the pool."}]
        },
    )

    id: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]
    owner: Name | None = None
    due: Day | None = None
    verifier: Name | None = None
    at: Time | None = None
    as_said: StrictBool = False


@ROUTER.post("/captures", status_code=201, responses=gives(Item, CHANGES, 201, "It is in the ledger and on the board."))
def add_capture(visit: Changing, incident: IncidentId, given: CaptureGiven) -> Response:
    """Keep what was said, and put it on the board."""
    sent = use.Capture(
        given.id, given.read(), given.owner, given.due, given.verifier, at=given.at, as_said=given.as_said
    )
    item = use.capture(visit.actor, visit.world, incident, sent, coach().judge)
    return Response(canonical_json(item), 201, media_type=JSON)


@ROUTER.post("/reading", responses=gives(Preview, CHANGES))
def read_capture(visit: Changing, incident: IncidentId, given: SentenceGiven) -> Response:
    """What a sentence would be kept as, with what is asked; nothing of it is kept."""
    preview = read_sentence(visit.actor, visit.world, incident, given.read(), coach().judge)
    return Response(canonical_json(preview), media_type=JSON)


@ROUTER.delete("/captures/{capture}", status_code=204, responses={204: {"description": "It is taken back."}, **CHANGES})
def strike_capture(visit: Changing, incident: IncidentId, capture: CaptureId) -> Response:
    """Take a capture back: from the ledger, which keeps both, and from the board."""
    use.strike(visit.actor, visit.world, incident, capture)
    return Response(status_code=204)
