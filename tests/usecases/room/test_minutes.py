"""A meeting that ends leaves minutes in every form of the document, starts the next clock, and forgets the votes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.conduct import Step
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import Unavailable
from secondstory.model.room import (
    Box,
    Ended,
    Happened,
    ItemKind,
    Joined,
    PollOpened,
    Shown,
    Started,
    StepBegan,
    Told,
    Voted,
)
from secondstory.ports import RoomLog, World
from secondstory.sources.reading.meetings import transcript_of
from secondstory.stages.report import minutes_text
from secondstory.usecases.analyse import analyse
from secondstory.usecases.conduct import conduct_of
from secondstory.usecases.export_report import export_report
from secondstory.usecases.freshness import freshness
from secondstory.usecases.read import document_of
from secondstory.usecases.replay import replay
from secondstory.usecases.room.capture import Capture, capture
from secondstory.usecases.room.hearsay import minutes_heard
from secondstory.usecases.room.lead import Asked, end_meeting, start_meeting
from secondstory.usecases.room.log import begin, happen, room_of
from secondstory.usecases.room.minutes import settle, settle_all
from secondstory.usecases.room.sentence import Sentence
from secondstory.usecases.text import read_text
from secondstory.wiring import coach

from ..conftest import only_incident

EXAMPLE = Path(__file__).parents[3] / "examples" / "meetings" / "pool-exhaustion.vtt"
AGENDA = (
    Box("timeline", AgendaStep.TIMELINE, "Timeline of events", 20),
    Box("actions", AgendaStep.ACTIONS, "Action items", 10),
)
DAYS = ["2026-11-19", "2026-11-27", "2026-11-20", "2026-11-27"]
"""Of the four actions in the captions, in their order."""
SAID = (
    (ItemKind.ACTION, "I add an alert on pool in use by 2099-01-05"),
    (ItemKind.DECISION, "We keep the runbook step and look at the pool first"),
    (ItemKind.PARKED, "Who may page the payments side"),
    (ItemKind.EVIDENCE, "What did the pods log from 10:24 to 10:31?"),
)


@dataclass
class Dying:
    """A log whose process dies before it is reduced."""

    log: RoomLog

    def append(self, incident_id: str, number: int, happened: Happened) -> bool:
        return self.log.append(incident_id, number, happened)

    def since(self, incident_id: str, number: int, seq: int) -> tuple[Happened, ...]:
        return self.log.since(incident_id, number, seq)

    def reduce(self, incident_id: str, number: int, stays: tuple[Happened, ...]) -> None:
        raise Unavailable(f"{incident_id} {number}: {len(stays)} events", "")


def held(world: World) -> str:
    """A meeting with a little of everything, not ended yet."""
    incident_id = only_incident(world).id
    begin(LOCAL_OWNER, world, incident_id, Started("Outage", AGENDA, "What and how."))
    happen(LOCAL_OWNER, world, incident_id, Joined(None))
    happen(LOCAL_OWNER, world, incident_id, StepBegan("actions"))
    happen(LOCAL_OWNER, world, incident_id, Shown("event/x"))
    happen(LOCAL_OWNER, world, incident_id, Told("t1", "A message of the moment"))
    happen(LOCAL_OWNER, world, incident_id, PollOpened("p1", "Are we confident?", ("yes", "not yet")))
    happen(LOCAL_OWNER, world, incident_id, Voted("p1", 0))
    for place, (kind, text) in enumerate(SAID):
        given = Capture(f"c{place}", Sentence(kind, text, speaker=LOCAL_OWNER.id))
        capture(LOCAL_OWNER, world, incident_id, given, coach().judge)
    return incident_id


def text_now(world: World, incident_id: str) -> str:
    (file,) = export_report(LOCAL_OWNER, world, incident_id, ("markdown",))
    return file.data.decode()


def test_the_document_has_the_minutes_as_soon_as_the_meeting_ends(own_world: World) -> None:
    incident_id = held(own_world)
    assert "No post-mortem meeting was held" in text_now(own_world, incident_id)
    stored = document_of(LOCAL_OWNER, own_world, incident_id, "report").hash

    end_meeting(LOCAL_OWNER, own_world, incident_id)

    assert document_of(LOCAL_OWNER, own_world, incident_id, "report").hash == stored  # no analysis was made
    told = text_now(own_world, incident_id)
    assert "No post-mortem meeting was held" not in told
    assert "nobody has confirmed this" not in told
    for words in (
        "We keep the runbook step",
        "Who may page",
        "What did the pods log",
        "Are we confident? fewer than three",
    ):
        assert words in told
    assert "| Add an alert on pool in use | owner | 2099-01-05 |" in told
    for form in export_report(LOCAL_OWNER, own_world, incident_id, ("html", "json", "pdf")):
        assert form.name.endswith("pdf") or b"runbook step and look at the pool" in form.data

    done = conduct_of(LOCAL_OWNER, own_world, incident_id).step(Step.MEETING).done
    meeting = own_world.meetings.of(incident_id)[-1]
    assert done == meeting.ended_at
    assert settle(LOCAL_OWNER, own_world, incident_id) == meeting  # twice is once


def test_votes_and_messages_are_gone_and_the_board_stays(own_world: World) -> None:
    incident_id = held(own_world)
    end_meeting(LOCAL_OWNER, own_world, incident_id)
    room = room_of(LOCAL_OWNER, own_world, incident_id)
    assert (room.polls, room.told) == ((), ())
    assert len(room.board) == len(SAID)
    log = own_world.room_log.since(incident_id, 1, 0)
    assert [one.seq for one in log] == list(range(1, len(log) + 1))
    assert not any(isinstance(one.event, Voted | Told | PollOpened) for one in log)
    assert isinstance(log[-1], Happened)
    assert isinstance(log[-1].event, Ended)


def test_minutes_that_a_dead_process_left_undone_are_made_by_the_chores(own_world: World) -> None:
    incident_id = held(own_world)
    happen(LOCAL_OWNER, own_world, incident_id, Ended())
    assert settle_all(LOCAL_OWNER, own_world) == 1
    assert settle_all(LOCAL_OWNER, own_world) == 0
    assert own_world.meetings.of(incident_id)[-1].record is not None


def test_what_a_process_that_died_after_the_minutes_left_is_forgotten_by_the_chores(own_world: World) -> None:
    incident_id = held(own_world)
    with pytest.raises(Unavailable):
        end_meeting(LOCAL_OWNER, replace(own_world, room_log=Dying(own_world.room_log)), incident_id)
    assert own_world.meetings.of(incident_id)[-1].record is not None
    assert settle_all(LOCAL_OWNER, own_world) == 1
    log = own_world.room_log.since(incident_id, 1, 0)
    assert log and not any(isinstance(one.event, Voted | Told | PollOpened) for one in log)
    assert settle_all(LOCAL_OWNER, own_world) == 0


def test_a_meeting_that_a_dead_process_left_is_settled_though_the_next_one_has_begun(own_world: World) -> None:
    incident_id = held(own_world)
    happen(LOCAL_OWNER, own_world, incident_id, Ended())  # and died
    begin(LOCAL_OWNER, own_world, incident_id, Started("Again", AGENDA, "What and how."))
    happen(LOCAL_OWNER, own_world, incident_id, Told("m2", "Where did we stop?"))
    assert (settle_all(LOCAL_OWNER, own_world), settle_all(LOCAL_OWNER, own_world)) == (1, 0)
    first, second = own_world.meetings.of(incident_id)
    assert first.record is not None and first.record.decisions == (SAID[1][1],)
    assert not any(isinstance(one.event, Voted | Told) for one in own_world.room_log.since(incident_id, 1, 0))
    room = room_of(LOCAL_OWNER, own_world, incident_id)
    assert second.is_live and room.number == 2 and [one.text for one in room.told] == ["Where did we stop?"]


def test_who_begins_the_next_meeting_settles_what_a_dead_process_left_of_the_one_before(own_world: World) -> None:
    incident_id = held(own_world)
    with pytest.raises(Unavailable):
        end_meeting(LOCAL_OWNER, replace(own_world, room_log=Dying(own_world.room_log)), incident_id)
    start_meeting(LOCAL_OWNER, own_world, incident_id, Asked("Again"))
    first, second = own_world.meetings.of(incident_id)
    assert first.is_settled and first.record is not None and second.is_live
    assert settle_all(LOCAL_OWNER, own_world) == 0


def test_the_next_analysis_writes_the_minutes_into_what_it_stores(own_world: World) -> None:
    incident_id = held(own_world)
    end_meeting(LOCAL_OWNER, own_world, incident_id)
    before = text_now(own_world, incident_id)
    analyse(LOCAL_OWNER, own_world, incident_id, refresh=False, progress=lambda *_told: None)
    assert b"We keep the runbook step" in document_of(LOCAL_OWNER, own_world, incident_id, "report").data
    section = next(
        one for one in read_text(LOCAL_OWNER, own_world, incident_id).document.body.sections if one.key == "meeting"
    )
    assert "We keep the runbook step" in str(section)
    assert "We keep the runbook step" in before


def test_captions_alone_give_minutes_in_which_nobody_is_named(world: World) -> None:
    transcript = transcript_of(EXAMPLE.name, EXAMPLE.read_bytes())
    start = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # a Wednesday
    record = minutes_heard(LOCAL_OWNER, world, only_incident(world).id, (transcript, start), coach())
    told = minutes_text((record,), "Pool exhaustion", "UTC")

    assert [one.due.isoformat() for one in record.actions if one.due] == DAYS
    assert record.actions[1].verifier == record.actions[0].owner  # Goran takes the alert and verifies the breaker
    assert len(record.decisions) == 2
    assert len(record.parking_lot) == 3
    assert [one.asked for one in record.evidence_called] == [record.actions[0].owner, record.present[-1]]
    for name in ("Goran", "Dubois", "Pavel", "Emil", "Bruno", "Ruth", "Dana", "Ines"):
        assert name not in told


def test_a_meeting_makes_no_document_stale_and_a_replay_is_told_of_it(own_world: World) -> None:
    incident_id = held(own_world)
    before = freshness(LOCAL_OWNER, own_world, only_incident(own_world))
    end_meeting(LOCAL_OWNER, own_world, incident_id)
    assert freshness(LOCAL_OWNER, own_world, only_incident(own_world)) == before
    analyse(LOCAL_OWNER, own_world, incident_id, refresh=False, progress=lambda *_told: None)
    assert replay(LOCAL_OWNER, own_world, incident_id).same
