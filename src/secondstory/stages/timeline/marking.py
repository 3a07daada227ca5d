"""Milestones as people marked them; the others follow the events that they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.timeline import Milestone, MilestoneKind, TimelineEvent
from secondstory.model.window import Moment, Provenance
from secondstory.stages.timeline.amending import moment_in
from secondstory.stages.timeline.clocks import SIGNALS, Corrections, moved
from secondstory.texts import say


def mark(milestone: Milestone, decision: Decision, events: Mapping[str, TimelineEvent]) -> Milestone | None:
    """The milestone as decided; None where the decision's text names no time.

    A mark's text is `from/to` (or one time), and after a space the key of the event that shows it.
    """
    rests_on = (*milestone.decision_ids, decision.id)
    if decision.verb is DecisionVerb.REJECT:
        reason = say("timeline.marked", why=decision.why)
        return replace(milestone, moment=None, reason=reason, decision_ids=rests_on, event_key=None)
    if decision.verb is not DecisionVerb.MARK:
        return replace(milestone, decision_ids=rests_on)
    when, _, key = decision.text.partition(" ")
    moment = moment_in(when, Provenance.DECIDED)
    if moment is None:
        return None
    event = events.get(key)
    return replace(
        milestone,
        moment=moment,
        reason=_reason(decision, event),
        evidence_ids=event.evidence_ids if event is not None else milestone.evidence_ids,
        event_key=event.key if event is not None else None,
        decision_ids=rests_on,
    )


def follow(
    milestone: Milestone, was: TimelineEvent | None, now: TimelineEvent | None, clocks: Corrections
) -> Milestone:
    """A milestone that nobody marked: it moves with the event that it was read from, or with the clock behind it."""
    moment = milestone.moment
    if moment is None:
        return milestone
    if was is not None and now is not None and was.moment != now.moment:
        at = now.moment
        earliest = at.earliest if moment.earliest == moment.latest else min(moment.earliest, at.latest)
        return replace(milestone, moment=Moment(earliest, at.latest, moment.provenance), decision_ids=now.decision_ids)
    correction = clocks.get(SIGNALS)
    if correction is None or moment.provenance is not Provenance.MEASURED:
        return milestone
    return replace(milestone, moment=moved(moment, correction), decision_ids=(correction.decision_id,))


def bound(diagnosed: Milestone, milestones: tuple[Milestone, ...]) -> Milestone:
    """When it was understood lies between the two that bound it, also after those were moved."""
    ends = {one.kind: one for one in milestones}
    noticed, mitigated = ends.get(MilestoneKind.DETECTED), ends.get(MilestoneKind.MITIGATION_BEGAN)
    if diagnosed.moment is None or noticed is None or mitigated is None:
        return diagnosed
    if noticed.moment is None or mitigated.moment is None:
        return diagnosed
    latest = mitigated.moment.latest
    moment = Moment(min(noticed.moment.earliest, latest), latest, diagnosed.moment.provenance)
    return replace(diagnosed, moment=moment)


def _reason(decision: Decision, event: TimelineEvent | None) -> str:
    if event is None:
        return say("timeline.marked", why=decision.why)
    if not decision.why.strip():
        return say("timeline.marked_event", title=event.title)
    return say("timeline.marked_event_why", title=event.title, why=decision.why)
