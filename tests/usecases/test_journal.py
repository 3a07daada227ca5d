"""What a meeting heard is sealed while it is on, in no backup, and gone from the disk when it is over."""

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.hearing import RailAct
from secondstory.model.meeting import Meeting
from secondstory.model.room import (
    Box,
    Consent,
    ConsentAsked,
    Consented,
    Ended,
    Happened,
    Joined,
    RoomEvent,
    Started,
)
from secondstory.model.transcript import Cue
from secondstory.ports import World
from secondstory.usecases.backup.making import back_up
from secondstory.usecases.chores import chores
from secondstory.usecases.room.clearing import clear_journals
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.log import begin, happen, room_now
from secondstory.usecases.room.rail_view import act_on, rail_of
from secondstory.wiring import open_world

MARKER = "zanzibarite"
STARTED = Started("Post-mortem", (Box("open", AgendaStep.OPENING, "Opening", 5),), "We ask how.")
CUES = [
    Cue(1, 0.0, 4.0, "Emil Moreau", f"Somebody should be fired for the {MARKER} outage."),
    Cue(2, 5.0, 9.0, "Zed Unknown", f"The {MARKER} queue was full."),
]


@pytest.fixture
def world(own_demo_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        yield world


@pytest.fixture
def incident(world: World) -> str:
    one = world.incidents.visible_to(LOCAL_OWNER)[0].id
    begin(LOCAL_OWNER, world, one, STARTED)
    return one


def append(world: World, incident_id: str, event: RoomEvent) -> None:
    """What happened last before a process died."""
    room = room_now(world, incident_id)
    assert room is not None
    world.room_log.append(incident_id, room.number, Happened(room.seq + 1, world.clock.now(), LOCAL_OWNER.id, event))


def holding(folder: Path, words: str) -> list[str]:
    """The files that hold the words, whatever they are."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_the_disk_never_holds_what_was_heard(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    card = rail_of(LOCAL_OWNER, world, incident).card
    assert card is not None and MARKER in card.text
    assert holding(world.data_dir, MARKER) == []
    assert len(list((world.data_dir / "journal").iterdir())) == 1
    for key_file in (world.data_dir / "journal").iterdir():
        assert key_file.stat().st_mode & 0o777 == 0o600


def test_at_the_close_only_counts_stay(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    card = rail_of(LOCAL_OWNER, world, incident).card
    assert card is not None
    reply = card.replies[card.place].text
    act_on(LOCAL_OWNER, world, incident, RailAct.USED, card.cue)
    happen(LOCAL_OWNER, world, incident, Ended())
    assert list((world.data_dir / "journal").iterdir()) == []
    assert world.journal.since(incident, 1, 0) == ()
    assert holding(world.data_dir, MARKER) == holding(world.data_dir, reply) == []
    (meeting,) = world.meetings.of(incident)
    (count,) = meeting.coach
    assert (count.act, count.count) == ("used", 1)
    assert world.kept_transcripts.of(incident) == ()


def test_a_server_that_died_at_the_close_is_made_good_by_the_next(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    entries = world.journal.since(incident, 1, 0)
    happen(LOCAL_OWNER, world, incident, Ended())
    world.journal.append(incident, 1, entries)  # as if it had died before it destroyed them
    assert "journals" in [chore.name for chore in chores(LOCAL_OWNER, world)]
    assert clear_journals(LOCAL_OWNER, world) == 1
    assert world.journals_left.left() == ()
    assert clear_journals(LOCAL_OWNER, world) == 0


def test_a_server_that_died_while_a_meeting_ended_leaves_none_that_nobody_can_end(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    append(world, incident, Ended())  # and died before the meeting was kept as over
    (key_file,) = (world.data_dir / "journal").iterdir()
    key_file.write_bytes(b"\xff" * 44)  # or even after its key was overwritten
    assert clear_journals(LOCAL_OWNER, world) == 1
    assert world.journals_left.left() == ()
    begin(LOCAL_OWNER, world, incident, STARTED)
    assert [one.is_live for one in world.meetings.of(incident)] == [False, True]


def test_what_a_server_that_died_in_the_close_left_is_cleared_though_the_next_meeting_has_begun(
    world: World, incident: str
) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    append(world, incident, Ended())
    (meeting,) = world.meetings.of(incident)
    world.meetings.keep(replace(meeting, ended_at=world.clock.now()))  # and died before the journal was closed
    begin(LOCAL_OWNER, world, incident, STARTED)
    assert world.journals_left.left() == ((incident, 1),)
    assert clear_journals(LOCAL_OWNER, world) == 1
    ended, live = world.meetings.of(incident)
    assert ended.coach and live.is_live and world.journals_left.left() == ()


def test_the_next_meeting_waits_for_no_chore(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    append(world, incident, Ended())
    begin(LOCAL_OWNER, world, incident, STARTED)
    ended, live = world.meetings.of(incident)
    assert ended.coach and live.is_live and world.journals_left.left() == ()


def test_a_server_that_died_before_a_meeting_began_leaves_none_that_is_on(world: World) -> None:
    one = world.incidents.visible_to(LOCAL_OWNER)[0].id
    world.meetings.keep(Meeting(one, 1, world.clock.now()))
    begin(LOCAL_OWNER, world, one, STARTED)
    room = room_now(world, one)
    assert room is not None and room.is_live and [meeting.number for meeting in world.meetings.of(one)] == [1]


def test_a_live_meeting_keeps_its_journal_and_a_deleted_incident_takes_its_key_along(
    world: World, incident: str
) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    assert clear_journals(LOCAL_OWNER, world) == 0
    world.journal.append("gone", 1, world.journal.since(incident, 1, 0))
    assert clear_journals(LOCAL_OWNER, world) == 1
    assert world.journals_left.left() == ((incident, 1),)


def test_a_backup_holds_neither_key_nor_entries(world: World, incident: str, tmp_path: Path) -> None:
    hear(LOCAL_OWNER, world, incident, CUES)
    key = next((world.data_dir / "journal").iterdir()).read_bytes().split(b"\n")[0]
    sealed = [path.name for path in world.data_dir.rglob("*") if path.is_file() and b"gAAAAA" in path.read_bytes()]
    assert sealed, "Fernet's sign is not found where it must be, so the next check would prove nothing"
    back_up(LOCAL_OWNER, world, tmp_path / "copy.tar", tmp_path / "copy.keys")
    assert key not in (tmp_path / "copy.tar").read_bytes()
    assert key not in (tmp_path / "copy.keys").read_bytes()
    with tarfile.open(tmp_path / "copy.tar") as tar:
        names = tar.getnames()
        tar.extract("records.db", tmp_path / "out", filter="data")
    assert not any(name.startswith("journal") for name in names)
    records = (tmp_path / "out" / "records.db").read_bytes()
    assert MARKER.encode() not in records
    for row in world.journal.since(incident, 1, 0):
        assert row.seq  # they are still there, here alone


def test_the_words_stay_without_findings_where_all_agreed_and_only_then(world: World, incident: str) -> None:
    guest = Actor("responder-2", roles=((incident, Role.RESPONDER),))
    happen(LOCAL_OWNER, world, incident, Joined(None))
    happen(guest, world, incident, Joined(Role.RESPONDER))
    for what in (Consent.CAPTIONS, Consent.TRANSCRIPT):
        happen(LOCAL_OWNER, world, incident, ConsentAsked(what))
        happen(LOCAL_OWNER, world, incident, Consented(what, yes=True))
        happen(guest, world, incident, Consented(what, yes=True))
    hear(LOCAL_OWNER, world, incident, CUES)
    card = rail_of(LOCAL_OWNER, world, incident).card
    assert card is not None
    happen(LOCAL_OWNER, world, incident, Ended())
    (kept,) = world.kept_transcripts.of(incident)
    assert [MARKER in one.text for one in kept.cues] == [True, True]
    assert {one.speaker for one in kept.cues} == {"speaker 1", "speaker 2"}
    assert holding(world.data_dir, card.replies[0].text) == []
    assert "Zed" not in str(kept)


def test_a_journal_whose_key_is_gone_begins_anew(world: World, incident: str) -> None:
    hear(LOCAL_OWNER, world, incident, CUES[:1])
    for key_file in (world.data_dir / "journal").iterdir():
        key_file.unlink()  # as after its folder was lost while the server was down
    world.rails.keep(incident, 1, None)
    assert hear(LOCAL_OWNER, world, incident, CUES[1:]).heard == 1
    assert [entry.seq for entry in world.journal.since(incident, 1, 0)] == [1]
    assert rail_of(LOCAL_OWNER, world, incident).card is None
