"""What whoever leads writes down for themselves is for them alone, and is destroyed with what the meeting heard."""

import tarfile
import zipfile
from pathlib import Path

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import BadInput, Conflict, NotAllowed, NotFound
from secondstory.ports import World
from secondstory.usecases.backup.making import back_up
from secondstory.usecases.incident_file.writing import export_incident
from secondstory.usecases.room.lead import end_meeting
from secondstory.usecases.room.log import begin
from secondstory.usecases.room.own_notes import MOST_LETTERS, own_notes, write_own_notes

from ..conftest import only_incident
from ..test_journal import STARTED, holding

MARKER = "obsidianite"


def test_own_notes_are_sealed_for_their_writer_and_gone_at_the_end(own_world: World, tmp_path: Path) -> None:
    incident = only_incident(own_world).id
    with pytest.raises(NotFound):
        own_notes(LOCAL_OWNER, own_world, incident)
    begin(LOCAL_OWNER, own_world, incident, STARTED)
    other = Actor("facilitator-2", roles=((incident, Role.FACILITATOR),))
    first = write_own_notes(LOCAL_OWNER, own_world, incident, (f"Thank the {MARKER} team.", 0))
    assert first == own_notes(LOCAL_OWNER, own_world, incident) and first.version > 0
    assert own_notes(other, own_world, incident).text == "", "another who leads has their own"
    again = write_own_notes(LOCAL_OWNER, own_world, incident, (first.text, 0))
    assert again == first, "sent twice is once"
    with pytest.raises(Conflict):
        write_own_notes(LOCAL_OWNER, own_world, incident, ("From another window.", 0))
    own_world.rails.keep(incident, 1, None)  # as after a restart
    assert own_notes(LOCAL_OWNER, own_world, incident) == first
    assert holding(own_world.data_dir, MARKER) == []
    back_up(LOCAL_OWNER, own_world, tmp_path / "copy.tar", tmp_path / "copy.keys")
    with tarfile.open(tmp_path / "copy.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
    with (tmp_path / "incident.zip").open("wb") as target:
        export_incident(LOCAL_OWNER, own_world, incident, target, telemetry=False)
    with zipfile.ZipFile(tmp_path / "incident.zip") as packed:
        packed.extractall(tmp_path / "out")
    assert holding(tmp_path, MARKER) == []

    end_meeting(LOCAL_OWNER, own_world, incident)
    gone = own_notes(LOCAL_OWNER, own_world, incident)
    assert (gone.text, gone.is_live) == ("", False)
    assert holding(own_world.data_dir, MARKER) == [] and own_world.journals_left.left() == ()
    with pytest.raises(BadInput):
        write_own_notes(LOCAL_OWNER, own_world, incident, ("Too late.", 0))


def test_only_who_leads_has_notes_here_and_they_have_an_end(own_world: World) -> None:
    incident = only_incident(own_world).id
    begin(LOCAL_OWNER, own_world, incident, STARTED)
    for role in (Role.SCRIBE, Role.RESPONDER, Role.EXECUTIVE, Role.OBSERVER):
        actor = Actor("kim", roles=((incident, role),))
        with pytest.raises(NotAllowed):
            own_notes(actor, own_world, incident)
        with pytest.raises(NotAllowed):
            write_own_notes(actor, own_world, incident, ("Mine.", 0))
    with pytest.raises(BadInput):
        write_own_notes(LOCAL_OWNER, own_world, incident, ("x" * (MOST_LETTERS + 1), 0))
