"""Reads the transcripts that all who were there agreed to keep."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.hearing import KeptTranscript
from secondstory.ports import World
from secondstory.usecases.analyse import get_incident


def transcripts_of(actor: Actor, world: World, incident_id: str) -> tuple[KeptTranscript, ...]:
    """Those of an incident, in the order of its meetings. Raises NotAllowed, NotFound."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return world.kept_transcripts.of(incident_id)
