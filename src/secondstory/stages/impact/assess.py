"""Evidence and timeline become impact: the stretch in which users were hit, counted, with what cannot be counted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from secondstory.model.blast import BlastRadius
from secondstory.model.budget import PhasePart
from secondstory.model.evidence import Answers
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import Burn, ImpactBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask, EndpointQuery, OutcomeQuery, Query, UsersHitQuery, UserStepQuery
from secondstory.model.system import Objective
from secondstory.model.telemetry import TableName
from secondstory.model.timeline import Milestone, MilestoneKind, TimelineBody
from secondstory.model.window import Window
from secondstory.stages.impact.blast import Asked, blast_step_s, find_blast
from secondstory.stages.impact.budget import Measured, find_burns
from secondstory.stages.impact.durations import end_of_harm, find_durations
from secondstory.stages.impact.outcomes import count_requests, latency_figures, request_figures, user_figures
from secondstory.stages.impact.phases import phase_parts
from secondstory.stages.impact.proposals import LIMITS_MS, propose
from secondstory.stages.impact.reach import find_reach
from secondstory.stages.impact.tally import endpoint_tally, outcome_tally
from secondstory.stages.impact.windows import lookback
from secondstory.texts import say

_LEAD_STEP_S = 60  # burn rates over an hour and more need no finer steps
_WHOLE_S = 10**9  # seconds; a step that no stretch outlasts


def assess_impact(case: Case, evidence: EvidenceBody, timeline: TimelineBody, answers: Answers) -> ImpactBody | Ask:
    """Ask for the outcome of requests while users were hit; count, compare with the reference, say what is unknown."""
    milestones = {milestone.kind: milestone for milestone in timeline.milestones}
    window = _hit(evidence, milestones)
    reach = find_reach(evidence, timeline.onsets)
    durations, unknown_durations = find_durations(milestones, evidence.grid.step_s)
    if window is None:
        unknowns = (say("impact.no_window", reason=milestones[MilestoneKind.IMPACT_BEGAN].reason), *unknown_durations)
        return ImpactBody(None, (), reach, (), durations, unknowns)
    parts = phase_parts(window, milestones)
    if not any(row.table == TableName.SPANS for row in evidence.coverage):
        unknowns = (say("impact.no_requests"), *unknown_durations)
        return ImpactBody(window, (), reach, (), durations, unknowns, parts=parts)
    asks = _queries(case, evidence, window)
    if missing := answers.missing(asks.all()):
        return Ask(missing)
    counts = tuple(count_requests(query, answers.of(query)) for query in asks.outcomes)
    counted, unknown_counts = request_figures(evidence, counts)
    hit, unknown_users = user_figures(answers.of(asks.users), counts[0], evidence.entry_services)
    burns, unknown_burns = _burns(case.objectives, evidence, asks, answers, parts)
    return ImpactBody(
        window=window,
        figures=(*counted, *latency_figures(evidence, window), *hit),
        reach=reach,
        burns=burns,
        durations=durations,
        unknowns=(*unknown_counts, *unknown_users, *unknown_burns, *unknown_durations),
        parts=parts,
        blast=_blast(evidence, timeline, asks, answers),
    )


def _hit(evidence: EvidenceBody, milestones: dict[MilestoneKind, Milestone]) -> Window | None:
    """From the impact's beginning until the last step with harm; to the incident's end where its end was not seen."""
    began, resolved = milestones[MilestoneKind.IMPACT_BEGAN].moment, milestones[MilestoneKind.RESOLVED].moment
    if began is None:
        return None
    over = end_of_harm(resolved, evidence.grid.step_s)
    end = over.latest if over is not None else evidence.window.end
    return Window(began.earliest, end) if began.earliest < end else None


@dataclass(frozen=True)
class _Asks:
    """All that the stage asks, in one round."""

    hit: Window
    lead: Window  # the same stretch with the time before it that burn rates look back on
    outcomes: tuple[OutcomeQuery, ...]  # one for each limit of slowness that an objective names
    leads: tuple[OutcomeQuery, ...]  # the same over `lead`
    users: UsersHitQuery
    endpoints: EndpointQuery
    usual: EndpointQuery | None  # None: there is no fault-free time
    user_steps: UserStepQuery

    def all(self) -> tuple[Query, ...]:
        usual = () if self.usual is None else (self.usual,)
        return (*self.outcomes, *self.leads, self.users, self.endpoints, *usual, self.user_steps)


def _queries(case: Case, evidence: EvidenceBody, window: Window) -> _Asks:
    promised = {objective.service for objective in case.objectives} & set(evidence.services)
    services = tuple(sorted({*evidence.entry_services, *promised}))
    limits = sorted({objective.slow_ms for objective in case.objectives if objective.slow_ms is not None})
    names, step_s, entries = case.incident.recordings, evidence.grid.step_s, evidence.entry_services
    lead = _lead(case.objectives, evidence, window)
    blast_s = blast_step_s(window, step_s)
    return _Asks(
        hit=window,
        lead=lead,
        outcomes=tuple(OutcomeQuery(names, window, step_s, services, slow_ms) for slow_ms in limits or (None,)),
        leads=tuple(OutcomeQuery(names, lead, _LEAD_STEP_S, services, slow_ms) for slow_ms in limits or (None,)),
        users=UsersHitQuery(names, window, entries),
        endpoints=EndpointQuery(names, (window,), blast_s, entries, LIMITS_MS),
        usual=EndpointQuery(names, evidence.reference, _WHOLE_S, entries, LIMITS_MS) if evidence.reference else None,
        user_steps=UserStepQuery(names, window, blast_s, entries),
    )


def _lead(objectives: tuple[Objective, ...], evidence: EvidenceBody, window: Window) -> Window:
    """From the first recorded request on, but no more than burn rates look back on; whole steps before the harm."""
    first = min(row.first_time for row in evidence.coverage if row.table == TableName.SPANS)
    wanted = min(lookback(objectives), max(timedelta(0), window.start - first))
    steps = math.floor(wanted.total_seconds() / _LEAD_STEP_S)
    return Window(window.start - timedelta(seconds=steps * _LEAD_STEP_S), window.end)


def _burns(
    given: tuple[Objective, ...],
    evidence: EvidenceBody,
    asks: _Asks,
    answers: Answers,
    parts: tuple[PhasePart, ...],
) -> tuple[tuple[Burn, ...], tuple[str, ...]]:
    """Burns of the objectives that were given, by name, then of those proposed where none was."""
    measured, unknowns = [], [] if given else [say("impact.no_objective")]
    for objective in sorted(given, key=lambda one: (one.name, one.service)):
        pairs = zip(asks.outcomes, asks.leads, strict=True)
        tallies = [
            (tally, outcome_tally(later, answers.of(later), objective))
            for query, later in pairs
            if (tally := outcome_tally(query, answers.of(query), objective)) is not None
        ]
        measured.append(Measured(objective, *tallies[0]))
    if asks.usual is not None:
        usual = answers.of(asks.usual)
        proposed, too_few = propose(usual, evidence.entry_services, given)
        unknowns += too_few
        for objective in proposed:
            tally = endpoint_tally(asks.endpoints, answers.of(asks.endpoints), objective)
            share = 1.0 if objective.endpoint is None else _share(asks.usual, answers, objective)
            measured.append(Measured(objective, tally, None, share))
    burns, unmeasured = find_burns(tuple(measured), evidence, asks.hit, parts, asks.lead)
    return burns, (*unknowns, *unmeasured)


def _share(usual: EndpointQuery, answers: Answers, objective: Objective) -> float:
    """The endpoint's part of its service's fault-free requests."""
    rows = [row for row in answers.of(usual).result.records() if row["service"] == objective.service]
    sizes = [(row["endpoint"], float(str(row["requests"]))) for row in rows]
    return math.fsum(size for name, size in sizes if name == objective.endpoint) / math.fsum(s for _, s in sizes)


def _blast(evidence: EvidenceBody, timeline: TimelineBody, asks: _Asks, answers: Answers) -> BlastRadius | None:
    usual = None if asks.usual is None else answers.of(asks.usual)
    told = Asked(asks.endpoints, answers.of(asks.endpoints), usual, answers.of(asks.user_steps))
    return find_blast(evidence, timeline.onsets, asks.hit, told)
