"""What is open in an incident becomes pulls on the agenda: where minutes are needed, and in neutral words why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secondstory.model.cascade import GuardState
from secondstory.model.causes import Verdict
from secondstory.model.conversation import AgendaStep
from secondstory.model.detection import Existed
from secondstory.model.matrix import Result
from secondstory.model.meeting_plan import AgendaPoint, PointOutcome, Pull
from secondstory.model.plan import Plan
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.spoken import claim_words, gap_words
from secondstory.texts import say
from secondstory.texts.durations import duration

_WIDE_S = 60.0
_MANY_PROPOSALS = 4
_DISPUTED = 2.0


@dataclass(frozen=True)
class Opened:
    """What people left open beside the documents: marks for a closer look, the plan, points for the agenda."""

    digs: tuple[str, ...]
    plan: Plan
    points: tuple[tuple[AgendaStep, AgendaPoint], ...]


def pulls(dossier: Dossier, opened: Opened) -> tuple[Pull, ...]:
    """All of them, in the order of the agenda."""
    return (
        *_timeline(dossier, opened),
        *_causes(dossier),
        *_factors(dossier),
        *_actions(dossier, opened.plan),
        *_points(opened.points),
    )


def _timeline(dossier: Dossier, opened: Opened) -> Iterator[Pull]:
    step = AgendaStep.TIMELINE
    stretches = [gap for gap in dossier.telemetry_gaps if gap.window is not None]
    if stretches:
        first = gap_words(stretches[0], dossier.dial)
        key = "agenda.pull_gap" if len(stretches) == 1 else "agenda.pull_gaps"
        words = say(key, count=len(stretches), first=first)
        yield Pull(step, min(0.5 * len(stretches), 1.5), words, stretches[0].key)
    for milestone in dossier.timeline.milestones:
        what = say(f"report.moment_{milestone.kind.value}")
        if milestone.moment is None:
            if dossier.milestone(milestone.kind) is None and dossier.impact.window is not None:
                yield Pull(step, 0.5, say("agenda.pull_unknown", what=what), milestone.key)
            continue
        doubt = (milestone.moment.latest - milestone.moment.earliest).total_seconds()
        if doubt > _WIDE_S:
            yield Pull(step, 0.5, say("agenda.pull_wide", what=what, doubt=duration(doubt)), milestone.key)
    if opened.digs:
        key = "agenda.pull_dig" if len(opened.digs) == 1 else "agenda.pull_digs"
        yield Pull(step, min(0.5 * len(opened.digs), 1.5), say(key, count=len(opened.digs)), opened.digs[0])
    told = [one for one in dossier.timeline.events if one.amended is not None and one.amended.unconfirmed]
    if told:
        key = "agenda.pull_account" if len(told) == 1 else "agenda.pull_accounts"
        yield Pull(step, min(0.5 * len(told), 1.0), say(key, count=len(told)), told[0].key)


def _causes(dossier: Dossier) -> Iterator[Pull]:
    step, causes = AgendaStep.CAUSES, dossier.causes
    if causes.verdict is Verdict.INCONCLUSIVE:
        count = max(len(dossier.rivals), 2)
        yield Pull(step, _DISPUTED, say("agenda.pull_rivals", count=count))
    elif causes.verdict is Verdict.NONE:
        yield Pull(step, 1.0, say("agenda.pull_no_cause"))
    matrix = causes.matrix
    if matrix is None:
        return
    if matrix.flips:
        yield Pull(step, 1.0, say("agenda.pull_flip", sentence=matrix.flips[0].ask or matrix.flips[0].sentence))
    cells = [cell for row in matrix.rows for cell in row.cells]
    contested = [cell for cell in cells if cell.result is not cell.machine]
    if contested:
        key = "agenda.pull_cell" if len(contested) == 1 else "agenda.pull_cells"
        yield Pull(step, min(0.5 * len(contested), 1.5), say(key, count=len(contested)), contested[0].subject)
    for column in matrix.columns:
        if column.votes_for and column.votes_against:
            claim = next((claim_words(one) for one in causes.hypotheses if one.key == column.hypothesis), "")
            votes = {"claim": claim, "ayes": column.votes_for, "noes": column.votes_against}
            yield Pull(step, 1.0, say("agenda.pull_votes", **votes), column.hypothesis)
    leader = dossier.leading.key if dossier.leading is not None else ""
    untold = [cell for cell in cells if cell.result is Result.UNTOLD and cell.hypothesis == leader]
    if untold:
        key = "agenda.pull_untested" if len(untold) == 1 else "agenda.pull_untested_many"
        yield Pull(step, min(0.25 * len(untold), 0.5), say(key, count=len(untold)), untold[0].subject)


def _factors(dossier: Dossier) -> Iterator[Pull]:
    step = AgendaStep.FACTORS
    bare = [hop for hop in dossier.causes.cascade if any(one.state is GuardState.MISSING for one in hop.protections)]
    if bare:
        key = "agenda.pull_edge" if len(bare) == 1 else "agenda.pull_edges"
        edge = say("agenda.edge", caller=bare[0].caller, callee=bare[0].callee)
        yield Pull(step, 0.5, say(key, count=len(bare), first=edge))
    guards = dossier.detection.safeguards if dossier.detection is not None else ()
    untold = [one for one in guards if one.existed is Existed.UNKNOWN]
    if untold:
        yield Pull(step, 0.5, say("agenda.pull_safeguard", what=say(f"detection.safeguard_{untold[0].kind}")))
    began, noticed = dossier.milestone(MilestoneKind.IMPACT_BEGAN), dossier.milestone(MilestoneKind.DETECTED)
    if began is not None and noticed is not None and began[0].latest < noticed[0].earliest:
        late = duration((noticed[0].earliest - began[0].latest).total_seconds())
        yield Pull(step, 0.5, say("agenda.pull_late", late=late))


def _actions(dossier: Dossier, plan: Plan) -> Iterator[Pull]:
    step = AgendaStep.ACTIONS
    waiting = [one for one in plan.actions if not one.is_owned]
    if waiting:
        key = "agenda.pull_owner" if len(waiting) == 1 else "agenda.pull_owners"
        yield Pull(step, min(0.5 * len(waiting), 1.5), say(key, count=len(waiting)), waiting[0].key)
    taken = {one.proposal for one in plan.actions}
    offered = [item for item in dossier.actions.items if item.key not in taken]
    if len(offered) > _MANY_PROPOSALS:
        yield Pull(step, 0.5, say("agenda.pull_proposals", count=len(offered)), offered[0].key)


def _points(points: tuple[tuple[AgendaStep, AgendaPoint], ...]) -> Iterator[Pull]:
    for step, point in points:
        if point.outcome is PointOutcome.TAKEN_IN:
            yield Pull(step, 0.5, say("agenda.pull_point", words=point.words), point.id)
        elif point.outcome is PointOutcome.PARKED:
            yield Pull(AgendaStep.DISCUSSION, 0.5, say("agenda.pull_parked", words=point.words), point.id)
