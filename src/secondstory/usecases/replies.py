"""What the facilitator may say to something said in a meeting, and the card for an executive's question."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import Room
from secondstory.blameless.replies.recognising import Occasion
from secondstory.model.actor import Actor
from secondstory.model.card import Card
from secondstory.model.reply import Reply
from secondstory.model.utterance import Move
from secondstory.ports import World
from secondstory.stages.meeting import answer_card, card_asked, fact_sheet
from secondstory.usecases.facts import dossier_of
from secondstory.usecases.wordings import own_wordings


@dataclass(frozen=True)
class Advice:
    """What to say, and the card that answers a question of fact; either may be missing."""

    reply: Reply | None
    card: Card | None


def reply_for(actor: Actor, world: World, incident_id: str, occasion: Occasion, room: Room, *, seed: int = 0) -> Advice:
    """The advice for one occasion in the state of the meeting. Raises NotFound where nothing was analysed."""
    dossier = dossier_of(actor, world, incident_id)
    own = own_wordings(actor, world)
    asked = card_asked(occasion.utterance.text) if occasion.verdict.move is Move.ANSWER else None
    card = answer_card(dossier, asked) if asked is not None else None
    return Advice(choose(occasion, fact_sheet(dossier), room, seed=seed, own=own), card)
