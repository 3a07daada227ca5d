"""Reads the transcript of a meeting, as a whole or while it is still written; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.blameless.judge import Coach
from secondstory.blameless.meeting.reading import Advise, conversation_of, finding_of, heard_in
from secondstory.blameless.meeting.voices import roles_of, voices_of
from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import Offered, Room, apply_event
from secondstory.blameless.replies.recognising import Occasion
from secondstory.model.actor import Actor
from secondstory.model.conversation import Conversation, Finding
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.model.utterance import Utterance, Verdict
from secondstory.ports import World
from secondstory.usecases.replies import Advice, reply_for

_NO_FACTS = FactSheet("", "", ())


@dataclass(frozen=True)
class Coached:
    """A transcript with all that is read in it."""

    transcript: Transcript
    conversation: Conversation


@dataclass(frozen=True)
class About:
    """The incident that a meeting is on: its documents fill the wordings."""

    world: World
    incident_id: str


def coach_transcript(actor: Actor, coach: Coach, transcript: Transcript, about: About | None = None) -> Coached:
    """All that is read in a meeting; without an incident the wordings are those that need no fact."""
    require(actor, Verb.READ, about.incident_id if about is not None else None)
    return Coached(transcript, conversation_of(transcript, coach.judge, _advising(actor, about)))


def coach_as_said(
    actor: Actor, coach: Coach, cues: Iterable[Cue], people: tuple[Participant, ...], about: About | None = None
) -> Iterator[tuple[Cue, Finding]]:
    """Each finding as soon as its cue is whole. Roles are those that were given: nobody is inferred so early."""
    require(actor, Verb.READ, about.incident_id if about is not None else None)
    roles = roles_of(voices_of(Transcript("", (), people)))
    advise = _advising(actor, about)
    for cue, utterance, verdict in heard_in(cues, roles, coach.judge):
        finding = finding_of(cue, utterance, verdict, advise)
        if finding is not None:
            yield cue, finding


def _advising(actor: Actor, about: About | None) -> Advise:
    """The wordings of one meeting in its order: none comes twice, and a topic cools down."""
    room = Room()

    def advise(cue: Cue, utterance: Utterance, verdict: Verdict) -> tuple[str, ...]:
        nonlocal room
        occasion = Occasion(utterance, verdict, cue.start_s)
        if about is None:
            advice = Advice(choose(occasion, _NO_FACTS, room, seed=0), None)
        else:
            advice = reply_for(actor, about.world, about.incident_id, occasion, room)
        if advice.reply is not None:
            room = apply_event(room, Offered(advice.reply, cue.start_s))
        card = (advice.card.text,) if advice.card is not None else ()
        return (*card, *((advice.reply.text,) if advice.reply is not None else ()))

    return advise
