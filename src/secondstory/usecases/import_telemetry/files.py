"""A path to the files below it, and a file to its decompressed bytes in bounded chunks."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from secondstory.model.errors import BadInput
from secondstory.texts import say

HEAD_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
_ARCHIVE_CHUNK_BYTES = 16 * 1024
_PASSED_OVER = ("truth.json",)  # a laboratory's answer, which the analysis must not see
_CODECS = ((b"\x1f\x8b", "gzip", ".gz"), (b"\x28\xb5\x2f\xfd", "zstd", ".zst"))


@dataclass(frozen=True)
class FoundFile:
    """A file to import. `name` is its path inside the import; `plain_name` is that without `.gz` or `.zst`."""

    path: Path
    name: str
    plain_name: str
    codec: str | None
    bytes: int  # on disk
    problem: str = ""  # why it cannot be read at all


def found_files(root: Path) -> tuple[FoundFile, ...]:
    """The file `root`, or all files below it in order of name, but READMEs, hidden files and recorded truths.

    What is no file, such as a pipe, a link to a folder or a folder that may not be read, is among them with its
    problem: opening a pipe could wait for ever, following links could too, and silence would hide a gap.
    Raises BadInput where there is no such path.
    """
    try:
        if not root.exists():
            raise BadInput(f"There is no file or folder {root}.", "Check the path.")
        if not root.is_dir():
            return (_found(root, root.name),)
    except OSError as error:  # such as a link that leads to itself
        raise BadInput(f"Cannot read {root}: {error.strerror}.", "Check the path and its permissions.") from error
    return tuple(_found(path, path.relative_to(root).as_posix(), problem) for path, problem in sorted(_walk(root)))


def head(file: FoundFile) -> bytes:
    """The first 64 kB, decompressed. Raises BadInput where nothing can be read."""
    if file.problem:
        raise BadInput(file.problem)
    reading, first = Reading(file), b""
    for chunk in reading.chunks():
        first += chunk
        if len(first) >= HEAD_BYTES:
            break
    if reading.error and not first:
        raise BadInput(reading.error)
    return first[:HEAD_BYTES]


class Reading:
    """One pass over a file; `done` is how many of its bytes on disk are read, `error` why it ended early."""

    def __init__(self, file: FoundFile) -> None:
        self._file = file
        self.done = 0
        self.error = ""

    def chunks(self) -> Iterator[bytes]:
        """Its content, decompressed, as far as it can be read: an archive may be cut off."""
        try:
            yield from self._chunks()
        except (OSError, pa.ArrowException) as error:
            self.error = str(error)

    def _chunks(self) -> Iterator[bytes]:
        with pa.OSFile(str(self._file.path)) as raw:
            codec = self._file.codec
            stream = raw if codec is None else pa.CompressedInputStream(raw, codec)
            # What a damaged archive gives before the damage is lost in units of one read.
            size = _CHUNK_BYTES if codec is None else _ARCHIVE_CHUNK_BYTES
            while chunk := stream.read(size):
                self.done = raw.tell()
                yield chunk
        self.done = self._file.bytes


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """What there is, each with why it cannot be read, if that shows already."""
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            if name not in _PASSED_OVER and not name.startswith((".", "README")):
                yield Path(folder, name), ""
    for error in closed:
        yield Path(error.filename), str(error.strerror)


def _found(path: Path, name: str, problem: str = "") -> FoundFile:
    magic, size = b"", 0
    try:
        state = path.stat()
        if stat.S_ISREG(state.st_mode):
            size = state.st_size
            with path.open("rb") as file:
                magic = file.read(4)
        else:
            problem = problem or say("imports.no_file")
    except OSError as error:
        problem = str(error.strerror)
    for mark, codec, suffix in _CODECS:
        if magic.startswith(mark):
            return FoundFile(path, name, name.removesuffix(suffix), codec, size)
    return FoundFile(path, name, name, None, size, problem)
