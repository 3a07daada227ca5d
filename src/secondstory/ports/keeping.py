"""What is kept beside findings and words: files that people attach."""

from __future__ import annotations

from typing import Protocol

from secondstory.model.attached import AttachedFile


class Attachments(Protocol):
    """Files of incidents; equal bytes are kept once."""

    def save(self, file: AttachedFile, data: bytes | None) -> None:
        """Create or replace. `data` None: the bytes stay as they are, or go where no file that is there has them."""

    def of(self, incident_id: str) -> tuple[AttachedFile, ...]:
        """All of an incident, also those that were removed, in order of id."""

    def data(self, sha256: str) -> bytes | None:
        """Bytes by their hash. Raises EvidenceMismatch where they are not those that were kept."""
