"""ZIPs and packed files made to do harm: each is told by name with what to do, and what is sound is kept."""

import gzip
import io
import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondstory.ports import World
from secondstory.usecases.import_telemetry import ImportedFile, ImportResult

from .telemetry import log_line, log_lines
from .world import imported, real_world, run

ZEROS_MB = 100


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with real_world(tmp_path / "data") as opened:
        yield opened


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def by_name(result: ImportResult) -> dict[str, ImportedFile]:
    return {file.path: file for file in result.files}


def everything_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_files_of_a_zip_are_imported_like_those_of_a_folder(world: World, tmp_path: Path) -> None:
    changes = b"time,kind,service,title\n2026-03-01T12:00:00Z,deploy,orders,orders 1.8\n"
    inside = {
        "a/orders.jsonl": log_lines(40).encode(),
        "changes.csv": changes,
        "a/.hidden.jsonl": b"{}",
        "README": b"x",
    }
    inside["old.jsonl.gz"] = gzip.compress(log_lines(7).encode())
    (tmp_path / "friday.zip").write_bytes(packed(inside))
    result = imported(world, tmp_path / "friday.zip")
    assert dict(result.rows) == {"logs": 47, "occurrences": 1}
    assert sorted(by_name(result)) == ["friday.zip/a/orders.jsonl", "friday.zip/changes.csv", "friday.zip/old.jsonl.gz"]
    assert result.warnings() == ()
    again = imported(world, tmp_path / "friday.zip")
    assert again.rows == ()


@pytest.mark.parametrize(
    "name",
    ["../../escaped.jsonl", "/tmp/escaped.jsonl", "a/../../escaped.jsonl", "..\\escaped.jsonl", "C:\\escaped.jsonl"],
)
def test_a_member_that_leads_out_of_its_zip_is_left_out_and_told(world: World, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.zip").write_bytes(packed({name: log_lines(3).encode(), "good.jsonl": log_lines(5).encode()}))
    before = everything_below(tmp_path) - everything_below(world.data_dir)
    result = imported(world, folder)
    assert dict(result.rows) == {"logs": 5}
    (told,) = result.warnings()
    assert "escaped.jsonl" in told and "leads out of the archive" in told
    assert everything_below(tmp_path) - everything_below(world.data_dir) == before


def test_links_and_encrypted_members_are_left_out_and_told(world: World, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwords.jsonl")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.jsonl", log_lines(2))
        archive.writestr("good.jsonl", log_lines(5))
    data = bytearray(made.getvalue())
    entry = data.rindex(b"secret.jsonl") - 46
    (flags,) = struct.unpack_from("<H", data, entry + 8)
    struct.pack_into("<H", data, entry + 8, flags | 1)
    (tmp_path / "odd.zip").write_bytes(data)
    result = imported(world, tmp_path / "odd.zip")
    assert dict(result.rows) == {"logs": 5}
    told = " ".join(result.warnings())
    assert "passwords.jsonl" in told and "a link or a device" in told
    assert "secret.jsonl" in told and "encrypted" in told


def test_a_zip_within_a_zip_is_not_opened(world: World, tmp_path: Path) -> None:
    inner = packed({"inner.jsonl": log_lines(5).encode()})
    (tmp_path / "outer.zip").write_bytes(packed({"inner.zip": inner, "twice.gz": gzip.compress(gzip.compress(inner))}))
    result = imported(world, tmp_path / "outer.zip")
    assert result.rows == ()
    assert len(result.warnings()) == 2
    assert all("unpack it and import the folder" in told for told in result.warnings())


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_a_zip_that_is_cut_off_is_told(world: World, tmp_path: Path, kept: float) -> None:
    whole = packed({"good.jsonl": log_lines(500).encode()})
    (tmp_path / "short.zip").write_bytes(whole[: int(len(whole) * kept)])
    result = imported(world, tmp_path / "short.zip")
    (told,) = result.warnings()
    assert "short.zip" in told and "damaged or cut off" in told and "export" in told


def test_a_member_with_damaged_content_keeps_what_came_before(world: World, tmp_path: Path) -> None:
    noise = "".join(log_line(number % 60, os.urandom(200).hex()) for number in range(3000)).encode()
    data = bytearray(packed({"a.jsonl": noise, "b.jsonl": log_lines(5).encode()}))
    place = len(data) // 2
    data[place : place + 64] = b"\xff" * 64
    (tmp_path / "worn.zip").write_bytes(data)
    result = imported(world, tmp_path / "worn.zip")
    files = by_name(result)
    assert files["worn.zip/b.jsonl"].rows == (("logs", 5),)
    assert any("worn.zip/a.jsonl" in told for told in result.warnings())


def test_a_zip_of_too_many_files_or_with_a_forged_directory_is_refused(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "many.zip").write_bytes(packed({f"{number}.jsonl": b"" for number in range(10_001)}))
    forged = bytearray(packed({"a.jsonl": log_lines(5).encode()}))
    struct.pack_into("<I", forged, forged.rindex(b"PK\x05\x06") + 12, 0xF000_0000)
    (folder / "forged.zip").write_bytes(forged)
    (folder / "good.jsonl").write_text(log_lines(5))
    result = imported(world, folder)
    assert dict(result.rows) == {"logs": 5}
    told = " ".join(result.warnings())
    assert "many.zip" in told and "more than 10,000 files" in told
    assert "forged.zip" in told


def overlapping(count: int) -> bytes:
    """A ZIP whose entries all point to the same packed bytes, as the densest bombs are made."""
    data = packed({"0.jsonl": log_lines(2000).encode()})
    end = data.rindex(b"PK\x05\x06")
    (place,) = struct.unpack_from("<I", data, end + 16)
    entries = data[place:end] * count
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), place, 0)
    return data[:place] + entries + tail


def test_a_zip_whose_files_overlap_is_refused(world: World, tmp_path: Path) -> None:
    (tmp_path / "dense.zip").write_bytes(overlapping(100))
    result = imported(world, tmp_path / "dense.zip")
    assert result.rows == ()
    (told,) = result.warnings()
    assert "overlap" in told and "dense.zip" in told


def test_bombs_take_little_memory_and_end_soon(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    lines = log_lines(1000).encode()[: 1 << 16]
    line = log_line(1, "again " * 2000).encode()  # bombs are made of bytes, and it is rows that take time
    repeated = line * (ZEROS_MB * (1 << 20) // len(line))
    (folder / "lines.jsonl.gz").write_bytes(gzip.compress(repeated))
    (folder / "zeros.log.gz").write_bytes(gzip.compress(b"\0" * (ZEROS_MB << 20)))
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lines.jsonl", repeated)
        archive.writestr("zeros.log", b"\0" * (ZEROS_MB << 20))
        archive.writestr("good.jsonl", lines[: lines.rindex(b"\n") + 1])
    ran = run(tmp_path / "data", "import", str(folder))
    assert ran.code == 0
    assert ran.peak_mb < 1000
    assert "bomb.zip/lines.jsonl" in ran.printed
    assert ran.printed.count("made to do harm") == 2
