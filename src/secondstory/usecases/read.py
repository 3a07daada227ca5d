"""Reads incidents and their documents as they were last made."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import NotFound
from secondstory.model.incident import Incident
from secondstory.ports import StoredDocument, World
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import incident_now

KINDS = ("evidence", "timeline", "impact", "causes", "detection", "actions", "report")


@dataclass(frozen=True)
class Shown:
    """An incident with the documents that were made of it, in the order of the pipeline."""

    incident: Incident
    documents: tuple[StoredDocument, ...]


def list_incidents(actor: Actor, world: World) -> tuple[Incident, ...]:
    """The incidents that the actor may read, newest first."""
    return tuple(incident_now(world, incident) for incident in world.incidents.visible_to(actor))


def show(actor: Actor, world: World, incident_id: str) -> Shown:
    """An incident and its documents. Raises NotFound where it was never analysed."""
    require(actor, Verb.READ, incident_id)
    incident = get_incident(world, incident_id)
    found = tuple(world.documents.latest(incident_id, kind) for kind in KINDS)
    documents = tuple(document for document in found if document is not None)
    if not documents:
        raise NotFound(
            f"Incident {incident_id} has not been analysed.", f"Run `secondstory analyse {incident_id}` first."
        )
    return Shown(incident, documents)


def document_of(actor: Actor, world: World, incident_id: str, kind: str) -> StoredDocument:
    """One document as it is stored. Raises NotFound where it was never made."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    document = world.documents.latest(incident_id, kind) if kind in KINDS else None
    if document is None:
        raise NotFound(f"Incident {incident_id} has no {kind} document.", "Analyse it first.")
    return document
