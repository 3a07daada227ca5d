"""The matrix of competing hypotheses as it is now, and what people add to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from secondstory.model.causes import Mechanism, Part
from secondstory.model.codec import canonical_json
from secondstory.model.matrix import Result
from secondstory.model.proposal import MOST_WORDS
from secondstory.usecases.weigh import Idea, Weighed, judge, mark, propose, undo, vote, weigh
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}/matrix", tags=["causes"])
MOST_WHY = 1000
MOST_KEY = 1000
Why = Annotated[str, Field(max_length=MOST_WHY)]
Key = Annotated[str, Field(min_length=1, max_length=MOST_KEY)]


class OwnPart(StrEnum):
    """The part that a person's hypothesis can have; a trigger is a change on record."""

    INITIATING = "initiating"
    AMPLIFYING = "amplifying"
    HID_IT = "hid_it"
    SLOWED_RECOVERY = "slowed_recovery"


class Standing(StrEnum):
    """What people decide about a hypothesis."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class VoteFor(StrEnum):
    """A vote; none takes the last one back."""

    FOR = "for"
    AGAINST = "against"
    NONE = "none"


class HypothesisGiven(BaseModel):
    """A person's own hypothesis. `peer` names the callee where it is about the calls from the service to it."""

    model_config = ConfigDict(extra="forbid")

    service: str = Field(min_length=1, max_length=200)
    words: str = Field(min_length=1, max_length=MOST_WORDS)
    mechanism: Mechanism = Mechanism.UNKNOWN
    part: OwnPart = OwnPart.INITIATING
    indicator: str = Field("", max_length=500)
    peer: str = Field("", max_length=200)
    why: Why = ""


class CellMark(BaseModel):
    """What became of a prediction in a person's eyes, and why."""

    model_config = ConfigDict(extra="forbid")

    cell: Key
    result: Result
    why: Annotated[str, Field(min_length=1, max_length=MOST_WHY)]


class HypothesisJudged(BaseModel):
    """A hypothesis accepted or rejected."""

    model_config = ConfigDict(extra="forbid")

    hypothesis: Key
    standing: Standing
    why: Why = ""


class VoteGiven(BaseModel):
    """A vote on a hypothesis; it stands beside the ranking and changes nothing in it."""

    model_config = ConfigDict(extra="forbid")

    hypothesis: Key
    vote: VoteFor


@ROUTER.get("", responses=gives(Weighed, FINDS))
def matrix(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The hypotheses with all that people said so far; the stored document follows with the next analysis."""
    return json_answer(request, weigh(visit.actor, visit.world, incident))


@ROUTER.post("/hypotheses", status_code=201, responses=gives(Weighed, CHANGES, 201, "It stands, and was tested."))
def add_hypothesis(visit: Changing, incident: IncidentId, given: HypothesisGiven) -> Response:
    """Put forward a hypothesis; it is tested like the machine's."""
    part = Part(given.part.value)
    idea = Idea(given.service, given.words, given.mechanism, part, given.indicator, given.peer, given.why)
    propose(visit.actor, visit.world, incident, idea)
    return _now(visit, incident, 201)


@ROUTER.post("/marks", status_code=201, responses=gives(Weighed, CHANGES, 201, "The mark holds."))
def mark_cell(visit: Changing, incident: IncidentId, given: CellMark) -> Response:
    """Disagree with a cell, with a reason."""
    mark(visit.actor, visit.world, incident, given.cell, (given.result, given.why))
    return _now(visit, incident, 201)


@ROUTER.post("/standings", status_code=201, responses=gives(Weighed, CHANGES, 201, "The decision holds."))
def judge_hypothesis(visit: Changing, incident: IncidentId, given: HypothesisJudged) -> Response:
    """Accept or reject a hypothesis."""
    judge(visit.actor, visit.world, incident, given.hypothesis, (given.standing.value, given.why))
    return _now(visit, incident, 201)


@ROUTER.post("/votes", status_code=201, responses=gives(Weighed, CHANGES, 201, "The vote counts."))
def vote_on(visit: Changing, incident: IncidentId, given: VoteGiven) -> Response:
    """Vote on a hypothesis."""
    text = "" if given.vote is VoteFor.NONE else given.vote.value
    vote(visit.actor, visit.world, incident, given.hypothesis, text)
    return _now(visit, incident, 201)


@ROUTER.delete("/decisions/{decision}", responses=gives(Weighed, CHANGES))
def take_back(visit: Changing, incident: IncidentId, decision: Annotated[str, Path(max_length=200)]) -> Response:
    """Take back a decision on a hypothesis or a cell; the ledger keeps both."""
    undo(visit.actor, visit.world, incident, decision)
    return _now(visit, incident, 200)


def _now(visit: Visit, incident: str, status: int) -> Response:
    return Response(canonical_json(weigh(visit.actor, visit.world, incident)), status, media_type=JSON)
