"""Rehearsal rooms: the list, a room played from all answers so far, and one's own progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.usecases.practised import Progress, forget_practice, progress
from secondstory.usecases.rehearse import MOST_ANSWER, Play, Rehearsal, RoomCard, rehearse, rooms
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, READS, gives
from secondstory.web.given import WHOLE
from secondstory.web.visit import Changing, Reading
from secondstory.wiring import coach

ROUTER = APIRouter(prefix="/rehearsals", tags=["rehearsal"])
_MOST_ANSWERS = 10
_MOST_SEED = 2**31


@dataclass(frozen=True)
class RoomList:
    """The rooms there are."""

    rooms: tuple[RoomCard, ...]


class Played(BaseModel):
    """A room with all answers given so far; none enters it. `session` is the id that the first answer was given."""

    model_config = ConfigDict(extra="forbid")

    room: str = Field(min_length=1, max_length=60)
    level: Annotated[int, Field(ge=1, le=3, strict=True), WHOLE] = 1
    seed: Annotated[int, Field(ge=0, lt=_MOST_SEED, strict=True), WHOLE] = 0
    incident: str = Field("", max_length=200)
    answers: tuple[Annotated[str, Field(min_length=1, max_length=MOST_ANSWER)], ...] = Field(
        (), max_length=_MOST_ANSWERS
    )
    session: str = Field("", max_length=60, pattern=r"^[a-z0-9-]*$")


@ROUTER.get("", responses=gives(RoomList, READS))
def list_rooms(request: Request, visit: Reading) -> Response:  # noqa: ARG001 - whoever reads was let in
    """The rooms there are."""
    return json_answer(request, RoomList(rooms()))


@ROUTER.post("", responses=gives(Rehearsal, CHANGES, meaning="The room after these answers; no word of them is kept."))
def play(visit: Changing, given: Played) -> Response:
    """Play a room from its beginning through all answers. To try a turn again, give fewer of them."""
    wanted = Play(given.room, given.level, given.seed, given.incident, given.answers, given.session)
    return Response(canonical_json(rehearse(visit.actor, visit.world, coach().judge, wanted)), media_type=JSON)


@ROUTER.get("/progress", responses=gives(Progress, READS))
def own_progress(request: Request, visit: Reading) -> Response:
    """Your own last sessions, by criterion and by moment."""
    return json_answer(request, progress(visit.actor, visit.world))


@ROUTER.delete("/progress", responses=gives(Progress, CHANGES, meaning="Nothing of your sessions is kept any more."))
def forget(visit: Changing) -> Response:
    """Remove all that is kept of your rehearsals."""
    forget_practice(visit.actor, visit.world)
    return Response(canonical_json(progress(visit.actor, visit.world)), media_type=JSON)
