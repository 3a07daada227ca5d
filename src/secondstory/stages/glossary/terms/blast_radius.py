"""Blast radius: the services and users that were reached."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say
from secondstory.texts.numbers import number


def _look(sight: Sight) -> Seen | Absent:
    reached = tuple(reach.service for reach in sight.impact.reach)
    users = sight.figure("users_hit")
    if not reached:
        return Absent(say("glossary.blast_radius_none"))
    hit = say("glossary.blast_radius_users", users=number(users.value)) if users else say("glossary.users_unknown")
    evidence = tuple(i for reach in sight.impact.reach for i in reach.evidence_ids)
    told = say("glossary.blast_radius_seen", count=len(reached), services=", ".join(reached), users=hit)
    return Seen(told, "impact", (), (*evidence, *(users.evidence_ids if users else ())))


EXTENSION = Term("blast_radius", 21, _look)
