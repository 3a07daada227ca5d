"""Reads the transcript of a meeting, as a whole or while it is still written; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.blameless.judge import Coach
from secondstory.blameless.meeting.reading import Advise, conversation_of, finding_of, heard_in
from secondstory.blameless.meeting.voices import roles_of, voices_of
from secondstory.model.actor import Actor
from secondstory.model.conversation import Conversation, Finding
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.model.utterance import Utterance, Verdict


@dataclass(frozen=True)
class Coached:
    """A transcript with all that is read in it."""

    transcript: Transcript
    conversation: Conversation


def coach_transcript(
    actor: Actor, coach: Coach, transcript: Transcript, *, incident_id: str | None = None, advise: Advise | None = None
) -> Coached:
    """All that is read in a meeting. `advise` gives the wordings; without it there are none."""
    require(actor, Verb.READ, incident_id)
    return Coached(transcript, conversation_of(transcript, coach.judge, advise or _nothing))


def coach_as_said(
    actor: Actor, coach: Coach, cues: Iterable[Cue], people: tuple[Participant, ...], *, advise: Advise | None = None
) -> Iterator[tuple[Cue, Finding]]:
    """Each finding as soon as its cue is whole. Roles are those that were given: nobody is inferred so early."""
    require(actor, Verb.READ, None)
    roles = roles_of(voices_of(Transcript("", (), people)))
    for cue, utterance, verdict in heard_in(cues, roles, coach.judge):
        finding = finding_of(cue, utterance, verdict, advise or _nothing)
        if finding is not None:
            yield cue, finding


def _nothing(_cue: Cue, _utterance: Utterance, _verdict: Verdict) -> tuple[str, ...]:
    return ()
