"""The timeline as people amend it: what they added, edited, merged, hid, marked and told, and clocks they corrected."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool
from starlette.responses import Response

from secondstory.model.amending import MOST_BODY, MOST_TITLE, Edit, Entry, When
from secondstory.model.codec import canonical_json
from secondstory.model.decision import Contribution, ContributionKind, Decision
from secondstory.model.timeline import MilestoneKind
from secondstory.usecases import amend_timeline as use
from secondstory.usecases.correct_clock import SkewPreview, correct_clock, preview_skew
from secondstory.usecases.timeline_now import EntryHistory, TimelineNow, history_of, timeline_now
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, gives
from secondstory.web.given import Time
from secondstory.web.routes.causes import Key, Why
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/timeline", tags=["timeline"])
_MOST_SECONDS = 1e9
_KEPT = gives(Decision, CHANGES, 201, "It is kept, and holds from now on.")
Text = Annotated[str, Field(max_length=MOST_BODY)]
Reason = Annotated[str, Field(min_length=1, max_length=1000)]
Source = Annotated[str, Field(min_length=1, max_length=200)]
Seconds = Annotated[float, Field(ge=-_MOST_SECONDS, le=_MOST_SECONDS, allow_inf_nan=False)]
_CLOSED = ConfigDict(extra="forbid")


class Given(BaseModel):
    """When something was: a time, or an interval, and the IANA zone that it was said in."""

    model_config = _CLOSED

    start: Time
    end: Time | None = None
    zone: str = Field("UTC", max_length=64)


class EventGiven(BaseModel):
    """An event that a person adds. `told_by`: the role token of whose account it is, never a name."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "when": {"start": "2026-11-21T10:52:00Z", "zone": "Europe/Berlin"},
                    "title": "The pool panel was open, scaled to 5,000",
                    "service": "orders",
                    "told_by": "responder-2",
                }
            ]
        },
    )

    when: Given
    title: str = Field(min_length=1, max_length=MOST_TITLE)
    body: Text = ""
    service: str | None = Field(None, max_length=200)
    told_by: str | None = Field(None, max_length=64)


class EventEdited(BaseModel):
    """A new version of an event; what is left out stays as it was, an empty service is no service."""

    model_config = _CLOSED

    event: Key
    when: Given | None = None
    title: str | None = Field(None, min_length=1, max_length=MOST_TITLE)
    body: Text | None = None
    service: str | None = Field(None, max_length=200)
    why: Why = ""


class EventNamed(BaseModel):
    """An event by its key."""

    model_config = _CLOSED

    event: Key


class EventHidden(BaseModel):
    """An event taken out of the account, with why; it is kept."""

    model_config = _CLOSED

    event: Key
    why: Reason


class EventNoted(BaseModel):
    """A remark that stays with an event."""

    model_config = _CLOSED

    event: Key
    text: Annotated[str, Field(min_length=1, max_length=MOST_BODY)]


class EventsMerged(BaseModel):
    """`event` tells the same as `into`, which stays."""

    model_config = _CLOSED

    event: Key
    into: Key
    why: Why = ""


class MessageLinked(BaseModel):
    """A chat message is evidence for an event or a hypothesis."""

    model_config = _CLOSED

    message: Key
    subject: Key
    why: Why = ""


class MilestoneGiven(BaseModel):
    """When a milestone was, as an interval, and the event that shows it."""

    model_config = _CLOSED

    milestone: MilestoneKind
    start: Time
    end: Time
    event: str = Field("", max_length=1000)
    why: Why = ""


class SkewGiven(BaseModel):
    """Seconds to add to every time that a source wrote; 0 takes its correction away."""

    model_config = _CLOSED

    source: Source
    seconds: Annotated[Seconds, Strict()]
    why: Why = ""


class Toggle(StrEnum):
    """What a person can raise on an event."""

    STAR = "star"
    DIG_HERE = "dig_here"


class ToggleGiven(BaseModel):
    """A star or a call to dig here; `on` false takes one's own back."""

    model_config = _CLOSED

    event: Key
    kind: Toggle
    on: StrictBool = True


class AttachedAgain(BaseModel):
    """A decision whose subject is gone, and the event that it speaks of now."""

    model_config = _CLOSED

    decision: Annotated[str, Field(min_length=1, max_length=200)]
    event: Key


@ROUTER.get("", responses=gives(TimelineNow, FINDS))
def amendments(request: Request, visit: Reading, incident: IncidentId) -> Response:
    """What people made of the timeline since its document was written, and what stands beside it."""
    return json_answer(request, timeline_now(visit.actor, visit.world, incident))


@ROUTER.get("/history", responses=gives(EntryHistory, FINDS))
def history(
    request: Request,
    visit: Reading,
    incident: IncidentId,
    event: Annotated[str, Query(min_length=1, max_length=1000, description="The entry's key.")],
) -> Response:
    """Every version of an entry: what was decided about it, by whom and when, newest first."""
    return json_answer(request, history_of(visit.actor, visit.world, incident, event))


@ROUTER.get("/skew", responses=gives(SkewPreview, FINDS))
def skew_preview(
    request: Request,
    visit: Reading,
    incident: IncidentId,
    source: Annotated[str, Query(min_length=1, max_length=200, description="A source, such as alert.")],
    seconds: Annotated[
        float, Query(ge=-_MOST_SECONDS, le=_MOST_SECONDS, allow_inf_nan=False, description="To add to its times.")
    ],
) -> Response:
    """What correcting a source's clock would move, before anybody accepts it."""
    return json_answer(request, preview_skew(visit.actor, visit.world, incident, source, seconds))


@ROUTER.post("/events", status_code=201, responses=_KEPT)
def add(visit: Changing, incident: IncidentId, given: EventGiven) -> Response:
    """Add an event, or the account that a person told."""

    def entry() -> Entry:
        return Entry(_when(given.when), given.title, given.body, given.service or None, given.told_by or None)

    return _kept(use.add_event(visit.actor, visit.world, incident, entry))


@ROUTER.post("/edits", status_code=201, responses=_KEPT)
def edit(visit: Changing, incident: IncidentId, given: EventEdited) -> Response:
    """A new version of an event; the earlier ones stay in its history."""

    def changed() -> Edit:
        when = _when(given.when) if given.when is not None else None
        return Edit(when, given.title, given.body, given.service)

    return _kept(use.edit_event(visit.actor, visit.world, incident, given.event, changed, given.why))


@ROUTER.post("/confirmations", status_code=201, responses=_KEPT)
def confirm(visit: Changing, incident: IncidentId, given: EventNamed) -> Response:
    """Confirm one's own account; nobody else can."""
    return _kept(use.confirm_event(visit.actor, visit.world, incident, given.event))


@ROUTER.post("/hidden", status_code=201, responses=_KEPT)
def hide(visit: Changing, incident: IncidentId, given: EventHidden) -> Response:
    """Take an event out of the account, with why."""
    return _kept(use.hide_event(visit.actor, visit.world, incident, given.event, given.why))


@ROUTER.post("/merges", status_code=201, responses=_KEPT)
def merge(visit: Changing, incident: IncidentId, given: EventsMerged) -> Response:
    """Say that two entries tell the same. Taking the decision back splits them again."""
    return _kept(use.merge_events(visit.actor, visit.world, incident, (given.event, given.into), given.why))


@ROUTER.post("/notes", status_code=201, responses=_KEPT)
def note(visit: Changing, incident: IncidentId, given: EventNoted) -> Response:
    """Leave a remark that stays with an event."""
    return _kept(use.note_event(visit.actor, visit.world, incident, given.event, given.text))


@ROUTER.post("/links", status_code=201, responses=_KEPT)
def link(visit: Changing, incident: IncidentId, given: MessageLinked) -> Response:
    """Link a chat message as evidence for an event or a hypothesis."""
    return _kept(use.link_message(visit.actor, visit.world, incident, (given.message, given.subject), given.why))


@ROUTER.post("/milestones", status_code=201, responses=_KEPT)
def mark(visit: Changing, incident: IncidentId, given: MilestoneGiven) -> Response:
    """Say when a milestone was, and which event shows it."""
    marked = use.MilestoneMark(given.milestone, given.start, given.end, given.event, given.why)
    return _kept(use.mark_milestone(visit.actor, visit.world, incident, marked))


@ROUTER.post("/skews", status_code=201, responses=_KEPT)
def correct(visit: Changing, incident: IncidentId, given: SkewGiven) -> Response:
    """Correct the clock of a source."""
    return _kept(correct_clock(visit.actor, visit.world, incident, (given.source, given.seconds), given.why))


@ROUTER.post("/toggles", status_code=201, responses=gives(Contribution, CHANGES, 201, "It counts."))
def toggle(visit: Changing, incident: IncidentId, given: ToggleGiven) -> Response:
    """Star an event, ask to dig here, or take one's own back."""
    raised = ContributionKind(given.kind.value), given.on
    said = use.toggle(visit.actor, visit.world, incident, given.event, raised)
    return Response(canonical_json(said), 201, media_type=JSON)


@ROUTER.post("/reattached", status_code=201, responses=_KEPT)
def attach(visit: Changing, incident: IncidentId, given: AttachedAgain) -> Response:
    """Let a decision whose subject is gone speak of another event."""
    return _kept(use.attach_again(visit.actor, visit.world, incident, (given.decision, given.event)))


@ROUTER.delete("/decisions/{said}", responses=gives(Decision, CHANGES))
def take_back(visit: Changing, incident: IncidentId, said: Annotated[str, Path(max_length=200)]) -> Response:
    """Take back a decision on the timeline; the ledger keeps both."""
    return Response(canonical_json(use.take_back(visit.actor, visit.world, incident, said)), 200, media_type=JSON)


def _when(given: Given) -> When:
    return When(given.start, given.end or given.start, given.zone)


def _kept(decision: Decision) -> Response:
    return Response(canonical_json(decision), 201, media_type=JSON)
