"""Comments in threads on any subject of an incident, who was named in them, and taking back what one said oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.talk import Talk, Thread
from secondstory.ports import Mention
from secondstory.usecases.talk import (
    MOST_KEY,
    MOST_WORDS,
    comment,
    edit_comment,
    read_mentions,
    settle,
    talk,
    thread_of,
    unread_mentions,
    withdraw_comment,
)
from secondstory.usecases.undo import Undone, undo_own
from secondstory.web.answers import JSON, json_answer
from secondstory.web.cursor import AtOnce, Cursor, cut
from secondstory.web.declared import CHANGES, FINDS, READS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(tags=["talk"])
_OF = "/incidents/{incident}"
CommentId = Annotated[str, Path(max_length=200, description="The comment's id.")]
Words = Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]


@dataclass(frozen=True)
class Named:
    """Where you were named and have not looked yet, the newest first."""

    mentions: tuple[Mention, ...]


class CommentGiven(BaseModel):
    """Words on a subject; on `comment/<id>` a reply in that comment's thread."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"subject": "event/deploy/orders", "text": "@responder-2, was the pool size known by then?"}]
        },
    )

    subject: str = Field(min_length=1, max_length=MOST_KEY)
    text: Words


class CommentEdited(BaseModel):
    """Other words for one's own comment."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Was the pool size known at 10:02?"}]}
    )

    text: Words


class ThreadSettled(BaseModel):
    """Whether nothing is left to say in a thread."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"settled": True}]})

    settled: StrictBool


class UndoAsked(BaseModel):
    """Which of one's own entries; without one, the last that still holds."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}]})

    entry: str = Field("", max_length=200)


@ROUTER.get(f"{_OF}/comments", responses=gives(Talk, FINDS))
def comments(
    request: Request,
    visit: Reading,
    incident: IncidentId,
    subject: Annotated[str, Query(max_length=MOST_KEY, description="Only threads on this subject key.")] = "",
    cursor: Cursor = "",
    limit: AtOnce = 200,
) -> Response:
    """The threads of an incident, or those on one subject."""
    every = talk(visit.actor, visit.world, incident, subject)
    return json_answer(request, Talk(*cut(every, cursor, limit, lambda thread: thread.id)))


@ROUTER.post(f"{_OF}/comments", status_code=201, responses=gives(Thread, CHANGES, 201, "The comment is kept."))
def add_comment(visit: Changing, incident: IncidentId, given: CommentGiven) -> Response:
    """Comment, or reply; secrets and names are taken out, `@responder-2` tells that person. Gives the whole thread."""
    said = comment(visit.actor, visit.world, incident, given.subject, given.text)
    return _thread(visit, incident, said.id, 201)


@ROUTER.put(f"{_OF}/comments/{{comment}}", responses=gives(Thread, CHANGES))
def change_comment(visit: Changing, incident: IncidentId, comment: CommentId, given: CommentEdited) -> Response:
    """Other words for your own comment; the ledger keeps both."""
    edit_comment(visit.actor, visit.world, incident, comment, given.text)
    return _thread(visit, incident, comment, 200)


@ROUTER.delete(f"{_OF}/comments/{{comment}}", responses=gives(Talk, CHANGES, meaning="The threads on its subject."))
def take_back_comment(visit: Changing, incident: IncidentId, comment: CommentId) -> Response:
    """Take back your own comment; replies to it stay."""
    withdraw_comment(visit.actor, visit.world, incident, comment)
    subject = thread_of(visit.actor, visit.world, incident, comment).subject
    return Response(canonical_json(Talk(talk(visit.actor, visit.world, incident, subject), None)), media_type=JSON)


@ROUTER.put(f"{_OF}/comments/{{comment}}/settled", responses=gives(Thread, CHANGES))
def settle_thread(visit: Changing, incident: IncidentId, comment: CommentId, given: ThreadSettled) -> Response:
    """Say that nothing is left to say in this comment's thread, or open it again."""
    settle(visit.actor, visit.world, incident, comment, settled=given.settled)
    return _thread(visit, incident, comment, 200)


@ROUTER.get("/mentions", responses=gives(Named, READS))
def mentions(request: Request, visit: Reading) -> Response:
    """Where you were named in a comment and have not looked yet."""
    return json_answer(request, Named(unread_mentions(visit.actor, visit.world)))


@ROUTER.delete(f"{_OF}/mentions", responses=gives(Named, CHANGES, meaning="What is left in other incidents."))
def seen_mentions(visit: Changing, incident: IncidentId) -> Response:
    """You have looked at where you were named in this incident."""
    read_mentions(visit.actor, visit.world, incident)
    return Response(canonical_json(Named(unread_mentions(visit.actor, visit.world))), media_type=JSON)


@ROUTER.post(f"{_OF}/undo", responses=gives(Undone, CHANGES, meaning="It is taken back; the ledger keeps both."))
def undo(visit: Changing, incident: IncidentId, given: UndoAsked) -> Response:
    """Take back the last thing that you said in this incident and that still holds, unless others built on it."""
    return Response(canonical_json(undo_own(visit.actor, visit.world, incident, given.entry)), media_type=JSON)


def _thread(visit: Visit, incident: str, comment_id: str, status: int) -> Response:
    thread = thread_of(visit.actor, visit.world, incident, comment_id)
    return Response(canonical_json(thread), status, media_type=JSON)
