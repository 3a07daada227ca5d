"""A backup is of one moment while others write; it comes back whole, into an empty folder, or not at all."""

import io
import stat
import tarfile
import threading
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.decision import DecisionVerb
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.ports import World
from secondstory.usecases.backup import back_up, restore
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.replay import replay
from secondstory.usecases.verify import verify
from secondstory.wiring import open_world

from .conftest import only_incident


def kept(world: World, tmp_path: Path) -> tuple[Path, Path]:
    target, keys = tmp_path / "all.tar", tmp_path / "all.tar.keys"
    back_up(LOCAL_OWNER, world, target, keys)
    return target, keys


def test_what_was_acknowledged_before_is_in_it_and_what_comes_meanwhile_whole_or_not(
    own_world: World, own_demo_dir: Path, tmp_path: Path
) -> None:
    name = only_incident(own_world).id
    stop, begun, acknowledged = threading.Event(), threading.Event(), list[str]()

    def write() -> None:
        with open_world(Settings(data_dir=own_demo_dir)) as other:
            while not stop.is_set():
                verdict = Verdict("incident/title", DecisionVerb.REWORD, f"Title {len(acknowledged)}", "again")
                acknowledged.append(decide(LOCAL_OWNER, other, name, verdict).id)
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(60)
        before = len(acknowledged)
        own_world.sealed.token("Wilhelmina Marker", "responder")
        target, keys = kept(own_world, tmp_path)
    finally:
        stop.set()
        writer.join()
    assert len(acknowledged) > before, "people wrote while it was copied"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    restore(LOCAL_OWNER, target, keys, tmp_path / "back")
    with open_world(Settings(data_dir=tmp_path / "back")) as back:
        found = [one.id for one in back.ledger.decisions(name)]
        assert found == acknowledged[: len(found)] and len(found) >= before
        assert "Wilhelmina Marker" in {person for person, _ in back.sealed.people()}
        assert replay(LOCAL_OWNER, back, name).same
        assert {each.state for each in verify(LOCAL_OWNER, back, name)} == {"same"}


def test_names_are_in_neither_file_alone(own_world: World, tmp_path: Path) -> None:
    own_world.sealed.token("Wilhelmina Marker", "responder")
    target, keys = kept(own_world, tmp_path)
    for path in (target, keys):
        assert b"Wilhelmina" not in path.read_bytes()
    assert (own_world.data_dir / "sealed.key").read_bytes() not in target.read_bytes()


def test_a_restore_refuses_what_is_not_empty_not_whole_or_not_its_own(
    world: World, own_world: World, tmp_path: Path
) -> None:
    target, keys = kept(world, tmp_path)
    full = tmp_path / "full"
    full.mkdir()
    (full / "something").touch()
    with pytest.raises(BadInput, match="holds something already"):
        restore(LOCAL_OWNER, target, keys, full)
    with pytest.raises(BadInput, match="already"):
        back_up(LOCAL_OWNER, world, target, keys)
    other = tmp_path / "other.keys"
    other.write_bytes(keys.read_bytes() + b" ")
    with pytest.raises(BadInput, match="keys of another backup"):
        restore(LOCAL_OWNER, target, other, tmp_path / "back")
    with pytest.raises(BadInput, match="no file"):
        restore(LOCAL_OWNER, target, tmp_path / "none", tmp_path / "back")
    half = tmp_path / "half.tar"
    half.write_bytes(target.read_bytes()[: target.stat().st_size // 2])
    with pytest.raises(BadInput):
        restore(LOCAL_OWNER, half, keys, tmp_path / "back")
    for change, told in (("segments/", "not as it was"), ("links", "not as it was")):
        changed = _changed(target, tmp_path / f"{change.strip('/')}.tar", change)
        with pytest.raises(BadInput, match=told):
            restore(LOCAL_OWNER, changed, keys, tmp_path / "back")
    assert not (tmp_path / "back").exists() and not list(tmp_path.glob(".*restoring"))
    with pytest.raises(NotAllowed):
        restore(Actor("guest"), target, keys, tmp_path / "back")


def _changed(source: Path, target: Path, change: str) -> Path:
    """The backup with one byte of a segment changed, or with its records as a link to another file."""
    with tarfile.open(source) as before, tarfile.open(target, "w") as after:
        for member in before.getmembers():
            data = before.extractfile(member).read()  # type: ignore[union-attr]  # all are plain files
            if change == "segments/" and member.name.startswith(change):
                data, change = data[:-1] + bytes([data[-1] ^ 1]), "-"
            if change == "links" and member.name == "records.db":
                member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
                after.addfile(member)
            else:
                after.addfile(member, io.BytesIO(data))
    return target
