"""What brings telemetry in: files that are recognised and read, servers that are asked."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from secondstory.model.system import Fact
from secondstory.model.telemetry import Mapping, TableName
from secondstory.model.window import Window


@dataclass(frozen=True)
class FileHead:
    """What a source may look at to recognise a file: its path inside the import and its first bytes, decompressed."""

    path: str
    head: bytes

    @property
    def start(self) -> bytes:
        """What stands first: the head without byte order mark and leading white space."""
        return self.head.removeprefix(BOM_UTF8).lstrip()


@dataclass(frozen=True)
class Block:
    """A stretch of a file (decompressed) that holds whole records only."""

    path: str
    first_line: int  # 1-based line, or record, that the block begins with; for error messages
    data: bytes
    beside: tuple[bytes, ...] = ()  # the source's other files of the same import, for what refers to them


@dataclass(frozen=True)
class Reject:
    """Rows of a block that could not be read: where the first of them is, why, how many.

    `kept` = they could, but not as they were written.
    """

    path: str
    line: int
    reason: str
    count: int
    kept: bool = False


@dataclass(frozen=True)
class Parsed:
    """What a block told. Tables follow `model.telemetry.SCHEMAS`; persons and users still carry their names."""

    tables: tuple[tuple[TableName, pa.Table], ...] = ()
    facts: tuple[Fact, ...] = ()
    rejects: tuple[Reject, ...] = ()
    people: tuple[str, ...] = ()  # persons named beside actors, such as reviewers: their names are sealed too


@dataclass(frozen=True)
class SourceExtension:
    """A connector for files. All three functions are pure; bytes come from the import, never from the source itself.

    `cut` turns the file's chunks into blocks of about 32 MB that end on a record boundary and depend on content only
    (so the same file always gives the same blocks). `parse` reads one block under a label mapping.
    """

    name: str
    summary: str
    recognise: Callable[[FileHead], bool]
    cut: Callable[[str, Iterable[bytes]], Iterator[Block]]
    parse: Callable[[Block, Mapping], Parsed]
    tells_people: bool = False  # its rows name persons: its files are read before text that may mention them
    refers: bool = False  # its documents refer to those of other files, so each file is read with the others beside it


class Remote(Protocol):
    """One configured server that is asked over HTTP, and no other."""

    def get(self, path: str, parameters: tuple[tuple[str, str], ...]) -> bytes:
        """The body of the answer. Raises Unavailable where there is none in time, or where the server refuses."""


@dataclass(frozen=True)
class Wanted:
    """What to collect: all of `window` in steps; `selector` narrows it in the words of the server, "" = everything."""

    window: Window
    step_s: int
    selector: str


@dataclass(frozen=True)
class Slice:
    """A part of what is wanted, as one file for the import; `fetch` gives its content, b"" where there is none.

    It raises Unavailable where the server does not answer as it should.
    The same part of the same server has the same name, so what was fetched before an interruption is known.
    """

    name: str
    window: Window
    fetch: Callable[[], bytes]


@dataclass(frozen=True)
class CollectorExtension:
    """A connector for a running server. `slices` asks it what there is; a source must know the files' format."""

    name: str
    summary: str
    slices: Callable[[Remote, Wanted], Iterator[Slice]]
