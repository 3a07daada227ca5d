"""Questions to ask about an incident, by event and by step of the agenda."""

from __future__ import annotations

from secondstory.model.actor import Actor
from secondstory.model.question import Asked
from secondstory.ports import World
from secondstory.stages.meeting import questions
from secondstory.usecases.facts import dossier_of


def questions_of(actor: Actor, world: World, incident_id: str) -> tuple[Asked, ...]:
    """One or two open questions for each event that matters and each step. Raises NotFound before an analysis."""
    return questions(dossier_of(actor, world, incident_id))
