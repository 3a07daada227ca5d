"""The plan of the meeting as it stands: the documents, what people said of it, and who can be reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from secondstory.access import Verb, may, require
from secondstory.model.actions import ActionsBody
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.assumption import IncidentRole
from secondstory.model.causes import CausesBody
from secondstory.model.causes import Verdict as Found
from secondstory.model.conduct import Step
from secondstory.model.decision import ContributionKind, raised, still_contributed
from secondstory.model.errors import NotFound
from secondstory.model.impact import ImpactBody
from secondstory.model.incident_record import as_kept
from secondstory.model.meeting_plan import MeetingPlan
from secondstory.model.meeting_said import read_said
from secondstory.model.room import Box
from secondstory.model.timeline import TimelineBody
from secondstory.model.window import wall_time
from secondstory.ports import World
from secondstory.stages.meeting import Dossier
from secondstory.stages.meeting.attending import Around
from secondstory.stages.meeting.planning import Known, meeting_plan
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.conduct import conduct_now
from secondstory.usecases.facts import dossier_of
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.plan import causes_now, plan_now
from secondstory.usecases.policy import read_policy

_EVENTS = ("event/", "occurrence/", "added/", "signal/", "milestone/")


@dataclass(frozen=True)
class Prepared:
    """The plan with what its page needs. `is_analysed` False: the agenda knows nothing of the incident yet."""

    plan: MeetingPlan
    you: str
    may_lead: bool
    may_contribute: bool
    is_analysed: bool
    has_mail: bool
    now: datetime


def prepared_of(actor: Actor, world: World, incident_id: str) -> Prepared:
    """The plan as it stands now. Raises NotFound."""
    plan = plan_of_meeting(actor, world, incident_id)
    return Prepared(
        plan=plan,
        you=actor.id,
        may_lead=may(actor, Verb.LEAD, incident_id),
        may_contribute=may(actor, Verb.CONTRIBUTE, incident_id),
        is_analysed=world.documents.latest(incident_id, "report") is not None,
        has_mail=world.post is not None,
        now=world.clock.now(),
    )


def plan_of_meeting(actor: Actor, world: World, incident_id: str) -> MeetingPlan:
    """Only the plan. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    dossier = whole_dossier(actor, world, incident_id)
    incident = get_incident(world, incident_id)
    record = record_now(world, incident)
    members = {one.actor_id: one.role for one in world.members.of(incident_id)}
    when = conduct_now(world, incident, record).step(Step.MEETING)
    policy = read_policy(world)
    starts = (
        when.planned if when.planned_by or when.planned is None else on_the_half_hour(when.planned, incident.time_zone)
    )
    second = policy.working_days_after(starts, 1, incident.time_zone) if starts is not None else None
    leads = [token for token, role in members.items() if role is Role.FACILITATOR]
    marks = raised(still_contributed(world.ledger.contributions(incident_id)), ContributionKind.DIG_HERE)
    known = Known(
        said=read_said(world.ledger.decisions(incident_id)),
        around=Around(record.roles, members, frozenset(world.addresses.known())),
        digs=tuple(sorted(subject for subject, who in marks.items() if who and subject.startswith(_EVENTS))),
        plan=plan_now(actor, world, incident_id),
        leader=record.holder(IncidentRole.FACILITATOR) or next(iter(leads), LOCAL_OWNER.id),
        starts_at=starts,
        starts_by=when.planned_by,
        second_at=second,
    )
    return meeting_plan(dossier, known)


def on_the_half_hour(at: datetime, zone: str) -> datetime:
    """The last half hour on the clocks of the zone that is not after `at`: what is proposed is a time to meet at."""
    local = wall_time(at, zone)
    return at - timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)


def boxes_of(plan: MeetingPlan, sitting: int = 1) -> tuple[Box, ...]:
    """The agenda of a sitting, as the room takes it."""
    return tuple(Box(one.key, one.step, one.title, one.minutes, (one.aim, *one.why)) for one in plan.sitting(sitting))


def whole_dossier(actor: Actor, world: World, incident_id: str) -> Dossier:
    """The documents with the causes as people weighed them by now; an empty dossier where nothing was analysed."""
    try:
        dossier = dossier_of(actor, world, incident_id)
    except NotFound:
        return _nothing_known(world, incident_id)
    return replace(dossier, causes=causes_now(actor, world, incident_id))


def _nothing_known(world: World, incident_id: str) -> Dossier:
    """Raises NotFound where there is no such incident."""
    stored = get_incident(world, incident_id)
    return Dossier(
        incident=as_kept(stored, record_now(world, stored)),
        timeline=TimelineBody((), (), ()),
        impact=ImpactBody(None, (), (), (), (), ()),
        causes=CausesBody(Found.NONE, 0.0, (), (), (), (), (), ""),
        detection=None,
        actions=ActionsBody(()),
        gaps=(),
    )
