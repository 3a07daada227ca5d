"""Microphones in the live meeting: whether they may be read along now, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.room import Consent, Room
from secondstory.model.transcript import Cue
from secondstory.ports import World
from secondstory.stages.meeting.room import must_agree
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.room.log import room_now


class VoiceState(StrEnum):
    """Whether microphones are read along, and if not, why."""

    OPEN = "open"
    NOT_INSTALLED = "not_installed"
    NOT_LIVE = "not_live"
    NOT_ASKED = "not_asked"
    NOT_AGREED = "not_agreed"  # somebody in the room has not answered yet, or said no


@dataclass(frozen=True)
class VoiceNow:
    """The state in words: `missing` have not agreed, `next_step` is what would open it."""

    state: VoiceState
    missing: int
    may_speak: bool
    told: str
    next_step: str


def voice_now(actor: Actor, world: World, incident_id: str) -> VoiceNow:
    """Whether microphones may be read along now. Raises NotAllowed, NotFound."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    state, missing = voice_state(world, incident_id)
    told = say(f"voice.{state.value}", count=missing)
    next_step = say(f"voice.{state.value}_next")
    return VoiceNow(state, missing, may(actor, Verb.CONTRIBUTE, incident_id), told, next_step)


def voice_state(world: World, incident_id: str) -> tuple[VoiceState, int]:
    """Asked again before anything is taken, before it is read and before it is passed on; with how many are missing."""
    if world.speech is None:
        return VoiceState.NOT_INSTALLED, 0
    room = room_now(world, incident_id)
    if room is None or not room.is_live:
        return VoiceState.NOT_LIVE, 0
    missing = _missing(room)
    if missing is None:
        return VoiceState.NOT_ASKED, 0
    return (VoiceState.NOT_AGREED, missing) if missing else (VoiceState.OPEN, 0)


def cue_of(room: Room, speaker: str | None, started_at: datetime, ended_at: datetime, text: str) -> Cue:
    """What was said, in the seconds of the meeting, whichever track it came by."""
    begin = room.clock.started_at or started_at
    return Cue(1, (started_at - begin).total_seconds(), (ended_at - begin).total_seconds(), speaker, text)


def _missing(room: Room) -> int | None:
    """How many have not agreed of those who must; None where nobody was asked."""
    asked = next((one for one in room.consents if one.what is Consent.AUDIO), None)
    if asked is None:
        return None
    return sum(one not in asked.yes for one in must_agree(room, asked))  # who asks is asked too
