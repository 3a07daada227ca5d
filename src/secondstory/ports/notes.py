"""The shared notes of a meeting, as the updates of a Yjs document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Notebook:
    """The notes of one meeting, by its number in the incident."""

    incident_id: str
    meeting: int


@dataclass(frozen=True)
class KeptUpdates:
    """Updates in the order in which they were kept, and the number of the last; applied to an empty document they give
    the notes."""

    upto: int
    updates: tuple[bytes, ...]


class Notes(Protocol):
    """Updates of notes. What order they are applied in makes no difference, nor does applying one twice."""

    def kept(self, notebook: Notebook) -> KeptUpdates:
        """All that is kept."""

    def append(self, notebook: Notebook, update: bytes) -> int:
        """Durably add one; its number, larger than all before. Raises Unavailable, and then it is not kept."""

    def compact(self, notebook: Notebook, upto: int, whole: bytes) -> None:
        """Put `whole`, which has all of them in it, in place of the updates up to a number; later ones stay."""
