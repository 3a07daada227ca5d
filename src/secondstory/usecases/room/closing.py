"""Destroys what a meeting heard when it is over; what stays are counts, and the words alone where all agreed."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.hearing import Heard, JournalEntry, KeptCue, KeptTranscript
from secondstory.model.meeting import Meeting
from secondstory.model.room import Consent, Room
from secondstory.model.utterance import Channel
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.replies import NOTHING_KNOWN
from secondstory.usecases.room.rail import Rail


def close_journal(world: World, meeting: Meeting, room: Room) -> Meeting:
    """Keep the counts with the meeting and the words where all who were there agreed, then destroy the rest.

    Gives the meeting with its counts.
    """
    incident_id, number = meeting.incident_id, meeting.number
    with world.rails.turn(incident_id):
        entries = world.journal.since(incident_id, number, 0)
        if entries:
            rail = Rail(number, NOTHING_KNOWN, world.clock.now())
            for entry in entries:
                rail.take(entry)
            meeting = replace(meeting, coach=rail.counts())
            world.meetings.keep(meeting)
            if everybody_agreed(room):
                world.kept_transcripts.keep(_transcript(meeting, room, entries))
        world.rails.keep(incident_id, number, None)
        world.journal.destroy(incident_id, number)
    return meeting


def everybody_agreed(room: Room) -> bool:
    """True where everybody was asked whether the words may be kept, and everybody who came in said yes."""
    state = next((one for one in room.consents if one.what is Consent.TRANSCRIPT), None)
    return state is not None and bool(room.people) and all(one.actor in state.yes for one in room.people)


def _transcript(meeting: Meeting, room: Room, entries: tuple[JournalEntry, ...]) -> KeptTranscript:
    here = {one.actor for one in room.people}
    numbers: dict[str, str] = {}

    def named(speaker: str | None) -> str:
        if speaker is None or speaker in here:
            return speaker or ""
        return numbers.setdefault(speaker, say("rail.speaker", number=len(numbers) + 1))

    heard = (one.what for one in entries if isinstance(one.what, Heard) and one.what.channel is Channel.MEETING)
    cues = tuple(KeptCue(one.cue.start_s, named(one.cue.speaker), one.cue.text) for one in heard)
    return KeptTranscript(meeting.incident_id, meeting.number, tuple(one.actor for one in room.people), cues)
