"""A path to the files below it, those inside ZIPs too, and a file to its decompressed bytes in bounded chunks."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

import pyarrow as pa

from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.import_telemetry.archives import UNPACKING_ERRORS, Member, is_zip, members
from secondstory.usecases.import_telemetry.encodings import as_utf8

HEAD_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
_ARCHIVE_CHUNK_BYTES = 16 * 1024
_PASSED_OVER = ("truth.json",)  # a laboratory's answer, which the analysis must not see
_CODECS = ((b"\x1f\x8b", "gzip", ".gz"), (b"\x28\xb5\x2f\xfd", "zstd", ".zst"))

# An archive gives at most this: telemetry packs to a twentieth, the most repetitive to a hundredth of its length; a
# bomb of zeros to a thousandth. What is short does no harm whatever it was packed to; members share that allowance.
_MOST_RATIO = 250
_HARMLESS_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class FoundFile:
    """A file to import. `name` is its path inside the import; `plain_name` is that without `.gz` or `.zst`."""

    name: str
    plain_name: str
    codec: str | None
    length: int  # in bytes, as `opened` gives them
    most_bytes: int | None  # that unpacking may give; None where nothing is packed
    opened: Callable[[], IO[bytes]]
    refused: str = ""  # why it is not read


def found_files(root: Path) -> tuple[FoundFile, ...]:
    """The file `root`, or all files below it in order of name, but READMEs, hidden files and recorded truths.

    A ZIP stands for the files in it. What is no file, such as a pipe, a link to a folder or a folder that may not be
    read, is among them with why it is refused: opening a pipe could wait for ever, following links could too, and
    silence would hide a gap. Raises BadInput where there is no such path.
    """
    try:
        if not root.exists():
            raise BadInput(f"There is no file or folder {root}.", "Check the path.")
        if not root.is_dir():
            return tuple(_found(root, root.name))
    except OSError as error:  # such as a link that leads to itself
        raise BadInput(f"Cannot read {root}: {error.strerror}.", "Check the path and its permissions.") from error
    below = ((path, path.relative_to(root).as_posix(), refused) for path, refused in sorted(_walk(root)))
    return tuple(file for path, name, refused in below for file in _found(path, name, refused))


def head(file: FoundFile) -> bytes:
    """The first 64 kB, decompressed. Raises BadInput where nothing can be read."""
    reading, first = Reading(file), b""
    for chunk in reading.chunks():
        first += chunk
        if len(first) >= HEAD_BYTES:
            break
    if reading.error and not first:
        raise BadInput(reading.error)
    return first[:HEAD_BYTES]


class Reading:
    """One pass over a file; `done` is how many of its bytes are read, `error` why it ended early."""

    def __init__(self, file: FoundFile) -> None:
        self._file = file
        self.done = 0
        self.error = ""

    def chunks(self) -> Iterator[bytes]:
        """Its content, decompressed, as far as it can be read: an archive may be cut off, or be made to do harm."""
        try:
            yield from as_utf8(self._chunks())
        except (OSError, pa.ArrowException, *UNPACKING_ERRORS) as error:
            self.error = str(error)

    def _chunks(self) -> Iterator[bytes]:
        file, given = self._file, 0
        with file.opened() as raw:
            stream = raw if file.codec is None else pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), file.codec)
            # What a damaged archive gives before the damage is lost in units of one read.
            size = _CHUNK_BYTES if file.codec is None else _ARCHIVE_CHUNK_BYTES
            while chunk := stream.read(size):
                given += len(chunk)
                if file.most_bytes is not None and given > file.most_bytes:
                    self.error = say("imports.unpacks_to_too_much", most_mb=file.most_bytes >> 20, ratio=_MOST_RATIO)
                    return
                self.done = raw.tell()
                yield chunk
        self.done = file.length


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """What there is, each with why it cannot be read, if that shows already."""
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            if _is_meant(name):
                yield Path(folder, name), ""
    for error in closed:
        yield Path(error.filename), str(error.strerror)


def _is_meant(name: str) -> bool:
    return name not in _PASSED_OVER and not name.startswith((".", "README"))


def _found(path: Path, name: str, refused: str = "") -> Iterator[FoundFile]:
    whole = Member(name, 0, 0, partial(_open, path))
    try:
        state = path.stat()
        if not refused and not stat.S_ISREG(state.st_mode):  # a pipe or a device would never end
            refused = say("imports.no_file")
        if refused:
            yield _refused(whole, refused)
            return
        file = _sniffed(Member(name, state.st_size, state.st_size, whole.opened), _HARMLESS_BYTES)
        if not is_zip(path):
            yield file
            return
        inside = [member for member in members(path) if _is_meant_inside(member.name)]
    except OSError as error:
        yield _refused(whole, str(error.strerror))
        return
    except BadInput as error:
        yield _refused(whole, str(error))
        return
    for member in inside:
        yield _inside(replace(member, name=f"{name}/{member.name}"), _HARMLESS_BYTES // len(inside))


def _is_meant_inside(name: str) -> bool:
    *folders, last = name.split("/")
    hidden = any(folder == "__MACOSX" or (folder.startswith(".") and folder != "..") for folder in folders)
    return _is_meant(last) and not hidden


def _inside(member: Member, harmless_bytes: int) -> FoundFile:
    if member.refused:
        return _refused(member, member.refused)
    try:
        file = _sniffed(member, harmless_bytes)
    except UNPACKING_ERRORS as error:
        return _refused(member, str(error))
    return replace(file, most_bytes=_most_bytes(member, harmless_bytes))


def _sniffed(file: Member, harmless_bytes: int) -> FoundFile:
    with file.opened() as raw:
        magic = raw.read(4)
    for mark, codec, suffix in _CODECS:
        if magic.startswith(mark):
            most = _most_bytes(file, harmless_bytes)
            return FoundFile(file.name, file.name.removesuffix(suffix), codec, file.length, most, file.opened)
    return FoundFile(file.name, file.name, None, file.length, None, file.opened)


def _most_bytes(file: Member, harmless_bytes: int) -> int:
    return max(harmless_bytes, _MOST_RATIO * file.packed_bytes)


def _refused(file: Member, reason: str) -> FoundFile:
    return FoundFile(file.name, file.name, None, 0, None, file.opened, reason)
