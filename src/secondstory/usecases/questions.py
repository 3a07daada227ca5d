"""Questions to ask about an incident, by event and by step of the agenda."""

from __future__ import annotations

from secondstory.model.actor import Actor
from secondstory.model.question import Asked, PlainQuestion
from secondstory.ports import World
from secondstory.stages.meeting import questions
from secondstory.texts import say
from secondstory.usecases.facts import dossier_of

_KINDS = ("milestone", "signal", "alert", "command", "change")


def plain_questions() -> tuple[PlainQuestion, ...]:
    """By kind of entry, so that a walk through the timeline does not ask one thing all the time."""
    by_kind = tuple(PlainQuestion(kind, say(f"questions.plain_{kind}")) for kind in _KINDS)
    return (*by_kind, PlainQuestion("", say("questions.plain_any")))


def questions_of(actor: Actor, world: World, incident_id: str) -> tuple[Asked, ...]:
    """One or two open questions for each event that matters and each step. Raises NotFound before an analysis."""
    return questions(dossier_of(actor, world, incident_id))
