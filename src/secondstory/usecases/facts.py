"""Reads the documents that a meeting speaks from, and what can be said of them aloud."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from secondstory.access import Verb, require
from secondstory.model.actions import ActionsBody
from secondstory.model.actor import Actor
from secondstory.model.causes import CausesBody, Hypothesis
from secondstory.model.codec import decode
from secondstory.model.conduct import Step
from secondstory.model.detection import DetectionBody
from secondstory.model.document import Document
from secondstory.model.errors import NotFound
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.impact import ImpactBody
from secondstory.model.incident import Incident
from secondstory.model.incident_record import as_kept
from secondstory.model.report import ReportBody
from secondstory.model.timeline import TimelineBody
from secondstory.ports import StoredDocument, World
from secondstory.stages.meeting import Dossier, Earlier, fact_sheet, rivals_of
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.conduct import conduct_now
from secondstory.usecases.incident_record import incident_now, record_now

_NEEDED = ("timeline", "impact", "causes", "actions", "report")


def fact_sheet_of(actor: Actor, world: World, incident_id: str) -> FactSheet:
    """What can be said of an incident. Raises NotFound where it was never analysed."""
    return fact_sheet(dossier_of(actor, world, incident_id))


def dossier_of(actor: Actor, world: World, incident_id: str) -> Dossier:
    """The documents of an incident as last made. Raises NotFound where it was never analysed."""
    require(actor, Verb.READ, incident_id)
    stored = get_incident(world, incident_id)
    record = record_now(world, stored)
    incident = as_kept(stored, record)
    found = {kind: world.documents.latest(incident_id, kind) for kind in (*_NEEDED, "detection")}
    needed = tuple(document for kind in _NEEDED if (document := found[kind]) is not None)
    if len(needed) < len(_NEEDED):
        raise NotFound(
            say("meeting.not_analysed", incident=incident_id), say("meeting.not_analysed_next", incident=incident_id)
        )
    earlier = tuple(
        Earlier(incident_now(world, one), _leading_of(causes))
        for one in world.incidents.visible_to(actor)
        if one.window.end <= incident.window.start and (causes := world.documents.latest(one.id, "causes")) is not None
    )
    due = conduct_now(world, stored, record).step(Step.SUMMARY).due
    return replace(_dossier(incident, needed, found["detection"]), earlier=earlier, document_due=due)


@lru_cache(maxsize=64)
def _leading_of(causes: StoredDocument) -> Hypothesis | None:
    found = rivals_of(decode(causes.data, Document[CausesBody]).body)
    return found[0] if found else None


@lru_cache(maxsize=16)
def _dossier(incident: Incident, needed: tuple[StoredDocument, ...], detection: StoredDocument | None) -> Dossier:
    """A document's bytes say all of it, so one analysis is decoded once."""
    timeline, impact, causes, actions, report = (document.data for document in needed)
    return Dossier(
        incident=incident,
        timeline=decode(timeline, Document[TimelineBody]).body,
        impact=decode(impact, Document[ImpactBody]).body,
        causes=decode(causes, Document[CausesBody]).body,
        detection=decode(detection.data, Document[DetectionBody]).body if detection is not None else None,
        actions=decode(actions, Document[ActionsBody]).body,
        gaps=decode(report, Document[ReportBody]).body.gaps,
    )
