"""Blocks of a file to segment ids, and to what the catalogue already holds of the file.

The first half of an id chains the contents of the blocks up to and including this one; the second half says how they
were read (source, mapping, version). So a block is known by what the file said up to there, whatever the file is called,
and equal blocks within one file are different segments.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from secondstory.model.codec import content_hash
from secondstory.model.segment import Segment
from secondstory.model.telemetry import Mapping

_CHAIN_DIGITS = 32
_READING_DIGITS = 8


@dataclass(frozen=True)
class Place:
    """Where a block stands: the hash of its content and the chain up to it."""

    before: str
    chain: str
    hash: str


def reading(source: str, mapping: Mapping, code_version: str) -> str:
    """A short hash of how blocks are read: another reading replaces the rows of an earlier one."""
    return content_hash([source, mapping, code_version])[:_READING_DIGITS]


def start(recording: str) -> str:
    """The chain before a file's first block. Recordings share no segments, so each can be removed alone."""
    return hashlib.sha256(b"recording:" + recording.encode()).hexdigest()


def place(before: str, data: bytes) -> Place:
    """The place of the block `data` after the chain `before`."""
    block_hash = hashlib.sha256(data).hexdigest()
    return Place(before, _link(before, block_hash), block_hash)


def segment_id(place: Place, reading: str) -> str:
    """The id of the segment made from a block."""
    return f"{place.chain[:_CHAIN_DIGITS]}-{reading}"


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

    def shorter(self, place: Place, data: bytes, source: str, path: str) -> Segment | None:
        """The segment of the same file's last block from when the file was shorter: `data` begins with it."""
        for segment in self._by_path.get((source, path), ()):
            if (
                segment.source_bytes < len(data)
                and _link(place.before, segment.source_hash)[:_CHAIN_DIGITS] == _chain_of(segment.id)
                and hashlib.sha256(data[: segment.source_bytes]).hexdigest() == segment.source_hash
            ):
                return segment
        return None

    def add(self, segment: Segment, replaces: Segment | None) -> None:
        """Follow a commit."""
        if replaces is not None:
            self._by_path[replaces.source, replaces.path].remove(replaces)
            self._by_chain.pop(_chain_of(replaces.id), None)
        self._by_chain[_chain_of(segment.id)] = segment
        self._by_path.setdefault((segment.source, segment.path), []).append(segment)


def _link(before: str, block_hash: str) -> str:
    return hashlib.sha256(f"{before}{block_hash}".encode()).hexdigest()


def _chain_of(segment_id: str) -> str:
    return segment_id.split("-")[0]
