"""A block of JSON documents to decoded records; a damaged one costs only itself and is told by its number.

Records are found by their brackets and decoded one by one, so that memory is a record's. Behind damage the brackets say
nothing any more; from there on records are found by how they begin.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from secondstory.model.errors import BadInput
from secondstory.ports import Block
from secondstory.sources.reading.json_scan import Marks, Scanner, array_depth
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\],]', re.DOTALL)
_CLOSES = {ord("{"): b"}", ord("["): b"]"}
_LOOK = 1024  # bytes; more white space than anybody puts before what follows
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Layout:
    """How documents of a format are built: what opens the array of records, and the keys that a record begins with."""

    opening: bytes  # such as b'{"data":{"result":['
    keys: tuple[str, ...]  # any of which may be the first of a record

    def begins(self) -> re.Pattern[str]:
        """Matches the beginning of a record."""
        return re.compile(r'\{\s*"(?:' + "|".join(map(re.escape, self.keys)) + r')"\s*:')


Record = tuple[int, dict[str, Any]]
"""The number of a record in its file, 1-based, and what it holds."""


def records_of(block: Block, layout: Layout, rejects: Rejects) -> Iterator[Record]:
    """All records that can be decoded. Raises BadInput where the block holds none, and nothing that looks like one."""
    data = block.data.removeprefix(BOM_UTF8)
    view, place, number = memoryview(data), 0, block.first_line
    for start, end in _spans(data, layout):
        record = _decoded(view[start:end], number, rejects)
        if record is None:
            break
        yield number, record
        number, place = number + 1, end
    found = number > block.first_line
    for record in _salvaged(data[place:], layout, number, rejects):
        found = True
        if record is not None:
            yield number, record
        number += 1
    if not found and not _is_inside(data):
        raise BadInput(
            say("sources.json_document", path=block.path, problem=say("sources.no_record")),
            say("sources.document_next"),
        )


def around(block: Block, layout: Layout) -> bytes:
    """What stands between documents' beginnings or ends and their records: warnings and the like."""
    data, place, parts = block.data, 0, []
    for start, end in _spans(data, layout):
        if start - place > len(layout.opening):
            parts.append(data[place:start])
        place = end
    return b"\n".join([*parts, data[place:]])


def beginning(data: bytes) -> Any:
    """The value that a file starts with (`FileHead.start`), what is cut off left out; None where it is no JSON."""
    stack: list[bytes] = []
    sound, closing = 0, b""  # where a value was last complete, and what closes the brackets open there
    for token in _TOKEN.finditer(data):
        code = data[token.start()]
        if code in _CLOSES:
            stack.append(_CLOSES[code])
            sound, closing = token.end(), b"".join(reversed(stack))
        elif code == ord(","):
            sound, closing = token.start(), b"".join(reversed(stack))
        elif code in b"}]":
            if not stack:
                return None
            stack.pop()
            sound, closing = token.end(), b"".join(reversed(stack))
            if not stack:
                break
        elif not stack:
            return None
    try:
        return orjson.loads((data[:sound] + closing).decode(errors="replace"))
    except orjson.JSONDecodeError:
        return None


def _spans(data: bytes, layout: Layout) -> Iterator[tuple[int, int]]:
    """Begin and end of each record, as far as the brackets match."""
    depth = array_depth(layout.opening)
    inside = _is_inside(data)
    marks = Scanner(depth, inside=inside).feed(data)
    if inside and _is_list(data, marks, depth):
        marks = Scanner(1, inside=True).feed(data)
    begin = np.maximum.accumulate(np.where(marks.begins, marks.place, 0))
    document = np.maximum.accumulate(np.where(marks.documents, marks.place, 0))
    starts = np.where(marks.bare, document, begin)[marks.ends]
    return zip(starts.tolist(), (marks.place[marks.ends] + 1).tolist(), strict=True)


def _is_inside(data: bytes) -> bool:
    """True for a block that goes on within an array, or with what follows it."""
    return data[:_LOOK].lstrip()[:1] in (b",", b"]")


def _is_list(data: bytes, marks: Marks, depth: int) -> bool:
    """True where the array that the block begins in is the whole document: nothing has to be closed after it."""
    if not depth:
        return True
    closed = np.flatnonzero(marks.depth < depth)
    if not closed.size:
        return False
    rest = data[int(marks.place[closed[0]]) + 1 :][:_LOOK].lstrip()
    return rest[:1] not in (b"}", b",")


def _decoded(data: memoryview, number: int, rejects: Rejects) -> dict[str, Any] | None:
    """The record, with signs in the place of bytes that are no UTF-8; None where it cannot be decoded."""
    try:
        record = orjson.loads(data)
    except orjson.JSONDecodeError:
        try:
            record = orjson.loads(bytes(data).decode(errors="replace"))
        except orjson.JSONDecodeError:
            return None
        rejects.add("text_replaced", number)
    return record if isinstance(record, dict) else {}


def _salvaged(data: bytes, layout: Layout, number: int, rejects: Rejects) -> Iterator[dict[str, Any] | None]:
    """What looks like a record in a stretch whose brackets do not match; None for each that cannot be decoded."""
    text = data.decode(errors="replace")
    end = 0
    for begin in layout.begins().finditer(text):
        if begin.start() < end:
            continue  # it is part of the record before
        try:
            record, end = _DECODER.raw_decode(text, begin.start())
        except (ValueError, RecursionError):
            rejects.add("record_unreadable", number)
            yield None
        else:
            yield record
        number += 1
