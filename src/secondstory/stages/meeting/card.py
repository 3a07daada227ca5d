"""The contract of an answer card: one question that executives ask, and its answer from the documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from secondstory.model.card import MOST_WORDS, Card, Line, LinePart
from secondstory.stages.meeting.dossier import Dossier
from secondstory.texts import say

# What is left out first where a card would be too long to say; an answer and what is not known always stay.
_SPARED = (LinePart.NEXT, LinePart.NEXT, LinePart.NUMBER, LinePart.CONFIDENCE, LinePart.CONFIDENCE)


@dataclass(frozen=True)
class CardKind:
    """One question. `asked` are patterns over small letters; `answer` gives no lines where the documents hold no
    evidence, and the card then says what would tell. `place` is where it stands among all, from what it did to what
    follows; where the patterns of several meet one sentence, the more `particular` question is asked.
    """

    key: str
    asked: tuple[str, ...]
    answer: Callable[[Dossier], tuple[Line, ...]]
    place: int
    particular: int

    @property
    def question(self) -> str:
        """The question as it is printed on the card."""
        return say(f"cards.{self.key}_question")

    def is_asked(self, text: str) -> bool:
        """True where the words ask for this card."""
        return any(re.search(pattern, text) for pattern in self.asked)


def make_card(kind: CardKind, dossier: Dossier) -> Card:
    """The card as the documents allow it, at most sixty words."""
    lines = tuple(replace(line, evidence_ids=tuple(dict.fromkeys(line.evidence_ids))) for line in kind.answer(dossier))
    if not lines:
        refusal = Line(LinePart.UNKNOWN, say("cards.refusal", source=say(f"cards.{kind.key}_source")))
        return Card(kind.key, kind.question, (refusal,), is_refusal=True)
    card = Card(kind.key, kind.question, tuple(sorted(lines, key=lambda line: list(LinePart).index(line.part))))
    for part in _SPARED:
        extra = [line for line in card.lines if line.part is part]
        if len(card.text.split()) > MOST_WORDS and extra:
            card = replace(card, lines=tuple(line for line in card.lines if line is not extra[-1]))
    return card
