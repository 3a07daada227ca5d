"""Minutes of a meeting of which there are captions alone. The transcript is read and nothing of it is kept."""

from __future__ import annotations

from datetime import datetime

from secondstory.access import Verb, require
from secondstory.blameless.judge import Coach
from secondstory.blameless.meeting.minuting import Held, minutes_from
from secondstory.model.actor import Actor
from secondstory.model.meeting import MeetingRecord
from secondstory.model.transcript import Transcript
from secondstory.model.window import wall_time
from secondstory.ports import World
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.coach import coach_transcript
from secondstory.usecases.policy import read_policy


def minutes_heard(
    actor: Actor, world: World, incident_id: str, heard: tuple[Transcript, datetime], coach: Coach
) -> MeetingRecord:
    """What the captions settle, with roles in place of names; `heard` is (transcript, when it began)."""
    require(actor, Verb.LEAD, incident_id)
    zone = get_incident(world, incident_id).time_zone
    transcript, start = heard
    conversation = coach_transcript(actor, coach, transcript).conversation
    return minutes_from(transcript, conversation, Held(start, wall_time(start, zone).date(), read_policy(world)))
