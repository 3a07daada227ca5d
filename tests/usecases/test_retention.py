"""What goes after its days, what a legal hold keeps, and how honestly the product tells that something is gone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.audit import DoorName
from secondstory.model.errors import BadInput, Conflict, NotAllowed, Unavailable
from secondstory.model.people import Member
from secondstory.model.publication import Publication, PublishedFile
from secondstory.model.retention import RetainedClass
from secondstory.ports import World
from secondstory.records.acting import Act, acting
from secondstory.stages.report import Index, report_formats
from secondstory.usecases.analyse import analyse
from secondstory.usecases.check_up import check_up
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.erase_person import erase_person
from secondstory.usecases.hold import hold_of, set_hold
from secondstory.usecases.read_evidence import list_evidence
from secondstory.usecases.recordings import list_recordings
from secondstory.usecases.replay import replay
from secondstory.usecases.retention import apply_retention, change_retention, retention
from secondstory.usecases.text import read_text
from secondstory.wiring import open_world

from .conftest import only_incident


@dataclass(eq=False)
class Calendar:
    """A clock that stands until it is moved."""

    time: datetime

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def later(own_demo_dir: Path) -> Iterator[tuple[World, Calendar]]:
    """The demo, its telemetry seen by retention once, and a clock to move."""
    calendar = Calendar(datetime(2027, 1, 1, tzinfo=UTC))
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        world = replace(world, clock=calendar)
        assert apply_retention(LOCAL_OWNER, world) == ()
        yield world, calendar


def test_telemetry_goes_after_its_days_evidence_stays_and_everything_says_so(later: tuple[World, Calendar]) -> None:
    world, calendar = later
    incident = only_incident(world)
    before = [document.hash for document in replay(LOCAL_OWNER, world, incident.id).analysis.documents()]
    calendar.time += timedelta(days=29)
    assert apply_retention(LOCAL_OWNER, world) == ()
    calendar.time += timedelta(days=1)
    (going,) = retention(LOCAL_OWNER, world).going
    assert (going.kind, going.subject, going.incidents) == (
        RetainedClass.TELEMETRY,
        incident.recordings[0],
        (incident.id,),
    )
    assert going.count > 10_000 and not world.files.missing(_paths(world)), "to look changes nothing"
    with acting(Act(calendar.time, "owner", DoorName.JOB, "retention", "", "")):
        assert apply_retention(LOCAL_OWNER, world) == (going,)
    (line,) = [one for one in world.audit.entries(None, 0, 500) if one.what == "retention"]
    assert line.remark == f"Their time was over: telemetry of {incident.recordings[0]}."
    assert set(world.files.missing(_paths(world))) == set(_paths(world))

    (told,) = [gap for gap in list_evidence(LOCAL_OWNER, world, incident.id).gaps if gap.reason == "not_kept"]
    assert "given up on 2027-01-31" in told.detail
    body = read_text(LOCAL_OWNER, world, incident.id).document.body
    assert Index(body).names[told.key] == told.label
    (markdown,) = [form for form in report_formats() if form.name == "markdown"]
    assert b"given up on 2027-01-31" in markdown.render(read_text(LOCAL_OWNER, world, incident.id).document)
    (item,) = list_recordings(LOCAL_OWNER, world)
    assert item.missing_rows == sum(row.rows for row in item.rows) and item.services == ()
    assert "given up when their time was over" in "".join(check.found for check in check_up(LOCAL_OWNER, world))
    assert not [check for check in check_up(LOCAL_OWNER, world) if check.state == "fails"]

    after = replay(LOCAL_OWNER, world, incident.id)
    assert after.same and [document.hash for document in after.analysis.documents()] == before
    with pytest.raises(Unavailable):
        analyse(LOCAL_OWNER, world, incident.id, refresh=True, progress=lambda _what: None)
    assert replay(LOCAL_OWNER, world, incident.id).same, "nothing frozen was given for an empty answer"
    assert apply_retention(LOCAL_OWNER, world) == ()


def test_what_was_given_up_comes_back_when_it_is_imported_again(later: tuple[World, Calendar]) -> None:
    world, calendar = later
    calendar.time += timedelta(days=31)
    assert len(apply_retention(LOCAL_OWNER, world)) == 1
    incident = only_incident(world)
    ensure_demo(LOCAL_OWNER, world, lambda _what: None)
    assert world.files.missing(_paths(world)) == ()
    assert not [gap for gap in list_evidence(LOCAL_OWNER, world, incident.id).gaps if gap.reason == "not_kept"]
    assert apply_retention(LOCAL_OWNER, world) == (), "its age is counted anew"


def test_a_name_goes_once_all_incidents_that_speak_of_the_person_are_published_for_long(
    later: tuple[World, Calendar],
) -> None:
    world, calendar = later
    incident = only_incident(world)
    token = world.sealed.token("Wilhelmina Marker", "responder")
    world.members.save(Member(incident.id, token, Role.RESPONDER, calendar.time))
    change_retention(LOCAL_OWNER, world, None, 90)
    calendar.time += timedelta(days=1000)
    assert apply_retention(LOCAL_OWNER, world) == (), "it is not published"
    version = Publication(incident.id, 1, "T", "h", "h", "owner", "owner", calendar.time, "", (), ())
    world.publications.add(version, (PublishedFile("md", "text/markdown", b"T"),))
    calendar.time += timedelta(days=90)
    set_hold(LOCAL_OWNER, world, incident.id, on=True, why="A claim is open.")
    assert apply_retention(LOCAL_OWNER, world) == () and _is_known(world, token)
    with pytest.raises(Conflict, match=r"under legal hold since .* by owner: A claim is open\."):
        erase_person(LOCAL_OWNER, world, token)
    set_hold(LOCAL_OWNER, world, incident.id, on=False, why="It is settled.")
    assert token in {one.subject for one in apply_retention(LOCAL_OWNER, world)}
    assert not _is_known(world, token)


def test_only_the_owner_looks_and_only_who_leads_holds(later: tuple[World, Calendar]) -> None:
    world, _ = later
    incident = only_incident(world).id
    leads, writes = (Actor(f"{role}-1", roles=((incident, role),)) for role in (Role.FACILITATOR, Role.SCRIBE))
    for actor in (leads, writes):
        with pytest.raises(NotAllowed):
            retention(actor, world)
        with pytest.raises(NotAllowed):
            apply_retention(actor, world)
    with pytest.raises(NotAllowed):
        set_hold(writes, world, incident, on=True, why="x")
    with pytest.raises(BadInput, match="needs a reason"):
        set_hold(leads, world, incident, on=True, why=" ")
    set_hold(leads, world, incident, on=True, why="A claim is open.")
    held = hold_of(writes, world, incident).hold
    assert held is not None and held.actor_id == "facilitator-1"
    for days in (0, 40_000):
        with pytest.raises(BadInput, match="cannot be kept to"):
            change_retention(LOCAL_OWNER, world, days, 90)


def test_telemetry_under_legal_hold_stays(later: tuple[World, Calendar]) -> None:
    world, calendar = later
    incident = only_incident(world)
    set_hold(LOCAL_OWNER, world, incident.id, on=True, why="A claim is open.")
    calendar.time += timedelta(days=400)
    assert apply_retention(LOCAL_OWNER, world) == ()
    (row,) = [one for one in retention(LOCAL_OWNER, world).due if one.kind is RetainedClass.TELEMETRY]
    assert row.held_by == (incident.id,) and not world.files.missing(_paths(world))


def _is_known(world: World, token: str) -> bool:
    return token in {known for _, known in world.sealed.people()}


def _paths(world: World) -> tuple[str, ...]:
    segments = world.catalogue.segments(world.recordings.names())
    return tuple(file.path for one in segments for file in one.files)
