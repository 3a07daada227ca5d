"""Telemetry as stored segments, and what answers questions about it."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa

from secondstory.model.query import Query
from secondstory.model.segment import Privacy, Recording, Segment
from secondstory.model.table import Table
from secondstory.model.telemetry import TableName


class Warehouse(Protocol):
    """Telemetry stored as immutable segments and summarised where it lies."""

    def write(self, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy) -> Segment:
        """Redact, pseudonymise and store rows as one segment, durably; same id and rows, same file. Not yet visible."""

    def run(self, query: Query, segments: tuple[Segment, ...]) -> Table:
        """Answer a query over these segments, exactly and independently of the order of rows."""

    @property
    def engine(self) -> str:
        """Name and version, for evidence."""


class Redactor(Protocol):
    """Takes persons and secrets out of what is no new telemetry."""

    def sentences(self, texts: tuple[str, ...], privacy: Privacy) -> tuple[str, ...]:
        """Short texts, such as titles, redacted and with persons as tokens. Doing it again changes nothing."""

    def anew(self, segment: Segment, segment_id: str, privacy: Privacy) -> Segment:
        """A stored segment without the names that became known since: under the new id where one was in it, not yet
        visible; else as it was. Either way `people_known` says so.
        """


class SegmentFiles(Protocol):
    """The files of segments, where they lie."""

    def missing(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those that are not there."""

    def remove(self, paths: tuple[str, ...]) -> None:
        """Take files away; those that are gone already are no error."""


class Catalogue(Protocol):
    """Which segments exist: a segment counts once it is committed here."""

    def commit(self, recording: str, segment: Segment, replaces: str | None) -> None:
        """Make a segment visible, in the same transaction hiding the one that it replaces."""

    def segments(self, recordings: tuple[str, ...]) -> tuple[Segment, ...]:
        """The visible segments of these recordings, in order; a block that several of them hold is given once."""


class Recordings(Protocol):
    """Stretches of telemetry imported together, with what is known of their system."""

    def save(self, recording: Recording) -> None:
        """Create or replace."""

    def get(self, name: str) -> Recording | None:
        """By name."""

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
