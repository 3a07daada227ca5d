"""The private list of whom to speak with alone; its notes are sealed, and gone once the document is published."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, Conflict, NotFound
from secondstory.model.prebrief import PreBriefs, Spoken
from secondstory.ports import World
from secondstory.stages.meeting.prebriefing import prebriefed
from secondstory.texts import say
from secondstory.usecases.meeting_plan.reading import whole_dossier

MOST_NOTE = 500


def prebriefs_of(actor: Actor, world: World, incident_id: str) -> PreBriefs:
    """The list, for who leads the meeting. Raises NotFound, NotAllowed."""
    require(actor, Verb.LEAD, incident_id)
    dossier = whole_dossier(actor, world, incident_id)
    if world.publications.of(incident_id):
        return PreBriefs((), is_over=True)
    return PreBriefs(prebriefed(dossier, world.prebriefs.of(incident_id)), is_over=False)


def note_prebrief(actor: Actor, world: World, incident_id: str, spoken: Spoken) -> PreBriefs:
    """Note that one spoke with somebody, and words for oneself. Raises NotFound for who is not on the list, BadInput,
    and Conflict once the document is published.

    What is noted stays as it was typed: it is encrypted, and shown to nobody else.
    """
    require(actor, Verb.LEAD, incident_id)
    listed = prebriefs_of(actor, world, incident_id)
    if listed.is_over:
        raise Conflict(say("prebrief.over"), say("prebrief.over_next"))
    if spoken.token not in {one.token for one in listed.people}:
        raise NotFound(say("prebrief.nobody", token=spoken.token), say("prebrief.nobody_next"))
    if len(spoken.note) > MOST_NOTE:
        raise BadInput(say("prebrief.long", most=MOST_NOTE), say("prebrief.long_next"))
    others = tuple(one for one in world.prebriefs.of(incident_id) if one.token != spoken.token)
    world.prebriefs.save(incident_id, (*others, Spoken(spoken.token, spoken.is_done, spoken.note.strip())))
    return prebriefs_of(actor, world, incident_id)
