"""Answers the questions that executives ask, from an incident's documents."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.actor import Actor
from secondstory.model.card import Card
from secondstory.model.errors import NotFound
from secondstory.ports import World
from secondstory.stages.meeting import answer_cards, card_asked
from secondstory.texts import say
from secondstory.usecases.facts import dossier_of


@dataclass(frozen=True)
class Answers:
    """The ten cards, and which of them was asked for; one that the documents cannot answer says what would tell."""

    cards: tuple[Card, ...]
    asked: str | None  # its key


def answers_of(actor: Actor, world: World, incident_id: str, question: str = "") -> Answers:
    """All cards, and which of them a question asks for: a card's key, or the words in which it was asked."""
    cards = answer_cards(dossier_of(actor, world, incident_id))
    return Answers(cards, question if question in {card.key for card in cards} else card_asked(question))


def answer_of(actor: Actor, world: World, incident_id: str, question: str) -> Card:
    """The card that a question asks for. Raises NotFound where it asks for none."""
    told = answers_of(actor, world, incident_id, question)
    card = next((card for card in told.cards if card.key == told.asked), None)
    if card is None:
        keys = ", ".join(card.key for card in told.cards)
        raise NotFound(say("cards.no_card", question=question[:200]), say("cards.no_card_next", keys=keys))
    return card
