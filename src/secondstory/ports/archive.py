"""Whole incidents as one value: out of the records, into other ones, and gone for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from secondstory.model.attached import AttachedFile
from secondstory.model.decision import Contribution, Decision
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident
from secondstory.model.segment import Recording, Segment
from secondstory.ports.records import StoredDocument


@dataclass(frozen=True, eq=False)
class KeptIncident:
    """All that the records hold of one incident, and of the recordings that it looks at."""

    incident: Incident
    decisions: tuple[Decision, ...]
    contributions: tuple[Contribution, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[StoredDocument, ...]
    recordings: tuple[Recording, ...]
    segments: tuple[tuple[str, Segment], ...]  # (recording, segment), the visible ones
    attached: tuple[AttachedFile, ...] = ()
    blobs: tuple[tuple[str, bytes], ...] = ()  # (hash, bytes) of what is attached


class Archive(Protocol):
    """Incidents as a whole, each step in one transaction."""

    def take(self, incident_id: str) -> KeptIncident | None:
        """All of one incident as it is at one moment; None where there is none."""

    def put(self, kept: KeptIncident) -> None:
        """Add an incident that is not there; recordings and segments that are there already stay as they are."""


class SegmentCopies(Protocol):
    """The files of segments as bytes, to carry them from one installation to another."""

    def copy_out(self, path: str) -> bytes:
        """A file as it is. Raises Unavailable where it is not there."""

    def copy_in(self, path: str, data: bytes) -> None:
        """Keep a file, durably and whole, in place of what is there."""
