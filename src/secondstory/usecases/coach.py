"""Reads the transcript of a meeting, as a whole or while it is still written; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.blameless.judge import Coach
from secondstory.blameless.meeting.reading import conversation_of, finding_of, heard_in
from secondstory.blameless.meeting.voices import roles_of, voices_of
from secondstory.model.actor import Actor
from secondstory.model.conversation import Conversation, Finding
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.ports import World
from secondstory.usecases.replies import NOTHING_KNOWN, Advice, Adviser, Known, known_of


@dataclass(frozen=True)
class Heard:
    """A meeting as it was read. `is_filled` False: there are no documents, so no wording tells a fact of them."""

    transcript: Transcript
    conversation: Conversation
    advice: tuple[Advice, ...]
    is_filled: bool


@dataclass(frozen=True)
class About:
    """The incident that a meeting is on: its documents fill the wordings."""

    world: World
    incident_id: str


def coach_transcript(
    actor: Actor, coach: Coach, transcript: Transcript, about: About | None = None, *, not_blame: tuple[int, ...] = ()
) -> Heard:
    """All that is read in a meeting; without an incident the wordings are those that need no fact.

    `not_blame`: cues of which somebody said so; their rules count less from there on. Raises NotFound where there is
    no such incident.
    """
    known = _known(actor, about)
    adviser = Adviser(known, frozenset(not_blame))
    conversation = conversation_of(transcript, coach.judge, adviser.advise)
    return Heard(transcript, conversation, tuple(adviser.given), known.dossier is not None)


def coach_as_said(
    actor: Actor, coach: Coach, cues: Iterable[Cue], people: tuple[Participant, ...], about: About | None = None
) -> Iterator[tuple[Cue, Finding, Advice]]:
    """Each finding as soon as its cue is whole. Roles are those that were given: nobody is inferred so early."""
    adviser = Adviser(_known(actor, about))
    roles = roles_of(voices_of(Transcript("", (), people)))
    for cue, utterance, verdict in heard_in(cues, roles, coach.judge):
        finding = finding_of(cue, utterance, verdict, adviser.advise)
        if finding is not None:
            yield cue, finding, adviser.given[-1]


def _known(actor: Actor, about: About | None) -> Known:
    require(actor, Verb.READ, about.incident_id if about is not None else None)
    return known_of(actor, about.world, about.incident_id) if about is not None else NOTHING_KNOWN
