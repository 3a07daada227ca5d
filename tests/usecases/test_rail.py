"""The rail of a live meeting: what it hears, what a facilitator does with it, and that nothing of it stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import BadInput, Conflict, NotAllowed
from secondstory.model.hearing import RailAct
from secondstory.model.room import (
    Box,
    Consent,
    ConsentAsked,
    Consented,
    Ended,
    HandLowered,
    HandRaised,
    Joined,
    Started,
    StepBegan,
    Told,
)
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Channel
from secondstory.ports import World
from secondstory.sources.reading.meetings import transcript_of
from secondstory.sources.reading.roles import roles_given
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.log import begin, happen
from secondstory.usecases.room.rail_view import RailView, act_on, rail_of, said_rule
from secondstory.wiring import open_world

MEETING = Path(__file__).parents[2] / "examples" / "meetings" / "pool-exhaustion.vtt"
BOXES = (
    Box("open", AgendaStep.OPENING, "Opening", 5),
    Box("time", AgendaStep.TIMELINE, "Timeline of events", 20),
    Box("causes", AgendaStep.CAUSES, "Root-cause analysis", 15),
)


@pytest.fixture
def world(own_demo_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        yield world


@pytest.fixture
def incident(world: World) -> str:
    one = world.incidents.visible_to(LOCAL_OWNER)[0].id
    begin(LOCAL_OWNER, world, one, Started("Post-mortem", BOXES, "We ask how."))
    return one


@dataclass
class Hands:
    """A clock that stands where it is set."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def member(incident: str, name: str, role: Role) -> Actor:
    return Actor(name, roles=((incident, role),))


def said(*lines: str, start: float = 0.0) -> list[Cue]:
    return [
        Cue(number, start + 5.0 * number, start + 5.0 * number + 4, *line.split(": ", 1))
        for number, line in enumerate(lines, 1)
    ]


def rail(world: World, incident: str) -> RailView:
    return rail_of(LOCAL_OWNER, world, incident)


def test_a_charge_brings_a_card_and_each_used_reply_makes_the_next_one_firmer(world: World, incident: str) -> None:
    steps = []
    for minute in range(4):
        charge = "Emil: Bruno broke it again and he should be held responsible for this outage."
        hear(LOCAL_OWNER, world, incident, said(charge, start=240.0 * minute))
        card = rail(world, incident).card
        assert card is not None
        steps.append(card.replies[card.place].step.value)
        act_on(LOCAL_OWNER, world, incident, RailAct.USED, card.cue)
        assert rail(world, incident).card is None
    assert steps == sorted(steps, key=["nudge", "redirect", "firm", "outside"].index)
    assert steps[-1] in ("firm", "outside") and steps[0] != steps[-1]


def test_what_is_sent_twice_is_heard_once_and_words_in_the_room_are_heard_too(world: World, incident: str) -> None:
    cues = said("Ana: The queue was full.", "Jonas: We saw it at 10:02.")
    assert hear(LOCAL_OWNER, world, incident, cues).heard == 2
    again = hear(LOCAL_OWNER, world, incident, [*cues, *said("Ana: And then it emptied.", start=60)])
    assert (again.heard, again.repeated) == (1, 2)
    happen(LOCAL_OWNER, world, incident, Told("t1", "Whose fault was that? Give me a name."))
    view = rail(world, incident)
    assert view.heard == 4
    assert view.card is not None and view.card.channel is Channel.CHAT
    assert rail(world, incident).heard == 4


def test_a_finding_turned_down_is_gone_for_every_facilitator(world: World, incident: str) -> None:
    other = member(incident, "facilitator-2", Role.FACILITATOR)
    hear(other, world, incident, said("Emil: Somebody should be fired for this outage."))
    card = rail(world, incident).card
    assert card == rail_of(other, world, incident).card is not None
    act_on(other, world, incident, RailAct.NOT_BLAME, card.cue)
    assert rail(world, incident).card is None


def test_nobody_but_who_leads_has_a_rail(world: World, incident: str) -> None:
    for role in (Role.SCRIBE, Role.RESPONDER, Role.EXECUTIVE, Role.OBSERVER):
        guest = member(incident, f"{role.value}-9", role)
        with pytest.raises(NotAllowed):
            rail_of(guest, world, incident)
        with pytest.raises(NotAllowed):
            hear(guest, world, incident, said("Ana: Hello."))


def test_captions_wait_until_everybody_who_came_in_has_agreed(world: World, incident: str) -> None:
    guest = member(incident, "responder-2", Role.RESPONDER)
    happen(guest, world, incident, Joined(Role.RESPONDER))
    with pytest.raises(Conflict, match="nobody has asked"):
        hear(LOCAL_OWNER, world, incident, said("Ana: Hello."))
    happen(LOCAL_OWNER, world, incident, ConsentAsked(Consent.CAPTIONS))
    with pytest.raises(Conflict, match="responder-2"):
        hear(LOCAL_OWNER, world, incident, said("Ana: Hello."))
    assert rail(world, incident).waits_for == ("responder-2",)
    happen(guest, world, incident, Consented(Consent.CAPTIONS, yes=True))
    assert hear(LOCAL_OWNER, world, incident, said("Ana: Hello.")).heard == 1
    happen(guest, world, incident, Consented(Consent.CAPTIONS, yes=False))
    with pytest.raises(Conflict, match="responder-2"):
        hear(LOCAL_OWNER, world, incident, said("Ana: And more.", start=60))


def test_the_ground_rule_comes_in_new_words_at_each_step_and_after_heat(world: World, incident: str) -> None:
    texts = []
    for box in ("open", "time", "causes", "time"):
        happen(LOCAL_OWNER, world, incident, StepBegan(box))
        rule = rail(world, incident).rule
        if rule is not None:
            texts.append(rule.text)
            said_rule(LOCAL_OWNER, world, incident, rule.key)
        assert rail(world, incident).rule is None
    assert len(texts) == len(set(texts)) == 3  # a step that is gone back to was told already
    hear(LOCAL_OWNER, world, incident, said("Emil: Bruno broke it, he should be fired for that."))
    heat = rail(world, incident).rule
    assert heat is not None and heat.text not in texts and "charge" in heat.why


def test_the_rule_is_for_who_comes_in_later_and_not_for_who_comes_with_the_begin(world: World, incident: str) -> None:
    begun = world.clock.now()
    soon, later = (replace(world, clock=Hands(begun + timedelta(seconds=after))) for after in (30, 300))
    happen(LOCAL_OWNER, soon, incident, StepBegan("time"))
    first = rail(soon, incident).rule
    assert first is not None
    said_rule(LOCAL_OWNER, soon, incident, first.key)
    happen(member(incident, "responder-2", Role.RESPONDER), soon, incident, Joined(Role.RESPONDER))
    assert rail(soon, incident).rule is None
    happen(member(incident, "responder-3", Role.RESPONDER), later, incident, Joined(Role.RESPONDER))
    again = rail(later, incident).rule
    assert again is not None and "later" in again.why


def test_a_quiet_responder_is_invited_to_a_place_on_the_record(world: World, incident: str) -> None:
    guest = member(incident, "responder-6", Role.RESPONDER)
    happen(guest, world, incident, Joined(Role.RESPONDER))
    happen(LOCAL_OWNER, world, incident, ConsentAsked(Consent.CAPTIONS))
    happen(guest, world, incident, Consented(Consent.CAPTIONS, yes=True))
    hear(LOCAL_OWNER, world, incident, said("Ana: The queue was full.", "Jonas: We saw that."))
    voices = rail(world, incident).voices
    assert sum(one.ratio for one in voices.shares) == pytest.approx(1)
    assert voices.quiet is not None and voices.quiet.role == "responder-6"
    assert "haven't heard" not in voices.quiet.text and voices.quiet.text.startswith("responder-6, ")
    happen(LOCAL_OWNER, world, incident, StepBegan("time"))
    assert rail(world, incident).voices.shares == ()


def test_who_writes_or_has_a_hand_up_interrupts_nobody_and_is_not_called_silent(world: World, incident: str) -> None:
    guest = member(incident, "responder-6", Role.RESPONDER)
    happen(guest, world, incident, Joined(Role.RESPONDER))
    happen(LOCAL_OWNER, world, incident, ConsentAsked(Consent.CAPTIONS))
    happen(guest, world, incident, Consented(Consent.CAPTIONS, yes=True))
    happen(guest, world, incident, HandRaised(""))
    hear(LOCAL_OWNER, world, incident, said("Ana: The queue was full and then I wanted to -"))
    assert rail(world, incident).voices.quiet is None
    happen(guest, world, incident, HandLowered("responder-6"))
    assert rail(world, incident).voices.quiet is not None
    happen(guest, world, incident, Told("one", "The queue of orders was what I saw first", ""))
    seen = rail(world, incident)
    assert seen.card is None and seen.waiting == 0
    assert seen.voices.quiet is None and seen.voices.cut is None
    hear(LOCAL_OWNER, world, incident, said("Jonas: The gateway showed errors at that time.", start=60))
    assert rail(world, incident).card is None


def test_after_a_restart_the_rail_is_as_it_was(own_demo_dir: Path) -> None:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        begin(LOCAL_OWNER, world, incident, Started("Post-mortem", BOXES, "We ask how."))
        happen(LOCAL_OWNER, world, incident, StepBegan("causes"))
        people = roles_given(("Ines Keller=facilitator", "Ruth Lindqvist=executive"))
        cues = transcript_of("call.vtt", MEETING.read_bytes()).cues
        hear(LOCAL_OWNER, world, incident, cues[:70], people)
        before = rail(world, incident)
        assert before.card is not None
        act_on(LOCAL_OWNER, world, incident, RailAct.STEP_UP, before.card.cue)
        before = rail(world, incident)
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        assert rail(world, incident) == before
        hear(LOCAL_OWNER, world, incident, cues[70:])
        after = rail(world, incident)
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        assert rail(world, incident) == after


def test_two_processes_hear_one_meeting(own_demo_dir: Path) -> None:
    settings = Settings(data_dir=own_demo_dir)
    with open_world(settings) as one, open_world(settings) as two:
        incident = one.incidents.visible_to(LOCAL_OWNER)[0].id
        begin(LOCAL_OWNER, one, incident, Started("Post-mortem", BOXES, "We ask how."))
        for number, world in enumerate((one, two, two, one)):
            hear(
                LOCAL_OWNER, world, incident, said("Emil: Bruno broke it, and that was careless.", start=240.0 * number)
            )
        assert rail(one, incident) == rail(two, incident)
        assert rail(one, incident).heard == 4


def test_the_end_refuses_what_comes_late(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, said("Ana: The queue was full."))
    happen(LOCAL_OWNER, world, incident, Ended())
    assert not rail(world, incident).is_live
    with pytest.raises(BadInput, match="No meeting is on"):
        hear(LOCAL_OWNER, world, incident, said("Ana: One more thing."))
    assert world.journals_left.left() == ()


def test_fault_of_a_stranger_is_a_finding_and_fault_of_a_service_is_none(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, said("Emil: It was Payments' fault.", "Emil: It was Checkout's mistake."))
    assert rail(world, incident).card is None
    hear(LOCAL_OWNER, world, incident, said("Emil: It was Priyanka's fault.", start=60))
    assert rail(world, incident).card is not None
