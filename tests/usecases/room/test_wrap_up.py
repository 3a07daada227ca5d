"""The end of a meeting: what lacks something is listed, the closing words are short, the pulse stays anonymous."""

from dataclasses import replace
from datetime import timedelta

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.anonymous import InputKind, Score
from secondstory.model.conduct import Step
from secondstory.model.conversation import AgendaStep
from secondstory.model.decision import ContributionKind
from secondstory.model.people import Member
from secondstory.model.room import Box, Ended, ItemKind, Joined, Shown, Started
from secondstory.ports import World
from secondstory.usecases.amend_timeline import toggle
from secondstory.usecases.cards import put_scores
from secondstory.usecases.conduct import conduct_of
from secondstory.usecases.room.capture import Capture, capture
from secondstory.usecases.room.log import begin, happen
from secondstory.usecases.room.minutes import settle
from secondstory.usecases.room.sentence import Sentence
from secondstory.usecases.room.summary import remind_of_summaries, send_summary, summary_of
from secondstory.usecases.room.wrap_up import pulse_of, wrap_up
from secondstory.usecases.timeline_now import amended
from secondstory.wiring import coach

from ..conftest import only_incident

AGENDA = (Box("actions", AgendaStep.ACTIONS, "Action items", 10),)
ALOUD = 170  # words in a minute, at most


class Later:
    """A clock that stands at one time."""

    def __init__(self, world: World, hours: float) -> None:
        self._now = world.clock.now() + timedelta(hours=hours)

    def now(self):  # type: ignore[no-untyped-def]  # as the port has it
        return self._now


def held(world: World) -> str:
    incident_id = only_incident(world).id
    for token in ("responder-1", "responder-2"):
        world.members.save(Member(incident_id, token, Role.RESPONDER, world.clock.now()))
    begin(LOCAL_OWNER, world, incident_id, Started("Outage", AGENDA, "What and how."))
    first, second = (one.key for one in amended(world, incident_id)[1].events[:2])
    for key in (first, second):
        toggle(LOCAL_OWNER, world, incident_id, key, (ContributionKind.STAR, True))
    happen(LOCAL_OWNER, world, incident_id, Shown(first))
    for token in ("responder-1", "responder-2"):
        there = Actor(token, roles=((incident_id, Role.RESPONDER),))
        happen(there, world, incident_id, Joined(Role.RESPONDER))
    said = ("responder-1 adds a pool alert in two weeks", "someone should cap the retries by 2099-01-05")
    for place, text in enumerate(said):
        capture(LOCAL_OWNER, world, incident_id, Capture(f"c{place}", Sentence(ItemKind.ACTION, text)), coach().judge)
    decided = Capture("c9", Sentence(ItemKind.DECISION, "We keep the runbook step"))
    capture(LOCAL_OWNER, world, incident_id, decided, coach().judge)
    return incident_id


def test_what_is_open_is_listed_and_the_closing_words_are_short(own_world: World) -> None:
    incident_id = held(own_world)
    found = wrap_up(LOCAL_OWNER, own_world, incident_id)
    assert [one.discussed for one in found.coverage if one.stars] == [True, False]
    assert [one.lacks[0] for one in found.open_actions] == ["owner_asked", "owner_nobody"]
    assert sum(len(one.split()) for one in found.closing) <= ALOUD
    assert "We keep the runbook step" in " ".join(found.closing)


def test_a_pulse_is_told_from_three_answers_on(own_world: World) -> None:
    incident_id = only_incident(own_world).id
    for count in (1, 2, 3):
        put_scores(LOCAL_OWNER, own_world, incident_id, (Score("fair", 4),), InputKind.PULSE)
        (fair, new, _) = pulse_of(LOCAL_OWNER, own_world, incident_id)
        assert fair.answers == count
        assert fair.counts == ((0, 0, 0, 3, 0) if count == 3 else ())
        assert new.counts == ()


def test_the_summary_goes_out_once_and_a_forgotten_one_is_reminded_of_twice(own_world: World) -> None:
    incident_id = held(own_world)
    happen(LOCAL_OWNER, own_world, incident_id, Ended())
    between = summary_of(LOCAL_OWNER, own_world, incident_id)  # all were told of the end, its minutes are not kept yet
    settle(LOCAL_OWNER, own_world, incident_id)
    kept = summary_of(LOCAL_OWNER, own_world, incident_id)
    assert [text for kind, text in between.parts if kind == "ul"] == [text for kind, text in kept.parts if kind == "ul"]
    own_world.addresses.save(LOCAL_OWNER.id, "lead@example.org")
    told = dict.fromkeys(kind for kind, _ in summary_of(LOCAL_OWNER, own_world, incident_id).parts)
    assert next(iter(told)) == "h"
    words = str(summary_of(LOCAL_OWNER, own_world, incident_id).parts)
    for expected in ("We keep the runbook step", "responder-1 (asked)", "without an owner yet"):
        assert expected in words

    running = conduct_of(LOCAL_OWNER, own_world, incident_id)
    assert running.clock is None or running.clock.waits_for is Step.SUMMARY
    counts = [remind_of_summaries(LOCAL_OWNER, replace(own_world, clock=Later(own_world, hours))) for hours in (1, 13)]
    again = remind_of_summaries(LOCAL_OWNER, replace(own_world, clock=Later(own_world, 14)))
    assert (*counts, again) == (0, 1, 0)

    for _ in range(2):
        sent = send_summary(LOCAL_OWNER, own_world, incident_id)
    assert [one.to for one in sent.letters] == [LOCAL_OWNER.id]
    assert remind_of_summaries(LOCAL_OWNER, replace(own_world, clock=Later(own_world, 21))) == 0
