"""What is kept beside findings and words, and for how long: attached files, the age of telemetry, legal holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secondstory.model.attached import AttachedFile
from secondstory.model.retention import Hold, Tombstone
from secondstory.model.segment import Segment


class Attachments(Protocol):
    """Files of incidents; equal bytes are kept once."""

    def save(self, file: AttachedFile, data: bytes | None) -> None:
        """Create or replace. `data` None: the bytes stay as they are, or go where no file that is there has them."""

    def of(self, incident_id: str) -> tuple[AttachedFile, ...]:
        """All of an incident, also those that were removed, in order of id."""

    def data(self, sha256: str) -> bytes | None:
        """Bytes by their hash. Raises EvidenceMismatch where they are not those that were kept."""


@dataclass(frozen=True)
class AgedSegment:
    """A visible segment, since when its age is counted, and when its rows were given up."""

    recording: str
    segment: Segment
    since: datetime | None  # None: it came after ages were looked at last
    retired_at: datetime | None


class TelemetryAges(Protocol):
    """How old stored telemetry is. What was given up stays in the catalogue, so that nobody takes it for calm."""

    def begin(self, now: datetime) -> None:
        """Count the age of what came since, from now on."""

    def of(self, recordings: tuple[str, ...]) -> tuple[AgedSegment, ...]:
        """The visible segments of these recordings."""

    def retire(self, segments: tuple[AgedSegment, ...], now: datetime) -> None:
        """Note that the rows of these are given up, in one transaction, before their files go."""


class Holds(Protocol):
    """Incidents of which nothing may go."""

    def save(self, hold: Hold) -> None:
        """Create or replace."""

    def lift(self, incident_id: str) -> None:
        """The incident is held no longer."""

    def all(self) -> tuple[Hold, ...]:
        """All, in order of incident."""


class Tombstones(Protocol):
    """Incidents that were deleted."""

    def bury(self, tombstone: Tombstone) -> tuple[str, ...]:
        """Remove all that the records hold of an incident but the audit, and leave the tombstone, in one transaction.

        Gives the files of segments that nothing names any more.
        """

    def of(self, incident_id: str) -> Tombstone | None:
        """The tombstone of an incident that was deleted."""

    def all(self) -> tuple[Tombstone, ...]:
        """All, in order of incident."""
