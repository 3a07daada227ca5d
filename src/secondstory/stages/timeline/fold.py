"""Decisions folded into a found timeline: entries rejected, reworded, redacted or added, milestones marked."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.decision import Decision, DecisionVerb, orphans, standing
from secondstory.model.timeline import EventKind, Milestone, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Provenance, parse_time
from secondstory.texts import say

_OURS = ("event/", "occurrence/", "milestone/")


def fold_timeline(found: TimelineBody, decisions: tuple[Decision, ...]) -> TimelineBody:
    """The timeline as people decided it.

    A rejected entry leaves the timeline; its decision stays in the ledger. An added entry's text is its time, or
    `from/to`, then a space and the sentence. A mark's text is `from/to` (or one time). A decision whose subject is
    gone, or whose text names no time, is listed as an orphan by its id.
    """
    ours = tuple(
        decision
        for decision in decisions
        if decision.subject.startswith(_OURS) or decision.verb is DecisionVerb.WITHDRAW
    )
    if not ours:
        return found
    holding = standing(ours)
    events = [_decided(event, holding.get(event.key)) for event in found.events]
    known = frozenset((*(event.key for event in found.events), *(one.key for one in found.milestones)))
    lost = {decision.id for decision in orphans(ours, known)}
    for subject, decision in sorted(holding.items()):
        if decision.verb is DecisionVerb.ADD and subject not in known:
            added = _added(decision)
            events.append(added)
            lost |= {decision.id} if added is None else set()
    milestones = []
    for milestone in found.milestones:
        marked = _marked(milestone, holding.get(milestone.key))
        milestones.append(marked or milestone)
        lost |= {holding[milestone.key].id} if marked is None else set()
    kept = sorted((event for event in events if event is not None), key=lambda one: (one.moment.earliest, one.key))
    return replace(found, events=tuple(kept), milestones=tuple(milestones), orphaned_decisions=tuple(sorted(lost)))


def _decided(event: TimelineEvent, decision: Decision | None) -> TimelineEvent | None:
    if decision is None:
        return event
    rests_on = (*event.decision_ids, decision.id)
    if decision.verb is DecisionVerb.REJECT:
        return None
    if decision.verb is DecisionVerb.REWORD:
        recorded = (("recorded_title", event.title), ("recorded_body", event.body))
        attributes = tuple(sorted((*event.attributes, *recorded)))
        return replace(event, title=decision.text, body="", attributes=attributes, decision_ids=rests_on)
    if decision.verb is DecisionVerb.REDACT:
        return replace(event, title=say("timeline.redacted"), body="", actor=None, attributes=(), decision_ids=rests_on)
    return replace(event, decision_ids=rests_on)


def _added(decision: Decision) -> TimelineEvent | None:
    when, _, sentence = decision.text.partition(" ")
    moment = _moment(when, Provenance.TOLD)
    if moment is None or not sentence.strip():
        return None
    return TimelineEvent(
        key=decision.subject,
        moment=moment,
        kind=EventKind.ADDED,
        service=None,
        title=sentence.strip(),
        body=decision.why,
        actor=None,
        evidence_ids=(),
        decision_ids=(decision.id,),
    )


def _marked(milestone: Milestone, decision: Decision | None) -> Milestone | None:
    """The milestone as decided; None where the decision's text names no time."""
    if decision is None:
        return milestone
    rests_on = (*milestone.decision_ids, decision.id)
    if decision.verb is DecisionVerb.REJECT:
        reason = say("timeline.marked", why=decision.why)
        return replace(milestone, moment=None, reason=reason, decision_ids=rests_on)
    if decision.verb is not DecisionVerb.MARK:
        return replace(milestone, decision_ids=rests_on)
    moment = _moment(decision.text, Provenance.DECIDED)
    if moment is None:
        return None
    return replace(milestone, moment=moment, reason=say("timeline.marked", why=decision.why), decision_ids=rests_on)


def _moment(text: str, provenance: Provenance) -> Moment | None:
    start, _, end = text.strip().partition("/")
    try:
        earliest = parse_time(start)
        return Moment(earliest, parse_time(end) if end else earliest, provenance)
    except ValueError:
        return None
