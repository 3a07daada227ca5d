"""What people say without being known: cards of words, and scores. Neither holds who or when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_LETTERS = 500
MOST_CARDS = 200
"""Of one incident and kind: no sender is kept who could be slowed down, so the pile itself is bounded."""
FEWEST_ANSWERS = 3
"""Below so many answers a score, or an answer to a poll, could be laid to somebody, and is told to nobody."""
LOWEST, HIGHEST = 1, 5


class InputKind(StrEnum):
    """What anonymous words or scores belong to."""

    CARD = "card"  # before and in the meeting
    PULSE = "pulse"  # after it


@dataclass(frozen=True)
class AnonymousCard:
    """Words of somebody. The id is drawn at random and stands in no order of writing."""

    id: str
    text: str


@dataclass(frozen=True)
class Score:
    """One answer to one question, from 1 to 5. Two answers of one person are not kept together."""

    question: str
    value: int

    def __post_init__(self) -> None:
        if not LOWEST <= self.value <= HIGHEST:
            raise ValueError(f"a score from {LOWEST} to {HIGHEST} was expected, not {self.value}")


@dataclass(frozen=True)
class Tally:
    """How a question was answered. `counts` of 1, 2, 3, 4 and 5; empty while there are fewer than three answers."""

    question: str
    answers: int
    counts: tuple[int, ...]


def tallied(scores: tuple[Score, ...]) -> tuple[Tally, ...]:
    """The scores by question, each told from three answers on."""
    found = []
    for question in sorted({one.question for one in scores}):
        values = [one.value for one in scores if one.question == question]
        told = len(values) >= FEWEST_ANSWERS
        counts = tuple(values.count(value) for value in range(LOWEST, HIGHEST + 1)) if told else ()
        found.append(Tally(question, len(values), counts))
    return tuple(found)
