"""An answer to an executive's question of fact: short, with numbers, a confidence word and what is not known yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 60  # what is said in about twenty seconds


class LinePart(StrEnum):
    """What a line of a card does, in the order in which they are said."""

    ANSWER = "answer"
    NUMBER = "number"
    CONFIDENCE = "confidence"
    UNKNOWN = "unknown"
    NEXT = "next"


@dataclass(frozen=True)
class Line:
    """One sentence of a card. `evidence_ids` is empty only where it says what is not known, or what comes next."""

    part: LinePart
    text: str
    evidence_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.part in (LinePart.ANSWER, LinePart.NUMBER) and not self.evidence_ids:
            raise ValueError(f"an answer rests on evidence: {self.text!r}")


@dataclass(frozen=True)
class Card:
    """A question with its answer. `is_refusal`: the documents hold no evidence, and the one line says what would."""

    key: str
    question: str
    lines: tuple[Line, ...]
    is_refusal: bool = False

    @property
    def text(self) -> str:
        """The card as it is read aloud."""
        return " ".join(line.text for line in self.lines)

    @property
    def evidence_ids(self) -> tuple[str, ...]:
        """All that the card rests on, each once."""
        return tuple(dict.fromkeys(i for line in self.lines for i in line.evidence_ids))
