"""Reads the audit, and marks an incident as restricted, from when on every look at it stands there too."""

from __future__ import annotations

from dataclasses import replace

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.audit import AuditEntry
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident

MOST_LINES = 500


def audit_of(actor: Actor, world: World, incident_id: str, before: int, limit: int) -> tuple[AuditEntry, ...]:
    """What was done to an incident, the newest first. Raises NotFound, NotAllowed."""
    require(actor, Verb.AUDIT, incident_id)
    get_incident(world, incident_id)
    return world.audit.entries(incident_id, before, limit)


def whole_audit(actor: Actor, world: World, before: int, limit: int) -> tuple[AuditEntry, ...]:
    """What was done to the installation and every incident, the newest first; for its owner."""
    require(actor, Verb.AUDIT, None)
    return world.audit.entries(None, before, limit)


def restrict(actor: Actor, world: World, incident_id: str, *, restricted: bool, why: str) -> Incident:
    """Mark an incident as restricted, or no longer. Raises BadInput without a reason."""
    require(actor, Verb.RESTRICT, incident_id)
    incident = get_incident(world, incident_id)
    if not why.strip():
        raise BadInput(say("people.no_why"), say("people.no_why_next"))
    changed = replace(incident, restricted=restricted)
    world.audit.remark(why.strip())
    world.incidents.save(changed)
    return changed
