"""Answers that were given to requests with a key, so that a request sent again does nothing a second time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it was given. `status` 0: the request was begun, and its answer is not known."""

    fingerprint: str  # of what was asked: the same key with another request is a mistake
    status: int = 0
    media_type: str = ""
    body: bytes = b""


class Answered(Protocol):
    """Answers by the actor and the key that they chose."""

    def begin(self, actor_id: str, key: str, fingerprint: str) -> KeptAnswer | None:
        """Reserve a key, durably; what is kept under it where it was used before, else None."""

    def finish(self, actor_id: str, key: str, answer: KeptAnswer) -> None:
        """Keep the answer."""

    def give_up(self, actor_id: str, key: str) -> None:
        """The request was refused and changed nothing: the key is free again."""
