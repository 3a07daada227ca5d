"""Actions that people agreed on: written, owned, dated, and taken from open to effective."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from secondstory.model.action_state import ActionState
from secondstory.model.plan_said import MOST_ANSWERS, MOST_WORDS
from secondstory.model.remedy import ActionKind, Area, Strength
from secondstory.usecases import actions as use
from secondstory.usecases.action_verifier import answer_verifying, ask_no_verifier, ask_verifier
from secondstory.usecases.calendar import action_calendar
from secondstory.usecases.plan import Planned
from secondstory.web.declared import CHANGES, FINDS, gives, gives_text
from secondstory.web.given import Day
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.routes.plan import ICS, MOST_KEY, Key, calendar_answer, plan_now
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(prefix="/incidents/{incident}/plan/actions", tags=["plan"])
MOST_TEXT = 2000
ActionName = Annotated[str, Path(max_length=200, description="Its label, such as A3.")]


class ActionGiven(BaseModel):
    """An action; what is left out stays as the proposal or the action says. `answers` are factors and lessons."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "The release check refuses `release_on_cancel=false`.",
                    "kind": "prevent",
                    "strength": "stronger",
                    "answers": ["F1"],
                    "criterion": "The old setting is planted once; the check refuses it within 60 s.",
                }
            ]
        },
    )

    title: str | None = Field(None, max_length=MOST_WORDS)
    kind: ActionKind | None = None
    area: Area | None = None
    strength: Strength | None = None
    strength_why: str | None = Field(None, max_length=MOST_TEXT)
    answers: Annotated[list[Key], Field(max_length=MOST_ANSWERS)] | None = None
    criterion: str | None = Field(None, max_length=MOST_TEXT)
    team: str | None = Field(None, max_length=200)

    def written(self) -> use.Written:
        """As the use case takes it."""
        answers = tuple(self.answers) if self.answers is not None else None
        told = (self.title, self.kind, self.area, self.strength, self.strength_why)
        return use.Written(*told, answers, self.criterion, self.team)


class ActionAdded(ActionGiven):
    """A new action; with `proposal` it begins with what that says."""

    proposal: str = Field("", max_length=MOST_KEY)


class OwnerGiven(BaseModel):
    """Who is asked to take it on; yourself, and it is taken on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"owner": "responder-2"}]})

    owner: str = Field(min_length=1, max_length=200)


class OwnershipAnswered(BaseModel):
    """One's own answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"accept": True, "why": ""}]})

    accept: StrictBool
    why: str = Field("", max_length=MOST_WORDS)


class VerifierGiven(BaseModel):
    """Who is asked to look whether it works, not its owner; yourself, and you do."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"verifier": "responder-2"}]})

    verifier: str = Field(min_length=1, max_length=200)


class DueGiven(BaseModel):
    """Another day, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"due": "2026-12-18", "why": "The driver is out on the 15th."}]}
    )

    due: Day
    why: str = Field("", max_length=MOST_WORDS)


class StepGiven(BaseModel):
    """The next step; verified and effective need what was seen, and somebody who is not the owner."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"progress": "implemented", "why": ""}]})

    progress: ActionState
    why: str = Field("", max_length=MOST_TEXT)


@ROUTER.post("", status_code=201, responses=gives(Planned, CHANGES, 201, "It is agreed."))
def add(visit: Changing, incident: IncidentId, given: ActionAdded) -> Response:
    """Agree an action, free or from a proposal; it is due by the policy of the incident's severity."""
    use.add_action(visit.actor, visit.world, incident, given.written(), given.proposal)
    return plan_now(visit, incident, 201)


@ROUTER.get("/{action}/calendar.ics", response_class=Response, responses=gives_text(ICS, FINDS))
def entry(request: Request, visit: Reading, incident: IncidentId, action: ActionName) -> Response:
    """The action as an entry for a calendar; another day, fetched again, moves it."""
    return calendar_answer(request, action_calendar(visit.actor, visit.world, incident, action), "action")


@ROUTER.put("/{action}", responses=gives(Planned, CHANGES, meaning="It reads so now; what it said before is kept."))
def edit(visit: Changing, incident: IncidentId, action: ActionName, given: ActionGiven) -> Response:
    """Write an action anew."""
    use.edit_action(visit.actor, visit.world, incident, action, given.written())
    return plan_now(visit, incident, 200)


@ROUTER.put("/{action}/owner", responses=gives(Planned, CHANGES, meaning="They are asked, or you took it on."))
def owner(visit: Changing, incident: IncidentId, action: ActionName, given: OwnerGiven) -> Response:
    """Ask somebody to take an action on, or take it on yourself."""
    use.propose_owner(visit.actor, visit.world, incident, action, given.owner)
    return plan_now(visit, incident, 200)


@ROUTER.delete("/{action}/owner", responses=gives(Planned, CHANGES, meaning="Nobody is asked to own it now."))
def no_owner(visit: Changing, incident: IncidentId, action: ActionName) -> Response:
    """Take an action back from whoever was asked to own it, or took it on; the history keeps both."""
    use.ask_no_owner(visit.actor, visit.world, incident, action)
    return plan_now(visit, incident, 200)


@ROUTER.post("/{action}/ownership", status_code=201, responses=gives(Planned, CHANGES, 201, "Your answer holds."))
def ownership(visit: Changing, incident: IncidentId, action: ActionName, given: OwnershipAnswered) -> Response:
    """Take on or decline what you were asked to own."""
    use.answer_ownership(visit.actor, visit.world, incident, action, (given.accept, given.why))
    return plan_now(visit, incident, 201)


@ROUTER.put("/{action}/verifier", responses=gives(Planned, CHANGES, meaning="They are asked, or you said you look."))
def verifier(visit: Changing, incident: IncidentId, action: ActionName, given: VerifierGiven) -> Response:
    """Ask somebody who does not own it to look whether it works, or offer to look yourself."""
    ask_verifier(visit.actor, visit.world, incident, action, given.verifier)
    return plan_now(visit, incident, 200)


@ROUTER.delete("/{action}/verifier", responses=gives(Planned, CHANGES, meaning="Nobody is asked to look now."))
def no_verifier(visit: Changing, incident: IncidentId, action: ActionName) -> Response:
    """Take back whoever was asked to look whether it works, or said they would; the history keeps both."""
    ask_no_verifier(visit.actor, visit.world, incident, action)
    return plan_now(visit, incident, 200)


@ROUTER.post("/{action}/verifying", status_code=201, responses=gives(Planned, CHANGES, 201, "Your answer holds."))
def verifying(visit: Changing, incident: IncidentId, action: ActionName, given: OwnershipAnswered) -> Response:
    """Say whether you look if it works, where you were asked."""
    answer_verifying(visit.actor, visit.world, incident, action, (given.accept, given.why))
    return plan_now(visit, incident, 201)


@ROUTER.put("/{action}/due", responses=gives(Planned, CHANGES, meaning="It is due then."))
def due(visit: Changing, incident: IncidentId, action: ActionName, given: DueGiven) -> Response:
    """Move the date, with a reason."""
    use.move_due(visit.actor, visit.world, incident, action, (given.due, given.why))
    return plan_now(visit, incident, 200)


@ROUTER.put("/{action}/progress", responses=gives(Planned, CHANGES, meaning="It stands there now."))
def progress(visit: Changing, incident: IncidentId, action: ActionName, given: StepGiven) -> Response:
    """Take an action a step on."""
    use.advance(visit.actor, visit.world, incident, action, (given.progress, given.why))
    return plan_now(visit, incident, 200)
