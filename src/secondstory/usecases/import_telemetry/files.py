"""A path to the files below it, and a file to its decompressed bytes in bounded chunks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from secondstory.model.errors import BadInput

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


def found_files(root: Path) -> tuple[FoundFile, ...]:
    """The file `root`, or all files below it in order of name, but READMEs, hidden files and recorded truths.

    Raises BadInput where there is no such path or it cannot be read.
    """
    if not root.exists():
        raise BadInput(f"There is no file or folder {root}.", "Check the path.")
    try:
        if root.is_file():
            return (_found(root, root.name),)
        return tuple(_found(path, path.relative_to(root).as_posix()) for path in sorted(_walk(root)))
    except OSError as error:
        raise BadInput(f"Cannot read {error.filename}: {error.strerror}.", "Check its permissions.") from error


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


def _walk(root: Path) -> Iterator[Path]:
    def give_up(error: OSError) -> None:
        raise error

    for folder, folders, names in os.walk(root, onerror=give_up):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name not in _PASSED_OVER and not name.startswith((".", "README")):
                yield Path(folder, name)


def _found(path: Path, name: str) -> FoundFile:
    with path.open("rb") as file:
        magic = file.read(4)
    for mark, codec, suffix in _CODECS:
        if magic.startswith(mark):
            return FoundFile(path, name, name.removesuffix(suffix), codec, path.stat().st_size)
    return FoundFile(path, name, name, None, path.stat().st_size)
