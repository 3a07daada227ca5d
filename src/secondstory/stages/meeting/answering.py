"""Which card a question asks for, and the cards of an incident."""

from __future__ import annotations

from functools import cache

import secondstory.stages.meeting.cards
from secondstory.model.card import Card
from secondstory.registry import extensions
from secondstory.stages.meeting.card import CardKind, make_card
from secondstory.stages.meeting.dossier import Dossier


@cache
def card_kinds() -> tuple[CardKind, ...]:
    """All questions that a card answers, in the order in which they are shown."""
    return tuple(sorted(extensions(secondstory.stages.meeting.cards, CardKind), key=lambda one: (one.place, one.key)))


def card_asked(text: str) -> str | None:
    """The key of the card that the words ask for; None where they ask for none."""
    plain = text.lower().replace("’", "'")
    asked = [kind for kind in card_kinds() if kind.is_asked(plain)]
    return max(asked, key=lambda kind: kind.particular).key if asked else None


def answer_card(dossier: Dossier, key: str) -> Card | None:
    """One card of an incident; None for an unknown key."""
    kind = next((one for one in card_kinds() if one.key == key), None)
    return make_card(kind, dossier) if kind is not None else None


def answer_cards(dossier: Dossier) -> tuple[Card, ...]:
    """All cards of an incident; one that the documents cannot answer says what would tell."""
    return tuple(make_card(kind, dossier) for kind in card_kinds())
