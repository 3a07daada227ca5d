"""The audit: every change, and every look at a restricted incident."""

from __future__ import annotations

from typing import Protocol

from secondstory.model.audit import AuditEntry


class Audit(Protocol):
    """Append only; a change is written in the same transaction as what it changes, by the records themselves."""

    def remark(self, text: str) -> None:
        """The reason for the change that is being made now, to stand in its line."""

    def looked(self, *incident_ids: str) -> None:
        """What is done now shows something of these incidents: a line for each of them that is restricted."""

    def entries(self, incident_id: str | None, before: int, limit: int) -> tuple[AuditEntry, ...]:
        """The newest first, of an incident or of all (None): those with a number below `before`; 0 = from the top."""
