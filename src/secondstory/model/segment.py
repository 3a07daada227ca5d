"""Stored telemetry as the catalogue knows it: recordings, their segments, and what was done for privacy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from secondstory.model.gap import Gap
from secondstory.model.system import AlertRule, IncidentSeed, Objective, System
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class SegmentFile:
    """One table of a segment: a Parquet file below the data directory."""

    table: str
    path: str  # relative to the data directory
    rows: int
    bytes: int
    first_time: datetime
    last_time: datetime

    @property
    def window(self) -> Window:
        """From the first row to the last, which is in it."""
        return Window(self.first_time, self.last_time + _INSTANT)


@dataclass(frozen=True)
class Segment:
    """An immutable piece of telemetry. Its id chains the content of its file up to and including this block."""

    id: str
    files: tuple[SegmentFile, ...]
    redactions: tuple[tuple[str, int], ...] = ()  # (what, how many), sorted
    unmapped_rows: int = 0
    source: str = ""
    path: str = ""  # the file that it came from, as the user named it
    source_bytes: int = 0  # length of the block, to see whether a longer one begins with it
    source_hash: str = ""  # SHA-256 of the block
    first_line: int = 0  # where the block begins in its file, 1-based
    rejected_rows: int = 0
    rejected_line: int = 0  # of the first row that could not be read
    rejected_reason: str = ""
    people_known: int = 0  # how many persons had tokens when it was written; more since, and it is written anew


@dataclass(frozen=True)
class Privacy:
    """What the writer needs to take persons and users out: names to tokens, and the key of users' pseudonyms."""

    people: tuple[tuple[str, str], ...]  # (name, token), longest name first
    user_key: bytes


@dataclass(frozen=True)
class Recording:
    """Telemetry imported together under one name, with what the import told of the system."""

    name: str
    mapping: Mapping
    system: System
    objectives: tuple[Objective, ...] = ()
    rules: tuple[AlertRule, ...] = ()
    seeds: tuple[IncidentSeed, ...] = ()
    gaps: tuple[Gap, ...] = ()
