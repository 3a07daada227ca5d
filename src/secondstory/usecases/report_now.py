"""The analysis' document with plan and minutes as people have them now: drafts stay current without an analysis."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.document import Document
from secondstory.model.meeting import MeetingRecord
from secondstory.model.plan import Plan
from secondstory.model.report import ReportBody
from secondstory.ports import World
from secondstory.stages.report import with_gaps, with_meetings, with_plan
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.not_kept import gaps_not_kept
from secondstory.usecases.plan import plan_now
from secondstory.usecases.read import document_of


@dataclass(frozen=True, eq=False)
class ReportNow:
    """The document as it is stored, and what it says with the plan in its places."""

    stored: Document[ReportBody]
    plan: Plan
    body: ReportBody
    meetings: tuple[MeetingRecord, ...] = ()


def report_now(actor: Actor, world: World, incident_id: str) -> ReportNow:
    """What the analysis and the plan say now. Raises NotFound where the document was never made."""
    stored = decode(document_of(actor, world, incident_id, "report").data, Document[ReportBody])
    plan = plan_now(actor, world, incident_id)
    body = with_gaps(stored.body, gaps_not_kept(world, get_incident(world, incident_id)))
    held = records_of(world, incident_id)
    return ReportNow(stored, plan, with_meetings(with_plan(body, plan), held), held)


def records_of(world: World, incident_id: str) -> tuple[MeetingRecord, ...]:
    """The minutes of every meeting that has ended, for who has asked already whether the actor may."""
    return tuple(one.record for one in world.meetings.of(incident_id) if one.record is not None)
