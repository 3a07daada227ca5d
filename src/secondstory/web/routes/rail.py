"""What a meeting hears, and the rail that its facilitators alone see. No answer of these is kept anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.websockets import WebSocket

from secondstory.access import Verb, may
from secondstory.model.codec import canonical_json
from secondstory.model.errors import Conflict
from secondstory.model.hearing import KeptTranscript, RailAct
from secondstory.model.transcript import Cue
from secondstory.model.utterance import SpeakerRole, Utterance
from secondstory.sources.reading.roles import roles_given
from secondstory.usecases.room.before_closing import BeforeClosing, before_closing
from secondstory.usecases.room.hear import CuesTaken, hear, may_hear
from secondstory.usecases.room.own_notes import MOST_LETTERS, OwnNotesNow, own_notes, write_own_notes
from secondstory.usecases.room.rail_view import RailView, act_on, asked_question, name_role, rail_of, said_rule
from secondstory.usecases.room.transcripts import transcripts_of
from secondstory.usecases.room.words import RailWords, words_now
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import WHOLE
from secondstory.web.guard import cookies_of
from secondstory.web.live.channel import NOT_ALLOWED
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["meeting"])
_MOST_TEXT = 1_000_000
_LONGEST_S = 1_000_000
_ROLE = "|".join(SpeakerRole)
Pair = Annotated[str, Field(max_length=250, pattern=rf"^[^=]*[^=\s][^=]*=({_ROLE})$")]
_BOUNDS = Field(ge=0, le=_LONGEST_S)
Second = Annotated[StrictFloat, _BOUNDS] | Annotated[StrictInt, _BOUNDS]
Version = Annotated[int, Field(ge=0, le=1_000_000, strict=True), WHOLE]
CueNumber = Annotated[int, Field(ge=1, le=1_000_000, strict=True), WHOLE]


class CueGiven(BaseModel):
    """One cue; seconds from the begin of the captions. Without a speaker nobody is named."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=2000)
    speaker: str = Field("", max_length=200)
    start_s: Second | None = None
    end_s: Second | None = None


class CaptionsGiven(BaseModel):
    """Captions as text, whole or a piece of a stream cut anywhere, or as cues.

    `stream`: your name for a stream whose pieces follow; "" = this is all. `ends`: nothing more comes of it. `roles`:
    such as `Ana Lind=executive`.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana Lind>What told us first?\n\n",
                    "roles": ["Ana Lind=executive"],
                }
            ]
        },
    )

    text: str = Field("", max_length=_MOST_TEXT)
    stream: str = Field("", max_length=100)
    ends: StrictBool = False
    cues: tuple[CueGiven, ...] = Field((), max_length=1000)
    roles: tuple[Pair, ...] = Field((), max_length=200)


class FindingAct(BaseModel):
    """Something is done with the finding at a cue, or with an executive's question that was heard there."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["used", "dismissed", "not_blame", "step_up"]
    cue: CueNumber


class RuleAct(BaseModel):
    """The ground rule was said in these words, or turned down."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["rule"]
    key: str = Field(min_length=1, max_length=100)


class QuestionAct(BaseModel):
    """A question was asked, or turned down."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["question"]
    text: str = Field(min_length=1, max_length=1000)


class RoleAct(BaseModel):
    """Who speaks under this name is this."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["role"]
    name: str = Field(min_length=1, max_length=200)
    role: SpeakerRole


class RailActGiven(BaseModel):
    """One act of a facilitator on the rail."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"does": {"act": "used", "cue": 12}}]})

    does: FindingAct | RuleAct | QuestionAct | RoleAct = Field(discriminator="act")


class OwnNotesGiven(BaseModel):
    """All of your own notes; `version` is of those that you read, 0 where there were none."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Thank the one who paged at three.", "version": 0}]}
    )

    text: str = Field(max_length=MOST_LETTERS)
    version: Version


@ROUTER.post("/captions", responses=gives(CuesTaken, CHANGES, meaning="They are heard."))
def captions(request: Request, visit: Changing, incident: IncidentId, given: CaptionsGiven) -> Response:
    """Let the meeting hear captions; sent twice, heard once.

    Refused while somebody in the room has not agreed. That is asked again before each cue, so a refusal may say how
    many of them were heard.
    """
    streams = request.app.state.streams
    try:
        room = may_hear(visit.actor, visit.world, incident)  # before a piece of it is held
    except Conflict:
        streams.pass_over(incident, given.stream, given.text)
        raise
    people = roles_given(given.roles)
    cues = tuple(
        Cue(number, one.start_s, one.end_s, one.speaker or None, one.text) for number, one in enumerate(given.cues, 1)
    )
    unread = 0
    if given.text or given.stream:
        read, unread = streams.take((incident, room.number), given.stream, given.text, ends=given.ends)
        cues += read
    try:
        taken = hear(visit.actor, visit.world, incident, cues, people)
    except Conflict:
        streams.pass_over(incident, given.stream)
        raise
    return _told(replace(taken, unread=unread))


@ROUTER.get("/transcripts", responses=gives(list[KeptTranscript], FINDS))
def transcripts(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """What was said in meetings whose people all agreed to keep it, under role tokens; nothing else was kept of it."""
    return json_answer(request, transcripts_of(visit.actor, visit.world, incident))


@ROUTER.get("/rail", responses=gives(RailView, FINDS))
def rail(visit: Reading, incident: IncidentId) -> Response:
    """The finding in view with what may be said, voices, the next question, the ground rule; for who leads.

    The channel `/incidents/{incident}/meeting/rail` (WebSocket) tells the same as it changes.
    """
    return _told(rail_of(visit.actor, visit.world, incident))


@ROUTER.post("/rail", responses=gives(RailView, CHANGES, meaning="It is done, for every facilitator."))
def act(visit: Changing, incident: IncidentId, given: RailActGiven) -> Response:
    """Use, dismiss or turn down a finding, show its next step, note that a rule was said or a question asked."""
    does, who, world = given.does, visit.actor, visit.world
    if isinstance(does, FindingAct):
        act_on(who, world, incident, RailAct(does.act), does.cue)
    elif isinstance(does, RuleAct):
        said_rule(who, world, incident, does.key)
    elif isinstance(does, QuestionAct):
        asked_question(who, world, incident, does.text)
    else:
        name_role(who, world, incident, does.name, does.role)
    return _told(rail_of(who, world, incident))


@ROUTER.get("/rail/words", responses=gives(RailWords, FINDS))
def words(visit: Reading, incident: IncidentId) -> Response:
    """What was found so far, to read out, and a paraphrase of what was just said."""
    return _told(words_now(visit.actor, visit.world, incident))


@ROUTER.get("/rail/closing", responses=gives(BeforeClosing, FINDS))
def closing(visit: Reading, incident: IncidentId) -> Response:
    """Before the meeting ends: who was not heard, and what executives asked that has no answer yet."""
    return _told(before_closing(visit.actor, visit.world, incident))


@ROUTER.get("/rail/notes", responses=gives(OwnNotesNow, FINDS))
def notes(visit: Reading, incident: IncidentId) -> Response:
    """What you wrote down for yourself in the meeting that is on: for you alone, and gone when it ends."""
    return _told(own_notes(visit.actor, visit.world, incident))


@ROUTER.put("/rail/notes", responses=gives(OwnNotesNow, CHANGES, meaning="It is kept until the meeting ends."))
def write_notes(visit: Changing, incident: IncidentId, given: OwnNotesGiven) -> Response:
    """Keep your own notes, in place of the version that you read: sealed with what was heard, destroyed with it."""
    return _told(write_own_notes(visit.actor, visit.world, incident, (given.text, given.version)))


@ROUTER.websocket("/rail")
async def follow(socket: WebSocket, incident: str) -> None:
    """The rail as it changes. The guard has looked at host, origin and cookie."""
    state, cookies = socket.app.state, cookies_of(socket.headers)

    def may_stay() -> bool:
        """Asked again and again: a role may have changed."""
        visitor = state.door.visitor(cookies, state.world)
        return visitor is not None and may(visitor.actor, Verb.LEAD, incident)

    if not await run_in_threadpool(may_stay):
        await socket.close(NOT_ALLOWED)  # before it was accepted: the handshake is refused
        return
    await run_in_threadpool(state.world.audit.looked, incident)
    await run_in_threadpool(state.world.judge, Utterance("Good morning."))  # reads the weights before the first cue
    await state.rails.follow(socket, incident, may_stay)


def _told(value: object) -> Response:
    return Response(canonical_json(value), media_type=JSON, headers={"Cache-Control": "no-store"})
