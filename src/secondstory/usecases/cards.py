"""Words and scores without a sender: anybody who takes part may give them, only who leads the meeting reads words."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.anonymous import MOST_CARDS, MOST_LETTERS, AnonymousCard, InputKind, Score, Tally, tallied
from secondstory.model.errors import BadInput, NotFound
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import cleaned


def put_card(
    actor: Actor, world: World, incident_id: str, text: str, kind: InputKind = InputKind.CARD
) -> AnonymousCard:
    """Keep a card without its sender, names and secrets taken out; gives it as it reads, without an id.

    Raises BadInput on no words or too many, and where the pile is full.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    (words,) = cleaned(world, (text.strip(),))
    if not words:
        raise BadInput(say("anonymous.empty"), say("anonymous.empty_next"))
    if len(words) > MOST_LETTERS:
        raise BadInput(say("anonymous.too_long", most=MOST_LETTERS), say("anonymous.too_long_next"))
    if len(world.unsigned.cards.of(incident_id, kind)) >= MOST_CARDS:
        raise BadInput(say("anonymous.full", most=MOST_CARDS), say("anonymous.full_next"))
    world.unsigned.cards.put(incident_id, kind, words)
    return AnonymousCard("", words)


def cards_of(
    actor: Actor, world: World, incident_id: str, kind: InputKind = InputKind.CARD
) -> tuple[AnonymousCard, ...]:
    """All cards, in an order that says nothing; for who leads the meeting. Raises NotFound, NotAllowed."""
    require(actor, Verb.LEAD, incident_id)
    get_incident(world, incident_id)
    return world.unsigned.cards.of(incident_id, kind)


def drop_card(actor: Actor, world: World, incident_id: str, card_id: str) -> None:
    """Remove a card for good, once it was dealt with. Raises NotFound."""
    require(actor, Verb.LEAD, incident_id)
    get_incident(world, incident_id)
    if not world.unsigned.cards.drop(incident_id, card_id):
        raise NotFound(say("anonymous.no_card", card=card_id), say("anonymous.no_card_next"))


def put_scores(
    actor: Actor, world: World, incident_id: str, scores: tuple[Score, ...], kind: InputKind = InputKind.PULSE
) -> None:
    """Keep answers without their sender."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    world.unsigned.scores.put(incident_id, kind, scores)


def tallies_of(actor: Actor, world: World, incident_id: str, kind: InputKind = InputKind.PULSE) -> tuple[Tally, ...]:
    """How each question was answered, told from three answers on."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return tallied(world.unsigned.scores.of(incident_id, kind))
