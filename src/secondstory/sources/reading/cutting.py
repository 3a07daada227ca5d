"""Chunks of a file to blocks that end where a record ends, wherever the chunks happened to be cut.

A block ends at the first record that ends at or after `BLOCK_BYTES`; the rule looks at content only, so the same file
always gives the same blocks and an import can go on where it was stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from secondstory.ports import Block

BLOCK_BYTES = 32 * 1024 * 1024

FindEnd = Callable[[bytes, int], int]
"""(data, at least) -> the first end of a record at or after that many bytes, or -1 where more data is needed."""


def cut_whole(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """The whole file as one block; nothing for an empty file."""
    data = b"".join(chunks)
    if data:
        yield Block(path, 1, data)


def cut_lines(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """Blocks of whole lines."""
    return cut_records(path, chunks, line_end)


def line_end(data: bytes, least: int) -> int:
    """The end of the line that holds byte `least` - 1."""
    return data.find(b"\n", max(least - 1, 0)) + 1 or -1


def cut_records(path: str, chunks: Iterable[bytes], find_end: FindEnd) -> Iterator[Block]:
    """Blocks of whole records, `first_line` counting line feeds."""
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
        waiting, size = [data], len(data)
    rest = b"".join(waiting)
    if rest:
        yield Block(path, line, rest)
