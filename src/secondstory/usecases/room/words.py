"""Words for who leads, made of what was said and captured: a summary so far, and a paraphrase to offer.

Both take sentences as they were said, never new ones; what reads as blame is left out, for the facilitator would repeat
it with the weight of the chair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.blameless.meeting.speech import content_words, sentences, tidy, words_of
from secondstory.model.actor import Actor
from secondstory.model.conversation import AgendaStep
from secondstory.model.hearing import Heard
from secondstory.model.room import ItemKind, Room
from secondstory.model.utterance import Move, SpeakerRole, Utterance
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.room.hear import rail_of_room
from secondstory.usecases.room.log import room_of
from secondstory.usecases.room.offering import step_of
from secondstory.usecases.room.rail import Rail

_ORDER = (ItemKind.DECISION, ItemKind.ACTION, ItemKind.FACTOR, ItemKind.HYPOTHESIS, ItemKind.EVIDENCE, ItemKind.PARKED)
_MOST_ITEMS = 3  # of a kind: a minute of speech holds no more
_MOST_CUES = 4
_MOST_SENTENCES = 2
_LEAST_WORDS = 4


@dataclass(frozen=True)
class RailWords:
    """`summary`: sentences to read out; `paraphrase`: what was just said, to be confirmed, "" = nothing to repeat."""

    summary: tuple[str, ...]
    paraphrase: str


def words_now(actor: Actor, world: World, incident_id: str) -> RailWords:
    """Both, of the meeting that is on. Raises NotAllowed, NotFound before any meeting."""
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    with world.rails.turn(incident_id):
        rail = rail_of_room(world, incident_id, room)
        return RailWords(_summary(room), _paraphrase(world, rail))


def _summary(room: Room) -> tuple[str, ...]:
    step = step_of(room)
    named = say(f"replies.step_{step.name.lower()}") if step is not AgendaStep.OPENING else say("rail.step_opening")
    many = {0: "sum_where_none", 1: "sum_where_one"}.get(len(room.discussed), "sum_where")
    items = [
        say(f"rail.sum_{kind.value}", text=_stopped(item.line.text))
        for kind in _ORDER
        for item in [one for one in room.board if one.line.kind is kind][-_MOST_ITEMS:]
    ]
    return (say(f"rail.{many}", step=named, count=len(room.discussed)), *items, say("rail.sum_ask"))


def _paraphrase(world: World, rail: Rail) -> str:
    """The calm sentences of who spoke last that say most; the point alone where none is calm."""
    said = _last_turn(rail.recent)
    if not said:
        return ""
    parts = [part for one in said for part in sentences(one.cue.text)]
    calm = [part for part in parts if len(words_of(part)) >= _LEAST_WORDS and _is_calm(world, part, said[-1].role)]
    best = sorted(calm, key=lambda part: -len(content_words(part)))[:_MOST_SENTENCES]
    if best:
        words = "; ".join(f"“{tidy(part)}”" for part in calm if part in best)
        role = said[-1].cue.speaker or ""
        return say("rail.paraphrase_role" if role else "rail.paraphrase", role=role, words=words)
    point = next((reply.point for one in reversed(said) for reply in one.replies[:1] if reply.point), "")
    return say("rail.paraphrase_point", point=_stopped(point)) if point else ""


def _last_turn(recent: Iterable[Heard]) -> list[Heard]:
    """The last cues of one speaker who does not lead."""
    turn: list[Heard] = []
    for heard in reversed(list(recent)):
        if heard.role is SpeakerRole.FACILITATOR and not turn:
            continue
        if turn and (heard.cue.speaker != turn[0].cue.speaker or len(turn) >= _MOST_CUES):
            break
        turn.insert(0, heard)
    return turn


def _is_calm(world: World, sentence: str, role: SpeakerRole) -> bool:
    verdict = world.judge(Utterance(sentence, speaker_role=role))
    return not verdict.labels and verdict.move in (Move.LEAVE, Move.ANSWER)


def _stopped(text: str) -> str:
    return text if text.rstrip().endswith((".", "?")) else f"{text.rstrip()}."
