"""Around the meeting: answers to executives, questions to ask, a transcript beside words to say, which is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from pydantic import Field
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.model.question import Asked, PlainQuestion
from secondstory.model.transcript import Transcript
from secondstory.model.utterance import SpeakerRole
from secondstory.sources.reading.meetings import transcript_of
from secondstory.sources.reading.roles import roles_given
from secondstory.usecases.answers import Answers, answers_of
from secondstory.usecases.coach import About, Heard, coach_transcript
from secondstory.usecases.questions import plain_questions, questions_of
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading
from secondstory.wiring import coach

ROUTER = APIRouter(prefix="/incidents/{incident}", tags=["meeting"])
Question = Annotated[str, Query(max_length=500, description="As somebody asked it.")]
_ROLE = "|".join(SpeakerRole)
Pair = Annotated[str, Field(max_length=250, pattern=rf"^[^=]*[^=\s][^=]*=({_ROLE})$")]
CueNumber = Annotated[int, Field(ge=1, le=1_000_000)]


@ROUTER.get("/answers", responses=gives(Answers, FINDS))
def answers(request: Request, visit: Reading, incident: IncidentId, question: Question = "") -> Response:
    """What can be answered to executives; a card without evidence says what would tell."""
    return json_answer(request, answers_of(visit.actor, visit.world, incident, question))


@dataclass(frozen=True)
class Questions:
    """What is worth asking, event by event in order of time, then by the steps of the agenda; `plain`: elsewhere."""

    subjects: tuple[Asked, ...]
    plain: tuple[PlainQuestion, ...]


@ROUTER.get("/questions", responses=gives(Questions, FINDS))
def questions(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """Open questions to the events that matter and to the steps of the agenda, one or two of each."""
    return json_answer(request, Questions(questions_of(visit.actor, visit.world, incident), plain_questions()))


@ROUTER.post("/transcript", responses=gives(Heard, CHANGES))
def read_transcript(
    visit: Changing,
    incident: IncidentId,
    file: Annotated[UploadFile, File(description="WebVTT, SRT, or text with `Speaker: words`.")],
    roles: Annotated[tuple[Pair, ...], Form(max_length=200, description="Such as `Ana Lind=executive`.")] = (),
    not_blame: Annotated[tuple[CueNumber, ...], Form(max_length=1000)] = (),
) -> Response:
    """Read a meeting's transcript. It is read and not kept; it needs no documents of the incident."""
    told = transcript_of(PurePosixPath(file.filename or "").name or "transcript", file.file.read())
    people = roles_given(roles)
    transcript = Transcript(told.name, told.cues, people, told.rejects)
    about = About(visit.world, incident)
    heard = coach_transcript(visit.actor, coach(), transcript, about, not_blame=not_blame)
    return Response(canonical_json(heard), media_type=JSON)
