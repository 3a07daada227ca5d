"""Bytes of JSON documents to where their records begin and end, without decoding them.

A record is an object inside the array that a document exists for, such as `data.result`, or a whole document that has
no such object. Only quotes and brackets are looked at, all at once, so a file of any length can be cut into blocks of
whole records for less than it costs to decode them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondstory.model.errors import BadInput
from secondstory.ports import Block
from secondstory.sources.reading import cutting
from secondstory.texts import say

RECORD_LIMIT = 2 * cutting.BLOCK_BYTES
"""A record that is longer is refused: decoded it would take ten times its length."""

_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_QUOTE, _OPENING, _CLOSING = 1, 2, 3
_CLASS = np.zeros(256, np.uint8)
_CLASS[ord('"')] = _QUOTE
_CLASS[[ord("{"), ord("[")]] = _OPENING
_CLASS[[ord("}"), ord("]")]] = _CLOSING

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Marks:
    """Shallow brackets of a stretch, in order: all arrays have one item a bracket that is no part of a text."""

    place: Places  # offset in the stretch
    depth: Places  # open brackets after it
    begins: Flags  # begins a record inside the array
    documents: Flags  # begins a document
    bare: Flags  # ends a document without records inside
    ends: Flags  # ends a record: one inside the array, or such a document


class Scanner:
    """Finds the brackets of chunk after chunk; `depth` of the array inside its document, 1 for a document that is one.

    `inside` begins in the middle of the array, as a block that is not the first of its document does.
    """

    def __init__(self, depth: int, *, inside: bool = False) -> None:
        self._array_depth = depth
        self.depth = depth if inside else 0
        self.in_text = False
        self._escaping = False
        self._base = depth  # of the array in the current document
        self._in_list = inside  # the bracket open at that depth is an array's
        self._found, self._found_before = int(inside), 0  # records inside arrays, up to now and to the last document

    def feed(self, chunk: bytes) -> Marks:
        """The marks of the next chunk."""
        data = self._without_escapes(chunk)
        codes = np.frombuffer(data, np.uint8)
        classes = _CLASS[codes]
        place = np.flatnonzero(classes)
        quotes = classes[place] == _QUOTE
        texts = (np.cumsum(quotes) + self.in_text) % 2 == 1
        self.in_text = bool(texts[-1]) if texts.size else self.in_text
        place = place[~quotes & ~texts]
        return self._marks(place, classes[place] == _OPENING, codes[place])

    def _without_escapes(self, chunk: bytes) -> bytes:
        """The same length, with escaped signs that are no quotes."""
        if self._escaping and chunk:
            chunk = b"_" + chunk[1:]
            self._escaping = False
        if b"\\" not in chunk:
            return chunk
        data = _ESCAPE.sub(b"__", chunk)
        self._escaping = data.endswith(b"\\")
        return data

    def _marks(self, place: Places, opens: Flags, codes: npt.NDArray[np.uint8]) -> Marks:
        depth = self.depth + np.cumsum(np.where(opens, 1, -1))
        last_depth = int(depth[-1]) if depth.size else self.depth
        shallow = depth <= max(self._array_depth, 1) + 1  # deeper ones, the most by far, begin and end no record
        place, opens, codes, depth = place[shallow], opens[shallow], codes[shallow], depth[shallow]
        lists = (codes == ord("[")) | (codes == ord("]"))
        documents = opens & (depth == 1)
        base = _latest(documents, np.where(lists, 1, self._array_depth), self._base)
        in_list = _latest(opens & (depth == base), lists, self._in_list).astype(bool)
        begins = opens & ~lists & in_list & (depth == base + 1)
        ends = ~opens & ~lists & in_list & (depth == base)
        bare = ~opens & (depth == 0)
        found = self._found + np.cumsum(ends)
        before = np.concatenate(([self._found_before], found[bare]))
        bare[bare] = before[1:] == before[:-1]
        self.depth = last_depth
        if place.size:
            self._base, self._in_list = int(base[-1]), bool(in_list[-1])
            self._found, self._found_before = int(found[-1]), int(before[-1])
        return Marks(place, depth, begins, documents, bare, ends | bare)


def cut_records(
    opening: bytes, block_bytes: int = cutting.BLOCK_BYTES
) -> Callable[[str, Iterable[bytes]], Iterator[Block]]:
    """A way of cutting documents that begin like `opening`, up to their array, into blocks of whole records.

    `Block.first_line` counts records. A block that goes on within an array begins with its comma or bracket.
    """

    def cut(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
        scanner = Scanner(array_depth(opening))
        waiting, number, passed = bytearray(), 1, 0  # passed = records in what waits
        for chunk in chunks:
            marks = scanner.feed(chunk)
            ends = marks.place[marks.ends] + 1 + len(waiting)
            waiting += chunk
            gone = used = 0
            while (at := int(np.searchsorted(ends, gone + block_bytes))) < ends.size:
                end = int(ends[at])
                yield Block(path, number, bytes(memoryview(waiting)[gone:end]))
                number += passed + at + 1 - used
                gone, used, passed = end, at + 1, 0
            passed += ends.size - used
            del waiting[:gone]
            if len(waiting) > RECORD_LIMIT:
                megabytes = RECORD_LIMIT // 1024**2
                problem = say("sources.record_long", path=path, number=number + passed, megabytes=megabytes)
                raise BadInput(problem, say("sources.document_next"))
        if waiting:
            yield Block(path, number, bytes(waiting))

    return cut


def array_depth(opening: bytes) -> int:
    """How many brackets are open once the records begin."""
    return opening.count(b"{") + opening.count(b"[")


def _latest(where: Flags, values: npt.NDArray[np.generic], before: int) -> Places:
    """At each place the value of the last marked place up to and including it; `before` where there is none."""
    last = np.maximum.accumulate(np.where(where, np.arange(where.size), -1))
    found: Places = np.where(last >= 0, values[np.maximum(last, 0)], before).astype(np.int64)
    return found
