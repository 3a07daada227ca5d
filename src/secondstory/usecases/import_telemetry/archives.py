"""A ZIP archive to its members, each read as a stream from within it; nothing is ever unpacked to disk.

What an archive says of itself is not believed further than it costs nothing: its directory is bounded before it is
read, members may together not be longer than the archive that holds them, and `Member.packed_bytes` is what the caller
bounds unpacking by. Names are labels for a person; no path of a disk is ever made from one.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from secondstory.model.errors import BadInput
from secondstory.texts import say

UNPACKING_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged member raises."""

_MOST_MEMBERS = 10_000
_MOST_BYTES = 64 * 1024**3  # unpacked, as the directory says; a member never gives more than its entry says
_MOST_DIRECTORY_BYTES = 4 * 1024**2  # becomes a tenfold of Python objects
_MARK = b"PK"
_OTHERS = (
    (0, b"PK\x03\x04"),
    (0, b"PK\x05\x06"),
    (0, b"\x1f\x8b"),
    (0, b"\x28\xb5\x2f\xfd"),
    (0, b"7z\xbc\xaf\x27\x1c"),
    (0, b"Rar!\x1a\x07"),
    (0, b"\xfd7zXZ\x00"),
    (0, b"BZh"),
    (257, b"ustar"),
)
_END = b"PK\x05\x06"
_END_REACH = 22 + 65_535  # the record at the end, and the longest comment behind it
_FAR_END_LOCATOR = b"PK\x06\x07"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # LZMA may ask for gigabytes of memory


@dataclass(frozen=True)
class Member:
    """A file in an archive; `refused` is why it is not read."""

    name: str
    length: int  # bytes, unpacked
    packed_bytes: int
    opened: Callable[[], IO[bytes]]
    refused: str = ""


def is_zip(path: Path) -> bool:
    """True for a file called a ZIP that begins like one; other formats that are ZIPs inside are left alone."""
    if path.suffix.lower() != ".zip":
        return False
    with path.open("rb") as file:
        return file.read(2) == _MARK


def is_archive(head: bytes) -> bool:
    """True for the begin of any packed file: what is found inside another one, or of a kind that we do not open."""
    return any(head[place : place + len(mark)] == mark for place, mark in _OTHERS)


def members(path: Path) -> tuple[Member, ...]:
    """All files in a ZIP, in order of name. Raises BadInput where the archive as a whole cannot be trusted or read."""
    try:
        if _directory_bytes(path) > _MOST_DIRECTORY_BYTES:
            raise _bad(path, "members", most=_MOST_MEMBERS)
        archive = zipfile.ZipFile(path)
    except (*UNPACKING_ERRORS, struct.error, ValueError) as error:
        raise _bad(path, "damaged", problem=error) from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST_MEMBERS:
        raise _bad(path, "members", most=_MOST_MEMBERS)
    if sum(info.file_size for info in infos) > _MOST_BYTES:
        raise _bad(path, "too_long", most_gb=_MOST_BYTES >> 30)
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise _bad(path, "overlap")
    found = (_member(archive, info) for info in infos)
    return tuple(sorted(found, key=lambda member: member.name))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    name = info.filename.replace("\\", "/")
    return Member(name, info.file_size, info.compress_size, partial(archive.open, info), _refusal(name, info))


def _refusal(name: str, info: zipfile.ZipInfo) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
        return say("imports.zip_leads_out")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return say("imports.zip_no_file")
    if info.flag_bits & _ENCRYPTED:
        return say("imports.zip_encrypted")
    if info.compress_type not in _METHODS:
        return say("imports.zip_method", method=info.compress_type)
    return ""


def _directory_bytes(path: Path) -> int:
    """The length of the archive's directory as its end record says; reading it is as far as trust goes here."""
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _END_REACH))
        tail = file.read()
        place = tail.rfind(_END)
        if place < 0:
            raise zipfile.BadZipFile(say("imports.zip_no_end"))
        (size,) = struct.unpack_from("<I", tail, place + 12)
        locator = place - 20
        if locator >= 0 and tail.startswith(_FAR_END_LOCATOR, locator):
            (far_end,) = struct.unpack_from("<Q", tail, locator + 8)
            file.seek(far_end)
            (size,) = struct.unpack_from("<Q", file.read(56), 40)
    return int(size)


def _bad(path: Path, key: str, **facts: object) -> BadInput:
    return BadInput(say(f"imports.zip_{key}", **facts), say("imports.zip_next", path=path.name))
