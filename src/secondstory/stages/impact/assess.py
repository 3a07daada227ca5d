"""Evidence and timeline become impact: the stretch in which users were hit, counted, with what cannot be counted."""

from __future__ import annotations

from datetime import timedelta

from secondstory.model.evidence import Answers
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import ImpactBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask, OutcomeQuery, UsersHitQuery
from secondstory.model.telemetry import TableName
from secondstory.model.timeline import Milestone, MilestoneKind, TimelineBody
from secondstory.model.window import Provenance, Window
from secondstory.stages.impact.budget import find_burns
from secondstory.stages.impact.durations import find_durations
from secondstory.stages.impact.outcomes import count_requests, latency_figures, request_figures, user_figures
from secondstory.stages.impact.reach import find_reach
from secondstory.texts import say


def assess_impact(case: Case, evidence: EvidenceBody, timeline: TimelineBody, answers: Answers) -> ImpactBody | Ask:
    """Ask for the outcome of requests while users were hit; count, compare with the reference, say what is unknown."""
    milestones = {milestone.kind: milestone for milestone in timeline.milestones}
    window = _hit(evidence, milestones)
    reach = find_reach(evidence, timeline.onsets)
    durations, unknown_durations = find_durations(milestones)
    if window is None:
        unknowns = (say("impact.no_window", reason=milestones[MilestoneKind.IMPACT_BEGAN].reason), *unknown_durations)
        return ImpactBody(None, (), reach, (), durations, unknowns)
    if not any(row.table == TableName.SPANS for row in evidence.coverage):
        return ImpactBody(window, (), reach, (), durations, (say("impact.no_requests"), *unknown_durations))
    outcomes, users = _queries(case, evidence, window)
    if missing := answers.missing((*outcomes, users)):
        return Ask(missing)
    counts = tuple(count_requests(query, answers.of(query)) for query in outcomes)
    counted, unknown_counts = request_figures(evidence, counts)
    hit, unknown_users = user_figures(answers.of(users), counts[0], evidence.entry_services)
    burns, unknown_burns = find_burns(case.objectives, evidence, counts)
    return ImpactBody(
        window=window,
        figures=(*counted, *latency_figures(evidence, window), *hit),
        reach=reach,
        burns=burns,
        durations=durations,
        unknowns=(*unknown_counts, *unknown_users, *unknown_burns, *unknown_durations),
    )


def _hit(evidence: EvidenceBody, milestones: dict[MilestoneKind, Milestone]) -> Window | None:
    """From the impact's beginning until the last step with harm; to the incident's end where its end was not seen."""
    began, resolved = milestones[MilestoneKind.IMPACT_BEGAN].moment, milestones[MilestoneKind.RESOLVED].moment
    if began is None:
        return None
    end = evidence.window.end
    if resolved is not None and resolved.provenance is Provenance.DECIDED:
        end = resolved.latest
    elif resolved is not None:
        # A measured end begins with the last step outside the band; later alert ends say nothing about users.
        end = resolved.earliest + timedelta(seconds=evidence.grid.step_s)
    return Window(began.earliest, end) if began.earliest < end else None


def _queries(case: Case, evidence: EvidenceBody, window: Window) -> tuple[tuple[OutcomeQuery, ...], UsersHitQuery]:
    """One outcome query for each limit of slowness that an objective names, over entry and objectives' services."""
    promised = {objective.service for objective in case.objectives} & set(evidence.services)
    services = tuple(sorted({*evidence.entry_services, *promised}))
    limits = sorted({objective.slow_ms for objective in case.objectives if objective.slow_ms is not None})
    names, step_s = case.incident.recordings, evidence.grid.step_s
    outcomes = tuple(OutcomeQuery(names, window, step_s, services, slow_ms) for slow_ms in limits or (None,))
    return outcomes, UsersHitQuery(names, window, evidence.entry_services)
