"""Segments' files below a directory of this machine.

A file is written aside, forced to disk and renamed, so a name that exists holds a whole file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from secondstory.model.errors import Unavailable
from secondstory.texts import say
from secondstory.warehouse.stored import write_parquet


class LocalStore:
    """`segments.SegmentStore` and `ports.SegmentFiles` below `directory`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()

    def write(self, path: str, rows: pa.Table) -> int:
        """Durably; gives the size in bytes. Raises Unavailable where the disk does not take it."""
        return self._kept(path, lambda file: write_parquet(rows, file))

    def copy_in(self, path: str, data: bytes) -> None:
        """Keep a file, durably and whole, in place of what is there."""
        self._kept(path, lambda file: file.write(data))

    def copy_out(self, path: str) -> bytes:
        """A file as it is. Raises Unavailable where it is not there."""
        try:
            return (self._directory / path).read_bytes()
        except OSError as error:
            raise Unavailable(say("engine.gone", count=1, first=path), say("engine.gone_next")) from error

    def _kept(self, path: str, write: Callable[[BinaryIO], object]) -> int:
        target = self._directory / path
        aside = target.with_suffix(".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(target)
            _keep_names(target.parent)
        except OSError as error:
            with suppress(OSError):
                aside.unlink()  # half a file on a full disk is in the way of everything else
            told = say("engine.disk", folder=target.parent, said=error.strerror or error)
            raise Unavailable(told, say("engine.disk_next")) from error
        return target.stat().st_size

    def read(self, path: str) -> pa.Table:
        """The rows of a file."""
        return pq.read_table(self._directory / path)

    def address(self, path: str) -> str:
        """How another program that sees the same disk finds the file."""
        return (self._directory / path).as_uri()

    def missing(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those that are not there."""
        return tuple(path for path in paths if not (self._directory / path).is_file())

    def remove(self, paths: tuple[str, ...]) -> None:
        """Take files away; those that are gone already are no error."""
        for path in paths:
            (self._directory / path).unlink(missing_ok=True)


def _keep_names(directory: Path) -> None:
    """The names in a directory are forced to disk as well: a file that is whole but has no name is lost."""
    folder = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
