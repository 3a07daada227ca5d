"""Chunks of a file to blocks that end where a record ends, wherever the chunks happened to be cut.

A block ends at the first record that ends at or after `BLOCK_BYTES`; the rule looks at content only, so the same file
always gives the same blocks and an import can go on where it was stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from secondstory.model.errors import BadInput
from secondstory.ports import Block
from secondstory.texts import say

BLOCK_BYTES = 32 * 1024 * 1024
LARGEST_BYTES = 128 * 1024 * 1024
"""A record, or a table that is read as it lies, may be this long."""

DOCUMENT_BYTES = 40 * 1024 * 1024
"""A document that becomes objects at once may be this long: they take seven times as much, and two are read at once."""

FindEnd = Callable[[bytes, int], int]
"""(data, at least) -> the first end of a record at or after that many bytes, or -1 where more data is needed."""


def cut_whole(path: str, chunks: Iterable[bytes], most_bytes: int = DOCUMENT_BYTES) -> Iterator[Block]:
    """The whole file as one block; nothing for an empty file. Raises BadInput beyond `most_bytes`."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > most_bytes:
            raise BadInput(say("sources.document_too_large", path=path, limit_mb=most_bytes >> 20))
    if size:
        yield Block(path, 1, b"".join(parts))


def cut_lines(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """Blocks of whole lines."""
    return cut_records(path, chunks, line_end)


def line_end(data: bytes, least: int) -> int:
    """The end of the line that holds byte `least` - 1."""
    return data.find(b"\n", max(least - 1, 0)) + 1 or -1


def cut_records(path: str, chunks: Iterable[bytes], find_end: FindEnd) -> Iterator[Block]:
    """Blocks of whole records, `first_line` counting line feeds. Raises BadInput on a record beyond `LARGEST_BYTES`."""
    line = 1
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size < BLOCK_BYTES:
            continue
        data = b"".join(waiting)
        while len(data) >= BLOCK_BYTES and (end := find_end(data, BLOCK_BYTES)) > 0:
            yield Block(path, line, data[:end])
            line += data.count(b"\n", 0, end)
            data = data[end:]
        if len(data) > LARGEST_BYTES:
            raise BadInput(say("sources.record_too_large", path=path, line=line, limit_mb=LARGEST_BYTES >> 20))
        waiting, size = [data], len(data)
    rest = b"".join(waiting)
    if rest:
        yield Block(path, line, rest)
