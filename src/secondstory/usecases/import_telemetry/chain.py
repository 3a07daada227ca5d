"""Blocks of a file to segment ids, and to what the catalogue already holds of the file.

The first half of an id chains the contents of the blocks up to and including this one; the second half says how they
were read (source, mapping, version). So a block is known by what the file said up to there, whatever the file is
called, and equal blocks within one file are different segments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from secondstory.model.codec import content_hash
from secondstory.model.segment import Segment
from secondstory.model.telemetry import Mapping

_CHAIN_DIGITS = 32
_READING_DIGITS = 8


@dataclass(frozen=True)
class Place:
    """Where a block stands in its file: the chain before it, the chain up to it, and the hash of its content."""

    before: str
    chain: str
    hash: str
    previous: Previous | None


@dataclass(frozen=True)
class Previous:
    """The block before: its place, its length, and its hash as far as it can be continued."""

    before: str
    bytes: int
    hashing: hashlib._Hash


def reading(source: str, mapping: Mapping, code_version: str, beside: tuple[bytes, ...] = ()) -> str:
    """A short hash of how blocks are read: another reading replaces the rows of an earlier one.

    `beside` are the files that they may refer to.
    """
    others = [hashlib.sha256(data).hexdigest() for data in beside]
    return content_hash([source, mapping, code_version, *others])[:_READING_DIGITS]


def places(recording: str) -> Callable[[bytes], Place]:
    """A function that gives the blocks of one file, called in their order, their places.

    Recordings share no chain and so no segments: each can be removed alone.
    """
    chain, previous = hashlib.sha256(b"recording:" + recording.encode()).hexdigest(), None

    def next_place(data: bytes) -> Place:
        nonlocal chain, previous
        hashing = hashlib.sha256(data)
        place = Place(chain, _link(chain, hashing.hexdigest()), hashing.hexdigest(), previous)
        chain, previous = place.chain, Previous(place.before, len(data), hashing)
        return place

    return next_place


def segment_id(place: Place, reading: str) -> str:
    """The id of the segment made from a block."""
    return f"{place.chain[:_CHAIN_DIGITS]}-{reading}"


def anew_id(segment: Segment, people_known: int) -> str:
    """The id of a segment that is written anew because more persons are known; it was read from the same block."""
    return f"{_as_read(segment.id)}-{people_known}"


def _as_read(segment_id: str) -> str:
    return "-".join(segment_id.split("-")[:2])


class Known:
    """The visible segments of a recording, as far as an import needs to recognise them."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self._by_chain = {_chain_of(segment.id): segment for segment in segments}
        self._by_path: dict[tuple[str, str], list[Segment]] = {}
        for segment in segments:
            self._by_path.setdefault((segment.source, segment.path), []).append(segment)

    def same(self, place: Place) -> Segment | None:
        """The segment of this very block, perhaps by another reading."""
        return self._by_chain.get(place.chain[:_CHAIN_DIGITS])

    def has(self, place: Place, segment_id: str) -> bool:
        """True where the block is stored already, read in this very way."""
        known = self.same(place)
        # A block without rows told facts, and may come to hold again after another version of it was read.
        return known is not None and _as_read(known.id) == segment_id and bool(known.files)

    def shorter(self, place: Place, data: bytes, source: str, path: str) -> Segment | None:
        """The segment of the same file's last block from when the file was shorter, if it ends within `data`."""
        for segment in self._by_path.get((source, path), ()):
            if _begins_here(segment, place, data) or _began_before(segment, place, data):
                return segment
        return None

    def add(self, segment: Segment, replaces: Segment | None) -> None:
        """Follow a commit."""
        if replaces is not None:
            self._by_path[replaces.source, replaces.path].remove(replaces)
            self._by_chain.pop(_chain_of(replaces.id), None)
        self._by_chain[_chain_of(segment.id)] = segment
        self._by_path.setdefault((segment.source, segment.path), []).append(segment)


def _begins_here(old: Segment, place: Place, data: bytes) -> bool:
    if old.source_bytes >= len(data) or not _follows(old, place.before):
        return False
    return hashlib.sha256(data[: old.source_bytes]).hexdigest() == old.source_hash


def _began_before(old: Segment, place: Place, data: bytes) -> bool:
    # A file cut off within a record ended with a block that now ends earlier, at the record's beginning.
    previous = place.previous
    if previous is None or not _follows(old, previous.before):
        return False
    rest = old.source_bytes - previous.bytes
    if not 0 < rest <= len(data):
        return False
    hashing = previous.hashing.copy()
    hashing.update(data[:rest])
    return hashing.hexdigest() == old.source_hash


def _follows(old: Segment, before: str) -> bool:
    return _link(before, old.source_hash)[:_CHAIN_DIGITS] == _chain_of(old.id)


def _link(before: str, block_hash: str) -> str:
    return hashlib.sha256(f"{before}{block_hash}".encode()).hexdigest()


def _chain_of(segment_id: str) -> str:
    return segment_id.split("-")[0]
