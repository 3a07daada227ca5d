"""A deleted incident leaves a tombstone and nothing of its content, in no table and no file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.decision import DecisionVerb
from secondstory.model.errors import BadInput, Conflict, NotAllowed, NotFound
from secondstory.model.people import Member
from secondstory.ports import Sought, World
from secondstory.usecases.attach import GivenFile, attach
from secondstory.usecases.audit import whole_audit
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.delete_incident import delete_incident, tombstones
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.hold import set_hold
from secondstory.usecases.incident_file import export_incident, import_incident
from secondstory.usecases.jobs import submit_analysis
from secondstory.usecases.read import document_of
from secondstory.usecases.search import search
from secondstory.wiring import open_world

from .conftest import only_incident

MARKER = "xylophone"


@pytest.fixture
def spoken_of(own_demo_dir: Path) -> Iterator[World]:
    """The demo with a marker in everything that people add."""
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        name = only_incident(world).id
        decide(LOCAL_OWNER, world, name, Verdict("incident/title", DecisionVerb.MARK, f"{MARKER} title", ""))
        attach(LOCAL_OWNER, world, name, GivenFile("a.txt", f"{MARKER} file\n".encode()))
        token = world.sealed.token("Wilhelmina Marker", "responder")
        world.members.save(Member(name, token, Role.RESPONDER, world.clock.now()))
        assert search(LOCAL_OWNER, world, MARKER, Sought(())).total
        yield world


def test_nothing_of_it_is_left_but_the_tombstone_and_the_audit(spoken_of: World, tmp_path: Path) -> None:
    world, incident = spoken_of, only_incident(spoken_of)
    with (tmp_path / "one.zip").open("wb") as target:
        export_incident(LOCAL_OWNER, world, incident.id, target, telemetry=False)
    files = tuple(file.path for one in world.catalogue.segments(incident.recordings) for file in one.files)
    lines = len(whole_audit(LOCAL_OWNER, world, 0, 500))
    delete_incident(LOCAL_OWNER, world, incident.id, "It was a drill.")
    (stone,) = tombstones(LOCAL_OWNER, world)
    assert (stone.incident_id, stone.actor_id, stone.why) == (incident.id, "owner", "It was a drill.")
    assert world.incidents.visible_to(LOCAL_OWNER) == () and world.recordings.names() == ()
    assert set(world.files.missing(files)) == set(files)
    assert world.ledger.decisions(incident.id) == () and world.sealed.people() == ()
    assert search(LOCAL_OWNER, world, MARKER, Sought(())).total == 0
    assert len(whole_audit(LOCAL_OWNER, world, 0, 500)) >= lines
    with pytest.raises(NotFound):
        document_of(LOCAL_OWNER, world, incident.id, "report")
    assert rows_with(world.data_dir, incident.id) == {"tombstones"}
    for again in (
        lambda: import_incident(LOCAL_OWNER, world, tmp_path / "one.zip", lambda _what, _done, _total: None),
        lambda: ensure_demo(LOCAL_OWNER, world, lambda _what: None),
    ):
        with pytest.raises(BadInput, match=r"was deleted here on .*, by owner: It was a drill\."):
            again()


def rows_with(data_dir: Path, words: str) -> set[str]:
    """The tables, without the audit, in which any value holds the words."""
    engine = create_engine(f"sqlite:///{data_dir / 'records.db'}")
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        held = {name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in names}
    engine.dispose()
    values = [(name, one) for name, rows in held.items() for row in rows for one in row]
    told = [(name, one if isinstance(one, bytes) else str(one).encode()) for name, one in values]
    return {name for name, one in told if words.encode() in one or MARKER.encode() in one} - {"audit"}


def test_what_another_incident_needs_stays(spoken_of: World) -> None:
    world, incident = spoken_of, only_incident(spoken_of)
    world.incidents.save(replace(incident, id="beside"))
    attach(LOCAL_OWNER, world, "beside", GivenFile("b.txt", f"{MARKER} file\n".encode()))
    delete_incident(LOCAL_OWNER, world, incident.id, "It was a drill.")
    segments = world.catalogue.segments(incident.recordings)
    assert segments and not world.files.missing(tuple(file.path for one in segments for file in one.files))
    (kept,) = world.attachments.of("beside")
    assert world.attachments.data(kept.sha256) == f"{MARKER} file\n".encode()


def test_it_is_refused_without_a_reason_under_hold_while_a_job_runs_and_to_all_but_the_owner(spoken_of: World) -> None:
    world, name = spoken_of, only_incident(spoken_of).id
    with pytest.raises(NotAllowed):
        delete_incident(Actor("f-1", roles=((name, Role.FACILITATOR),)), world, name, "x")
    with pytest.raises(BadInput, match="needs a reason"):
        delete_incident(LOCAL_OWNER, world, name, " ")
    submit_analysis(LOCAL_OWNER, world, name, refresh=False)
    with pytest.raises(Conflict, match="works on incident"):
        delete_incident(LOCAL_OWNER, world, name, "x")
    set_hold(LOCAL_OWNER, world, name, on=True, why="A claim is open.")
    with pytest.raises(Conflict, match="under legal hold"):
        delete_incident(LOCAL_OWNER, world, name, "x")
    assert only_incident(world).id == name
