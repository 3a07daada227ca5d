"""Answers the questions that executives ask, from an incident's documents."""

from __future__ import annotations

from secondstory.model.actor import Actor
from secondstory.model.card import Card
from secondstory.model.errors import NotFound
from secondstory.ports import World
from secondstory.stages.meeting import answer_card, answer_cards, card_asked, card_kinds
from secondstory.texts import say
from secondstory.usecases.facts import dossier_of


def answers_of(actor: Actor, world: World, incident_id: str) -> tuple[Card, ...]:
    """All ten cards; one that the documents cannot answer says what would tell."""
    return answer_cards(dossier_of(actor, world, incident_id))


def answer_of(actor: Actor, world: World, incident_id: str, question: str) -> Card:
    """The card for a question: its key, or the words in which it is asked. Raises NotFound where no card fits."""
    dossier = dossier_of(actor, world, incident_id)
    known = {kind.key for kind in card_kinds()}
    key = question if question in known else card_asked(question)
    card = answer_card(dossier, key) if key is not None else None
    if card is None:
        keys = ", ".join(kind.key for kind in card_kinds())
        raise NotFound(say("cards.no_card", question=question[:200]), say("cards.no_card_next", keys=keys))
    return card
