"""Before a meeting is closed: who was not heard, and what was asked and not answered; for who leads alone."""

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.anonymous import InputKind
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import NotAllowed
from secondstory.model.hearing import RailAct
from secondstory.model.room import (
    Box,
    Consent,
    ConsentAsked,
    Consented,
    HandRaised,
    ItemKind,
    Joined,
    Started,
    Told,
)
from secondstory.model.transcript import Cue
from secondstory.ports import World
from secondstory.usecases.cards import put_card
from secondstory.usecases.room.before_closing import BeforeClosing, before_closing
from secondstory.usecases.room.capture import Capture, answer, capture
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.lead import end_meeting
from secondstory.usecases.room.log import begin, happen
from secondstory.usecases.room.rail_view import act_on
from secondstory.usecases.room.sentence import Sentence
from secondstory.wiring import coach

from ..conftest import only_incident

AGENDA = (Box("actions", AgendaStep.ACTIONS, "Action items", 10),)
QUESTION = "Why wasn't this caught earlier?"
NO_CARD = "Did legal get told on Monday?"


def member(incident: str, token: str) -> Actor:
    return Actor(token, roles=((incident, Role(token.partition("-")[0])),))


def meeting(world: World) -> str:
    """A meeting with five responders and an executive, who agree to captions."""
    incident = only_incident(world).id
    begin(LOCAL_OWNER, world, incident, Started("Outage", AGENDA, "What and how."))
    happen(LOCAL_OWNER, world, incident, ConsentAsked(Consent.CAPTIONS))
    for token in (*(f"responder-{number}" for number in range(1, 6)), "executive-1"):
        there = member(incident, token)
        happen(there, world, incident, Joined(there.role_in(incident)))
        happen(there, world, incident, Consented(Consent.CAPTIONS, yes=True))
    return incident


def said(world: World, incident: str, *lines: tuple[str, str]) -> None:
    hear(
        LOCAL_OWNER, world, incident, [Cue(n, 60.0 * n, 60.0 * n + 4, who, text) for n, (who, text) in enumerate(lines)]
    )


def now(world: World, incident: str) -> BeforeClosing:
    return before_closing(LOCAL_OWNER, world, incident)


def test_whoever_spoke_wrote_told_or_took_something_on_was_heard(own_world: World) -> None:
    incident = meeting(own_world)
    assert [one.role for one in now(own_world, incident).unheard] == [f"responder-{n}" for n in range(1, 6)]
    said(own_world, incident, ("responder-1", "The queue was full."), ("Somebody", "And then it emptied."))
    happen(member(incident, "responder-2"), own_world, incident, Told("t1", "I saw the pool at its limit."))
    account = Sentence(ItemKind.ACCOUNT, "At 10:24 the pool was at its limit", speaker="responder-3")
    capture(LOCAL_OWNER, own_world, incident, Capture("c1", account), coach().judge)
    action = Sentence(ItemKind.ACTION, "responder-4 adds a pool alert in two weeks")
    capture(LOCAL_OWNER, own_world, incident, Capture("c2", action), coach().judge)
    happen(member(incident, "responder-5"), own_world, incident, HandRaised(""))

    found = now(own_world, incident)
    assert [(one.role, one.hand_is_up) for one in found.unheard] == [("responder-5", True), ("responder-4", False)]
    assert (found.captions, found.strangers) == (2, 1), "one of the voices may be whoever counts as not heard"
    assert all(one.ask.startswith(f"{one.role}, ") and one.ask.endswith("?") for one in found.unheard)
    answer(member(incident, "responder-4"), own_world, incident, ("c2", True, ""))
    assert [one.role for one in now(own_world, incident).unheard] == ["responder-5"], "who takes it on has spoken"


def test_a_question_of_an_executive_waits_until_somebody_deals_with_it(own_world: World) -> None:
    incident = meeting(own_world)
    put_card(LOCAL_OWNER, own_world, incident, "The list is long.", InputKind.CARD)
    asked = [("executive-1", QUESTION), ("responder-1", QUESTION), ("executive-1", NO_CARD), ("executive-1", QUESTION)]
    said(own_world, incident, *asked)
    found = now(own_world, incident)
    assert [(one.cue, one.text) for one in found.questions] == [(3, NO_CARD), (4, QUESTION)], "each once"
    assert [bool(one.answer) for one in found.questions] == [False, True]
    assert found.cards == 1

    act_on(LOCAL_OWNER, own_world, incident, RailAct.STEP_UP, 4)
    assert len(now(own_world, incident).questions) == 2, "to look at a firmer reply answers nothing"
    act_on(LOCAL_OWNER, own_world, incident, RailAct.USED, 4)
    act_on(LOCAL_OWNER, own_world, incident, RailAct.USED, 3)
    assert now(own_world, incident).questions == ()


def test_nobody_else_is_told_and_nothing_is_left_after_the_end(own_world: World) -> None:
    incident = meeting(own_world)
    said(own_world, incident, ("executive-1", QUESTION))
    for token in ("responder-1", "executive-1", "scribe-1", "observer-1"):
        with pytest.raises(NotAllowed):
            before_closing(member(incident, token), own_world, incident)
    end_meeting(LOCAL_OWNER, own_world, incident)
    assert now(own_world, incident) == BeforeClosing(False, 0, 0, (), (), 0)
