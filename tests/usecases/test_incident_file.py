"""An incident leaves as one file and comes back elsewhere the same; a file that is not whole leaves nothing behind."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.decision import ContributionKind, DecisionVerb
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.incident import Incident
from secondstory.model.people import Member
from secondstory.ports import World
from secondstory.usecases.decide import Verdict, contribute, decide
from secondstory.usecases.delete_incident import delete_incident
from secondstory.usecases.incident_file import ImportedIncident, export_incident, import_incident
from secondstory.usecases.people import names_of, public_names
from secondstory.usecases.replay import replay
from secondstory.usecases.verify import verify
from secondstory.wiring import open_world

from .conftest import only_incident

Members = dict[str, bytes]


def exported(world: World, *, telemetry: bool = False) -> Members:
    target = io.BytesIO()
    export_incident(LOCAL_OWNER, world, only_incident(world).id, target, telemetry=telemetry)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def plain(demo_dir: Path) -> Members:
    """The demo's incident without telemetry."""
    with open_world(Settings(data_dir=demo_dir)) as world:
        return exported(world)


def written(members: Members, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def signed(members: Members) -> Members:
    """With a manifest that fits, as whoever changes a file on purpose would write it."""
    manifest = json.loads(members["manifest.json"])
    manifest["members"] = [
        {"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in members.items()
        if name != "manifest.json"
    ]
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def taken_in(path: Path, data_dir: Path) -> ImportedIncident:
    with open_world(Settings(data_dir=data_dir)) as world:
        return import_incident(LOCAL_OWNER, world, path, lambda _what, _done, _total: None)


def test_an_incident_replays_elsewhere_byte_for_byte_with_all_that_people_said(
    own_world: World, tmp_path: Path
) -> None:
    name = only_incident(own_world).id
    decide(LOCAL_OWNER, own_world, name, Verdict("incident/title", DecisionVerb.REWORD, "Orders wait", "seen"))
    contribute(LOCAL_OWNER, own_world, name, "incident/title", ContributionKind.COMMENT, "Better words.")
    path = written(exported(own_world, telemetry=True), tmp_path / "one.zip")
    done = taken_in(path, tmp_path / "elsewhere")
    assert (done.replay, done.decisions, done.contributions, done.telemetry) == ("same", 1, 1, True)
    with open_world(Settings(data_dir=tmp_path / "elsewhere")) as there:
        here = [document.hash for document in replay(LOCAL_OWNER, own_world, name).analysis.documents()]
        assert [document.hash for document in replay(LOCAL_OWNER, there, name).analysis.documents()] == here
        assert there.ledger.decisions(name) == own_world.ledger.decisions(name)
        assert there.ledger.contributions(name) == own_world.ledger.contributions(name)
        assert {each.state for each in verify(LOCAL_OWNER, there, name)} == {"same"}, "the telemetry came with it"
        again = exported(there, telemetry=True)
    mine = exported(own_world, telemetry=True)
    differing = {part for part in again if again[part] != mine.get(part)}
    assert differing == {"manifest.json", "documents.json", "documents/origin.json"}, "what came goes on unchanged"


def test_the_same_file_again_adds_nothing_and_another_of_the_same_incident_is_refused(
    world: World, tmp_path: Path
) -> None:
    path = written(exported(world), tmp_path / "one.zip")
    first = taken_in(path, tmp_path / "there")
    assert not first.telemetry and first.replay == "same", "frozen evidence is enough to replay"
    assert taken_in(path, tmp_path / "there") == first
    other = written(exported(world), tmp_path / "two.zip")
    with pytest.raises(BadInput, match="is here already"):
        taken_in(other, tmp_path / "there")


def test_no_name_and_no_key_leaves_with_it(own_world: World) -> None:
    own_world.sealed.token("Wilhelmina Marker", "responder")
    whole = b"".join(exported(own_world).values())
    for person, _ in own_world.sealed.people():
        assert person.encode() not in whole
    assert own_world.sealed.user_key().hex().encode() not in whole


def changed(name: str, before: bytes, after: bytes) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        assert before in members[name]
        return {**members, name: members[name].replace(before, after, 1)}

    return change


def first(members: Members, prefix: str) -> str:
    return next(name for name in sorted(members) if name.startswith(prefix))


def another_answer(members: Members) -> Members:
    """A forged answer: rows and manifest changed together."""
    for name in sorted(name for name in members if name.startswith("evidence/")):
        piece = json.loads(members[name])
        for column in piece["columns"]:
            if column["type"] == "int64" and any(column["values"]):
                place = next(place for place, value in enumerate(column["values"]) if value)
                column["values"][place] += 1
                return signed({**members, name: json.dumps(piece).encode()})
    raise AssertionError("no frozen answer holds a number")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (changed("incident.json", b"SEV", b"Sev"), "incident.json is not as it was exported"),
        (lambda members: {**members, first(members, "evidence/"): b"{}"}, "evidence/ev-.* is not as it was exported"),
        (another_answer, "evidence/ev-.* is not as it was exported"),
        (lambda members: signed({**members, first(members, "evidence/"): b"[1]"}), "evidence/ev-.* cannot be read"),
        (lambda members: signed({**members, "decisions.json": b'[{"a": 1}]'}), "decisions.json cannot be read"),
        (lambda members: signed({**members, "recordings.json": b"no"}), "recordings.json cannot be read"),
        (lambda members: {name: data for name, data in members.items() if name != "segments.json"}, "lacks segments"),
        (lambda members: {**members, "evidence/ev-more.json": b"{}"}, "manifest does not list"),
        (lambda members: {**members, "../../etc/passwd": b"x"}, "no part of an incident's file"),
        (lambda members: {**members, "notes.txt": b"x"}, "no part of an incident's file"),
        (lambda members: {**members, "documents/zeros.json": bytes(300_000_000)}, "far more than"),
        (lambda members: {**members, "manifest.json": b"{}"}, "does not say that it is an incident's file"),
        (changed("manifest.json", b'"format":2', b'"format":9'), "has format 9"),
        (lambda _members: {"a.txt": b"x"}, "no part of an incident's file"),
    ],
)
def test_a_file_that_was_changed_is_refused_by_the_name_of_its_part_and_nothing_is_kept(
    plain: Members, tmp_path: Path, change: Callable[[Members], Members], told: str
) -> None:
    path = written(change(plain), tmp_path / "bad.zip")
    with pytest.raises(BadInput, match=told) as refused:
        taken_in(path, tmp_path / "there")
    assert refused.value.next_step
    with open_world(Settings(data_dir=tmp_path / "there")) as there:
        assert there.incidents.visible_to(LOCAL_OWNER) == () and there.recordings.names() == ()


def test_a_link_two_members_of_one_name_and_what_is_no_zip_are_refused(plain: Members, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        link = zipfile.ZipInfo("incident.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for name, data in (*plain.items(), ("incident.json", b"{}")):
            archive.writestr(name, data)
    (tmp_path / "none.zip").write_bytes(b"PK\x03\x04 and no more")
    for name, told in (
        ("link", "a link or a device"),
        ("twice", "two members"),
        ("none", "damaged"),
        ("gone", "There is no file"),
    ):
        with pytest.raises(BadInput, match=told):
            taken_in(tmp_path / f"{name}.zip", tmp_path / "there")


def test_a_token_of_an_imported_incident_is_nobody_here(own_world: World, tmp_path: Path) -> None:
    name = only_incident(own_world).id
    token = own_world.sealed.token("Wilhelmina Marker", "responder")
    speaker = Actor(token, roles=((name, Role.SCRIBE),))
    decide(speaker, own_world, name, Verdict("incident/title", DecisionVerb.MARK, "Orders wait", "seen"))
    path = written(exported(own_world), tmp_path / "one.zip")
    taken_in(path, tmp_path / "there")
    with open_world(Settings(data_dir=tmp_path / "there")) as there:
        while (other := there.sealed.token(f"Person {len(there.sealed.people())}x", "responder")) != token:
            assert len(there.sealed.people()) < 50
        fresh = there.sealed.token("Somebody Else", "responder")
        for one in (other, fresh):
            there.members.save(Member(name, one, Role.RESPONDER, there.clock.now(), named=True))
        assert [one.actor for one in names_of(LOCAL_OWNER, there, name)] == [fresh]
        assert public_names(there, name) == {fresh: "Somebody Else"}
        there.members.remove(name, other)
        delete_incident(LOCAL_OWNER, there, name, "It was a drill.")
        assert other in {one for _, one in there.sealed.people()}, "the person here is another than the one there"


def test_a_file_of_the_first_format_is_read(plain: Members, tmp_path: Path) -> None:
    first_form = signed({name: data for name, data in plain.items() if not name.startswith("attached")})
    first_form["manifest.json"] = first_form["manifest.json"].replace(b'"format": 2', b'"format": 1')
    assert taken_in(written(first_form, tmp_path / "old.zip"), tmp_path / "there").replay == "same"


def test_who_may_not_export_gets_nothing_and_telemetry_is_as_restricted_as_its_strictest_incident(
    own_world: World,
) -> None:
    incident = only_incident(own_world)
    observer = Actor("observer-1", roles=((incident.id, Role.OBSERVER),))
    scribe = Actor("scribe-1", roles=((incident.id, Role.SCRIBE),))
    with pytest.raises(NotAllowed):
        export_incident(observer, own_world, incident.id, io.BytesIO(), telemetry=False)
    beside = Incident("beside", "T", incident.severity, "UTC", incident.window, incident.recordings, restricted=True)
    own_world.incidents.save(beside)
    assert not export_incident(scribe, own_world, incident.id, io.BytesIO(), telemetry=False).restricted
    with pytest.raises(NotAllowed):
        export_incident(scribe, own_world, incident.id, io.BytesIO(), telemetry=True)
    assert export_incident(LOCAL_OWNER, own_world, incident.id, io.BytesIO(), telemetry=True).restricted
    with pytest.raises(NotAllowed):
        import_incident(scribe, own_world, Path("any"), lambda _what, _done, _total: None)
