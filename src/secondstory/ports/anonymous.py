"""What is said without a name. An implementation keeps no sender and no time, and leaves no line in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from secondstory.model.anonymous import AnonymousCard, InputKind, Score


class Cards(Protocol):
    """Words without a sender, in an order that has nothing to do with when they came."""

    def put(self, incident_id: str, kind: InputKind, text: str) -> None:
        """Keep one durably."""

    def of(self, incident_id: str, kind: InputKind) -> tuple[AnonymousCard, ...]:
        """All of a kind, shuffled once for all."""

    def drop(self, incident_id: str, card_id: str) -> bool:
        """Remove one for good. False: there is none with this id."""


class Scores(Protocol):
    """Answers in numbers without a sender."""

    def put(self, incident_id: str, kind: InputKind, scores: tuple[Score, ...]) -> None:
        """Keep some durably, all of them or none."""

    def of(self, incident_id: str, kind: InputKind) -> tuple[Score, ...]:
        """All of a kind, shuffled."""


@dataclass(frozen=True)
class Unsigned:
    """What is said without a name: in words, and in numbers."""

    cards: Cards
    scores: Scores
