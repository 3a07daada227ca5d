"""Deletes an incident for good: a tombstone says that it was there, when it went, by whom and why, and nothing else."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, Conflict
from secondstory.model.retention import Tombstone
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.hold import require_not_held
from secondstory.usecases.speaking_of import incidents_by_token

MOST_WHY = 500
_RUNNING = ("waiting", "running")


def delete_incident(actor: Actor, world: World, incident_id: str, why: str) -> Tombstone:
    """Remove an incident with its telemetry, files and the names of whom only it speaks. For the owner.

    Raises NotFound, BadInput without a reason, and Conflict under legal hold or while a job works on it. The audit
    stays.
    """
    require(actor, Verb.ADMINISTER, incident_id)
    get_incident(world, incident_id)
    if not why.strip():
        raise BadInput(say("retention.no_why_deleted"), say("retention.no_why_next"))
    require_not_held(world, incident_id)
    for job in world.jobs.all():
        if job.state in _RUNNING and dict(job.arguments).get("incident") == incident_id:
            told = say("retention.busy", incident=incident_id, kind=job.kind, job=job.id)
            raise Conflict(told, say("retention.busy_next"))
    only_here = [token for token, found in incidents_by_token(world).items() if found == (incident_id,)]
    tombstone = Tombstone(incident_id, actor.id, world.clock.now(), why.strip()[:MOST_WHY])
    world.audit.remark(say("retention.did_delete", incident=incident_id, why=tombstone.why))
    world.files.remove(world.tombstones.bury(tombstone))
    for token in only_here:
        world.erasure.erase(token)
    return tombstone


def tombstones(actor: Actor, world: World) -> tuple[Tombstone, ...]:
    """The incidents that were deleted; for the owner."""
    require(actor, Verb.ADMINISTER, None)
    return world.tombstones.all()


def require_not_deleted(world: World, incident_id: str) -> None:
    """Raise BadInput where an incident of this id was deleted: it does not come back by the way."""
    tombstone = world.tombstones.of(incident_id)
    if tombstone is not None:
        facts = {"incident": incident_id, "actor": tombstone.actor_id, "why": tombstone.why}
        told = say("retention.deleted", day=f"{tombstone.at:%Y-%m-%d}", **facts)
        raise BadInput(told, say("retention.deleted_next"))
