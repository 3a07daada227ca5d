"""What is kept of incidents: what people said, frozen evidence, documents, names behind tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secondstory.model.actor import Actor
from secondstory.model.decision import Contribution, Decision
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident
from secondstory.model.rehearsal import Practice


class Incidents(Protocol):
    """The incidents."""

    def save(self, incident: Incident) -> None:
        """Create or replace."""

    def get(self, incident_id: str) -> Incident | None:
        """By id."""

    def visible_to(self, actor: Actor) -> tuple[Incident, ...]:
        """Those that the actor may read, restriction being part of the query; newest window first."""


class Ledger(Protocol):
    """What people said, append only."""

    def append(self, entry: Decision | Contribution) -> None:
        """Durably add one entry; an id that exists already is refused."""

    def decisions(self, incident_id: str) -> tuple[Decision, ...]:
        """In order of (at, id)."""

    def contributions(self, incident_id: str) -> tuple[Contribution, ...]:
        """In order of (at, id)."""


@dataclass(frozen=True)
class StoredDocument:
    """A document as bytes of canonical JSON, or a finding kept for re-use."""

    kind: str
    hash: str
    data: bytes


class Freezer(Protocol):
    """Frozen evidence of an incident."""

    def freeze(
        self, incident_id: str, evidence: tuple[Evidence, ...], documents: tuple[StoredDocument, ...], *, anew: bool
    ) -> None:
        """Keep evidence with the documents made of it, durably and in one step, so that neither is older.

        Evidence of the same query and documents of the same kind are replaced; `anew` forgets all other evidence.
        """

    def frozen(self, incident_id: str) -> tuple[Evidence, ...]:
        """All of it, in order of id, hashes checked. Raises EvidenceMismatch."""

    def frozen_at(self, incident_id: str) -> datetime | None:
        """When the last piece was fetched; None where nothing is frozen."""


class Documents(Protocol):
    """Documents of an incident, the latest of each kind, and findings by the hash of their input."""

    def save(self, incident_id: str, documents: tuple[StoredDocument, ...]) -> None:
        """Replace the latest documents of these kinds, in one transaction."""

    def latest(self, incident_id: str, kind: str) -> StoredDocument | None:
        """The latest of a kind."""


class SealedMap(Protocol):
    """The sealed layer: persons behind role tokens. Encrypted at rest."""

    def token(self, person: str, role: str) -> str:
        """The token of a person, such as `responder-2`, however the name is spelled; made on first use, then kept."""

    def people(self) -> tuple[tuple[str, str], ...]:
        """(person, token), longest name first: what the import replaces in text."""

    def user_key(self) -> bytes:
        """The secret that users' identifiers are hashed with; 32 bytes."""


class Practices(Protocol):
    """What each person has rehearsed. Nobody is handed another's."""

    def save(self, practice: Practice) -> None:
        """Create or replace one rehearsal of its actor."""

    def of(self, actor_id: str) -> tuple[Practice, ...]:
        """All of one person's, the oldest first."""

    def forget(self, actor_id: str) -> None:
        """Remove all of one person's, for good."""
