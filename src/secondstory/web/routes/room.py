"""The live room of a meeting: how it stands, what everybody may say in it, what who leads may do, and its channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictBool
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.websockets import WebSocket

from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import (
    MOST_BOXES,
    Box,
    BoxStretched,
    BreakBegan,
    BreakEnded,
    Consent,
    ConsentAsked,
    Consented,
    HandLowered,
    HandRaised,
    LeadTaken,
    PollClosed,
    PollOpened,
    RoomEvent,
    RuleShown,
    Shown,
    StepBegan,
    Told,
    Voted,
)
from secondstory.model.room_seen import RoomSeen
from secondstory.usecases.follow import may_follow
from secondstory.usecases.room.capture import answer, answer_look
from secondstory.usecases.room.lead import Asked, end_meeting, show_card, start_meeting
from secondstory.usecases.room.log import happen
from secondstory.usecases.room.view import see_room
from secondstory.usecases.room.wording import MOST_WORDS
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import WHOLE, Name
from secondstory.web.live.channel import NOT_ALLOWED
from secondstory.web.live.stage import Guest
from secondstory.web.live.watching import watch_room
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading, Visit

ROUTER = APIRouter(prefix="/incidents/{incident}/meeting", tags=["room"])
_MOST_MINUTES = 8 * 60
Key = Annotated[str, Field(min_length=1, max_length=1000)]
Words = Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]
Few = Annotated[str, Field(max_length=300)]
Minutes = Annotated[int, Field(ge=0, le=_MOST_MINUTES, strict=True), WHOLE]
Place = Annotated[int, Field(ge=0, le=10_000, strict=True), WHOLE]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class HandGiven(_Given):
    """Ask for the word, or no more."""

    act: Literal["hand"]
    up: StrictBool
    about: Few = ""


class BallotGiven(_Given):
    """Answer a poll; the last answer counts. Choices are counted from 0."""

    act: Literal["vote"]
    poll: Name
    choice: Annotated[int, Field(ge=0, le=6, strict=True), WHOLE]


class TellGiven(_Given):
    """Write into the room. `id` is your own name for it: sent twice, it is told once."""

    act: Literal["tell"]
    id: Annotated[str, Field(min_length=1, max_length=200)]
    text: Words
    about: Annotated[str, Field(max_length=1000)] = ""


class ConsentGiven(_Given):
    """Agree to what everybody was asked, or not, or no more."""

    act: Literal["consent"]
    what: Consent
    yes: StrictBool


class AnswerGiven(_Given):
    """Take on the action that you were asked to own, or not; with `verifying`: to look whether it works."""

    act: Literal["answer"]
    item: Name
    yes: StrictBool
    verifying: StrictBool = False


_Plain = HandGiven | BallotGiven | TellGiven | ConsentGiven
_Said = HandGiven | BallotGiven | TellGiven | ConsentGiven | AnswerGiven


class SaidGiven(RootModel[Annotated[_Said, Field(discriminator="act")]]):
    """What somebody in the room does."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"act": "hand", "up": True, "about": "the pool"}]})


class GoGiven(_Given):
    """Go to a part of the agenda, by its key."""

    act: Literal["step"]
    box: Name


class StretchGiven(_Given):
    """Give a part of the agenda so many minutes in all."""

    act: Literal["stretch"]
    box: Name
    minutes: Minutes


class ShowGiven(_Given):
    """Put an event of the timeline under discussion, by its subject key; "" = none. `place` (from 1) `of` how many."""

    act: Literal["show"]
    subject: Annotated[str, Field(max_length=1000)]
    place: Place = 0
    of: Place = 0


class GroundRuleGiven(_Given):
    """Word the ground rule in view so from now on."""

    act: Literal["rule"]
    text: Words


class LowerGiven(_Given):
    """Give somebody the word: their hand goes down."""

    act: Literal["lower"]
    whose: Name


class PollGiven(_Given):
    """Put a question to the room; one that is open is closed by it."""

    act: Literal["poll"]
    id: Annotated[str, Field(min_length=1, max_length=200)]
    question: Words
    choices: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=2, max_length=7)]


class ClosePollGiven(_Given):
    """Take no more answers."""

    act: Literal["close_poll"]
    poll: Name


class BreakGiven(_Given):
    """Nobody talks for so many minutes."""

    act: Literal["break"]
    minutes: Minutes


class ResumeGiven(_Given):
    """Go on after a break."""

    act: Literal["resume"]


class AskConsentGiven(_Given):
    """Ask everybody to agree; who agreed before is asked again."""

    act: Literal["ask_consent"]
    what: Consent


class TakeLeadGiven(_Given):
    """Lead from here on, in place of another facilitator."""

    act: Literal["take_lead"]


class ShowCardGiven(_Given):
    """Put an anonymous card on the board."""

    act: Literal["show_card"]
    card: Annotated[str, Field(min_length=1, max_length=100)]


_Led = GoGiven | StretchGiven | ShowGiven | GroundRuleGiven | LowerGiven | PollGiven | ClosePollGiven
_LedToo = BreakGiven | ResumeGiven | AskConsentGiven | TakeLeadGiven
_Leading = _Led | _LedToo


class LedGiven(RootModel[Annotated[_Leading | ShowCardGiven, Field(discriminator="act")]]):
    """What who leads does."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"act": "step", "box": "timeline"}]})


class BoxGiven(_Given):
    """A part of the agenda with its minutes."""

    key: Annotated[str, Field(min_length=1, max_length=100)]
    step: AgendaStep
    title: Annotated[str, Field(min_length=1, max_length=200)]
    minutes: Minutes
    aims: Annotated[list[Few], Field(max_length=10)] = Field(default_factory=list)


class StartGiven(BaseModel):
    """How to begin; what is left out comes from the plan of the meeting."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}]})

    title: Name = ""
    rule: Annotated[str, Field(max_length=MOST_WORDS)] = ""
    boxes: Annotated[list[BoxGiven], Field(max_length=MOST_BOXES)] = Field(default_factory=list)


@dataclass(frozen=True)
class RoomDone:
    """The event's place in the room's log, which holds it durably."""

    seq: int
    at: datetime


@ROUTER.get("/room", responses=gives(RoomSeen, FINDS))
def room(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """The room of the last meeting as you see it; `number` 0 = no meeting was begun.

    The channel `/incidents/{incident}/meeting/room` (WebSocket) tells the same: `welcome` with all parts, then `room`
    with those that changed, `here` with who is present, and `rights` where your role there has changed.
    """
    return json_answer(request, see_room(visit.actor, visit.world, incident))


@ROUTER.post("/start", status_code=201, responses=gives(RoomDone, CHANGES, 201, "The meeting has begun."))
def start(visit: Changing, incident: IncidentId, given: StartGiven) -> Response:
    """Begin the next meeting, as its plan says where nothing else is given."""
    boxes = tuple(Box(one.key, one.step, one.title, one.minutes, tuple(one.aims)) for one in given.boxes)
    begun = start_meeting(visit.actor, visit.world, incident, Asked(given.title, given.rule, boxes))
    return _done(begun.seq, begun.at, 201)


@ROUTER.post("/said", responses=gives(RoomDone, CHANGES, meaning="It is on disk, and all in the room are told."))
def said(visit: Changing, incident: IncidentId, given: SaidGiven) -> Response:
    """Raise a hand, vote, write into the room, agree, take an action on."""
    if isinstance(given.root, AnswerGiven):  # which the plan has to know as well
        say_so = answer_look if given.root.verifying else answer
        answered = say_so(visit.actor, visit.world, incident, (given.root.item, given.root.yes, ""))
        return _done(answered.seq, answered.at, 200)
    return _happen(visit, incident, _event_said(given.root, visit.actor))


@ROUTER.post("/led", responses=gives(RoomDone, CHANGES, meaning="It is on disk, and all in the room are told."))
def led(visit: Changing, incident: IncidentId, given: LedGiven) -> Response:
    """Lead the room: steps and minutes, the event under discussion, the rule, the word, polls, breaks, cards."""
    if isinstance(given.root, ShowCardGiven):
        shown = show_card(visit.actor, visit.world, incident, given.root.card)
        return _done(shown.seq, shown.at, 200)
    return _happen(visit, incident, _event_led(given.root))


@ROUTER.post("/end", responses=gives(RoomDone, CHANGES, meaning="The meeting is over."))
def end(visit: Changing, incident: IncidentId) -> Response:
    """End the meeting that is on."""
    ended = end_meeting(visit.actor, visit.world, incident)
    return _done(ended.seq, ended.at, 200)


@ROUTER.websocket("/room")
async def watch(socket: WebSocket, incident: str) -> None:
    """The room as it changes. The guard has looked at host, origin and cookie."""
    state = socket.app.state
    visitor = socket.state.visitor
    if not await run_in_threadpool(may_follow, visitor.actor, state.world, incident):
        await socket.close(NOT_ALLOWED)  # before it was accepted: the handshake is refused
        return
    await run_in_threadpool(state.world.audit.looked, incident)
    await watch_room(socket, state.rooms, Guest(incident, visitor.actor, visitor.secret))


def _event_said(given: _Plain, actor: Actor) -> RoomEvent:
    match given:
        case HandGiven():
            return HandRaised(given.about) if given.up else HandLowered(actor.id)
        case BallotGiven():
            return Voted(given.poll, given.choice)
        case TellGiven():
            return Told(given.id, given.text, given.about)
        case ConsentGiven():
            return Consented(given.what, given.yes)


def _event_led(given: _Leading) -> RoomEvent:
    match given:
        case GoGiven():
            return StepBegan(given.box)
        case StretchGiven():
            return BoxStretched(given.box, given.minutes)
        case ShowGiven():
            return Shown(given.subject, given.place, given.of)
        case GroundRuleGiven():
            return RuleShown(given.text)
        case LowerGiven():
            return HandLowered(given.whose)
        case PollGiven():
            return PollOpened(given.id, given.question, tuple(given.choices))
        case ClosePollGiven():
            return PollClosed(given.poll)
        case BreakGiven():
            return BreakBegan(given.minutes)
        case ResumeGiven():
            return BreakEnded()
        case AskConsentGiven():
            return ConsentAsked(given.what)
        case TakeLeadGiven():
            return LeadTaken()


def _happen(visit: Visit, incident: str, event: RoomEvent) -> Response:
    happened = happen(visit.actor, visit.world, incident, event)
    return _done(happened.seq, happened.at, 200)


def _done(seq: int, at: datetime, status: int) -> Response:
    return Response(canonical_json(RoomDone(seq, at)), status, media_type=JSON)
