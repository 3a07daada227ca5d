"""Files that people attach: told by their content, kept once without names, and part of the incident's file."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.attached import FileKind, file_name, kind_of
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.ports import World
from secondstory.usecases.attach import GivenFile, attach, attached, fetch, remove_file
from secondstory.usecases.incident_file import export_incident, import_incident
from secondstory.wiring import open_world

from .conftest import only_incident

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, FileKind.PNG),
        (b"\xff\xd8\xff\xe0 and more", FileKind.JPEG),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileKind.WEBP),
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"time,pool\n10:01,3\n10:02,0\n", FileKind.CSV),
        (b"one line, with a comma\nanother\n", FileKind.TEXT),
        ("\ufeffgrün\n".encode(), FileKind.TEXT),
        (b"GET / -> a page: " + b"x" * 2000 + b"<html>", FileKind.TEXT),
        (b"<!DOCTYPE html><p>", None),
        (b'<?xml version="1.0"?>\n<svg onload="x()">', None),
        (b"MZ\x90\x00\x03", None),
        (b"PK\x03\x04", None),
        (b"#!/bin/sh\x00", None),
        (b"\xff\xfe\x00", None),
    ],
)
def test_a_kind_is_told_by_the_content(data: bytes, kind: FileKind | None) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("../../etc/graph.png", FileKind.PNG, "graph.png"),
        ("C:\\users\\graph.html", FileKind.PNG, "graph.html.png"),
        ("run.exe", FileKind.TEXT, "run.exe.txt"),
        ("app.log", FileKind.TEXT, "app.log"),
        ('a"b\r\nX: y.csv', FileKind.CSV, "a_b__X_ y.csv"),
        ("...", FileKind.PDF, "file.pdf"),
        ("x" * 500 + ".jpeg", FileKind.JPEG, "x" * 115 + ".jpeg"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_its_kind_does(given: str, kind: FileKind, kept: str) -> None:
    assert file_name(given, kind) == kept
    assert file_name(kept, kind) == kept


def test_text_is_kept_without_names_and_secrets_and_equal_bytes_once(own_world: World) -> None:
    incident = only_incident(own_world).id
    token = own_world.sealed.token("Wilhelmina Marker", "responder")
    text = b"10:02,Wilhelmina Marker restarts,password=hunter2secret\n10:03,done,ok\n"
    kept = attach(LOCAL_OWNER, own_world, incident, GivenFile("Wilhelmina Marker.log", text, "by Wilhelmina Marker"))
    _, data = fetch(LOCAL_OWNER, own_world, incident, kept.id)
    assert kept.redacted and token.encode() in data
    for word in (b"Wilhelmina", b"hunter2secret"):
        assert word not in data
    assert "Wilhelmina" not in kept.name + kept.note
    first = attach(LOCAL_OWNER, own_world, incident, GivenFile("a.png", PNG))
    second = attach(LOCAL_OWNER, own_world, incident, GivenFile("b.png", PNG))
    assert first.sha256 == second.sha256 and not first.redacted
    remove_file(LOCAL_OWNER, own_world, incident, first.id, "twice")
    assert fetch(LOCAL_OWNER, own_world, incident, second.id)[1] == PNG, "another file has the same bytes"
    with pytest.raises(NotFound, match=r"a\.png was removed by owner"):
        fetch(LOCAL_OWNER, own_world, incident, first.id)
    remove_file(LOCAL_OWNER, own_world, incident, second.id, "")
    assert own_world.attachments.data(second.sha256) is None, "bytes that nobody names are gone"
    told = attached(LOCAL_OWNER, own_world, incident)
    assert [(one.name, one.is_there) for one in told.files] == [("b.png", False), ("a.png", False), (kept.name, True)]
    assert told.bytes == kept.bytes and told.removable == (kept.id,)


def test_what_does_not_fit_is_refused_with_the_limit(own_world: World) -> None:
    incident = only_incident(own_world).id
    for data, told in (
        (b"", "holds nothing"),
        (PNG + bytes(10_000_000), "may have 10 MB"),
        (b"a line\n" * 300_000, "may have 2 MB"),
        (b"<svg></svg>", "no kind of file that can be attached"),
    ):
        with pytest.raises(BadInput, match=told) as refused:
            attach(LOCAL_OWNER, own_world, incident, GivenFile("x", data))
        assert refused.value.next_step
    with pytest.raises(BadInput, match="longer than 300"):
        attach(LOCAL_OWNER, own_world, incident, GivenFile("x", PNG, "n" * 301))
    one = attach(LOCAL_OWNER, own_world, incident, GivenFile("x", PNG))
    own_world.attachments.save(replace(one, id="file-large", bytes=99_999_990), None)
    with pytest.raises(BadInput, match="100 MB are allowed"):
        attach(LOCAL_OWNER, own_world, incident, GivenFile("x", PNG))


def test_an_observer_only_looks_and_nobody_removes_what_others_attached(own_world: World) -> None:
    incident = only_incident(own_world).id
    observer, responder, other, scribe = (
        Actor(f"{role}-{number}", roles=((incident, role),))
        for role, number in ((Role.OBSERVER, 1), (Role.RESPONDER, 1), (Role.RESPONDER, 2), (Role.SCRIBE, 1))
    )
    with pytest.raises(NotAllowed):
        attach(observer, own_world, incident, GivenFile("a.png", PNG))
    mine = attach(responder, own_world, incident, GivenFile("a.png", PNG))
    assert fetch(observer, own_world, incident, mine.id)[1] == PNG
    assert attached(responder, own_world, incident).removable == attached(scribe, own_world, incident).removable
    assert attached(other, own_world, incident).removable == ()
    with pytest.raises(NotAllowed, match="attached by responder-1"):
        remove_file(other, own_world, incident, mine.id, "")
    with pytest.raises(NotAllowed):
        fetch(Actor("stranger"), own_world, incident, mine.id)
    remove_file(scribe, own_world, incident, mine.id, "")


def test_files_go_with_the_incident_and_one_that_was_forged_is_refused(own_world: World, tmp_path: Path) -> None:
    incident = only_incident(own_world).id
    kept = attach(LOCAL_OWNER, own_world, incident, GivenFile("a.png", PNG))
    gone = attach(LOCAL_OWNER, own_world, incident, GivenFile("b.csv", b"a,b\n1,2\n"))
    remove_file(LOCAL_OWNER, own_world, incident, gone.id, "")
    target = io.BytesIO()
    export_incident(LOCAL_OWNER, own_world, incident, target, telemetry=False)
    (tmp_path / "one.zip").write_bytes(target.getvalue())
    with open_world(Settings(data_dir=tmp_path / "there")) as there:
        import_incident(LOCAL_OWNER, there, tmp_path / "one.zip", lambda _what, _done, _total: None)
        assert there.attachments.of(incident) == own_world.attachments.of(incident)
        assert fetch(LOCAL_OWNER, there, incident, kept.id)[1] == PNG
        assert there.attachments.data(gone.sha256) is None
    forged = {"kind": FileKind.PDF}, {"name": "../a.png"}
    for number, change in enumerate(forged):
        own_world.attachments.save(replace(kept, **change), None)  # type: ignore[arg-type]  # one field of each kind
        again = io.BytesIO()
        export_incident(LOCAL_OWNER, own_world, incident, again, telemetry=False)
        path = tmp_path / f"forged-{number}.zip"
        path.write_bytes(again.getvalue())
        assert zipfile.is_zipfile(path)
        with (
            open_world(Settings(data_dir=tmp_path / "nowhere")) as there,
            pytest.raises(BadInput, match=r"it is not what file-.* is said to be"),
        ):
            import_incident(LOCAL_OWNER, there, path, lambda _what, _done, _total: None)
