"""Decisions folded into a found timeline: what people added, edited, merged, hid, marked, and clocks they corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.timeline import ClockCorrection, Milestone, MilestoneKind, SetAside, TimelineBody, TimelineEvent
from secondstory.stages.timeline.amending import Amending, added
from secondstory.stages.timeline.clocks import PREFIX, Corrections, correction_in, shifted, shifted_onset
from secondstory.stages.timeline.joining import link, merge
from secondstory.stages.timeline.marking import bound, follow, mark

MILESTONE = "milestone/"
OURS = ("event/", "occurrence/", "added/", MILESTONE, PREFIX)
_IN_TIME = attrgetter("moment.earliest", "key")
Said = tuple[Decision, ...]  # not withdrawn, in order of (at, id)


def fold_timeline(found: TimelineBody, decisions: tuple[Decision, ...]) -> TimelineBody:
    """The timeline as people decided it.

    Each decision changes one aspect of its subject (words, whether it is shown, what it tells the same as, …) and the
    last one on an aspect holds. A hidden or merged entry leaves the timeline for `aside`. A decision whose subject is
    gone, or whose text cannot be read, is listed as an orphan by its id. The order of `decisions` does not matter.
    """
    ours = not_withdrawn(tuple(d for d in decisions if d.subject.startswith(OURS) or d.verb is DecisionVerb.WITHDRAW))
    if not ours:
        return found
    lost: set[str] = set()
    clocks = _clocks(ours, lost)
    events, aside = _events(found, ours, clocks, lost)
    milestones = _milestones(found, ours, events, clocks, lost)
    gone = {one.event.key for one in aside}
    kept = (event for key, event in events.items() if key not in gone)
    return replace(
        found,
        events=tuple(sorted(kept, key=_IN_TIME)),
        milestones=milestones,
        onsets=tuple(shifted_onset(one, clocks) for one in found.onsets),
        orphaned_decisions=tuple(sorted(lost)),
        aside=aside,
        corrections=tuple(clocks[name] for name in sorted(clocks)),
    )


def _clocks(said: Said, lost: set[str]) -> dict[str, ClockCorrection]:
    """The correction that holds for each source; one of no seconds is none."""
    clocks: dict[str, ClockCorrection] = {}
    for decision in said:
        if not decision.subject.startswith(PREFIX):
            continue
        correction = correction_in(decision)
        if correction is None:
            lost.add(decision.id)
        else:
            clocks[correction.source] = correction
    return {source: one for source, one in clocks.items() if one.seconds}


def _events(
    found: TimelineBody, said: Said, clocks: Corrections, lost: set[str]
) -> tuple[dict[str, TimelineEvent], tuple[SetAside, ...]]:
    """All entries as decided, by key, and those of them that people took out of the account."""
    events = shifted(found.events, clocks) if clocks else _by_key(found.events)
    by_subject = _of_entries(said)
    for subject, theirs in by_subject.items():
        own = next((one for one in theirs if one.verb is DecisionVerb.ADD), None)
        if own is not None and subject not in events and (entry := added(own)) is not None:
            events[subject] = entry
    # Only what somebody spoke of is worked on: a timeline may hold tens of thousands of entries.
    spoken = {*by_subject, *(one.text for one in said if one.verb in (DecisionVerb.MERGE, DecisionVerb.LINK))}
    entries = {key: Amending(events[key]) for key in sorted(spoken) if key in events}
    for subject, theirs in by_subject.items():
        if subject not in entries:
            lost.update(one.id for one in theirs)
            continue
        for decision in theirs:
            entries[subject].apply(decision)
        lost.update(entries[subject].lost)
    lost.update(link(entries, said))
    aside, circling = merge(entries, said)
    lost.update(circling)
    events.update({key: entry.result() for key, entry in entries.items()})
    merged = {one.event.key for one in aside}
    aside += [_hidden(one) for key, one in entries.items() if key not in merged and one.hidden_by is not None]
    return events, tuple(sorted(aside, key=lambda one: (one.event.moment.earliest, one.event.key)))


def _milestones(
    found: TimelineBody, said: Said, events: Mapping[str, TimelineEvent], clocks: Corrections, lost: set[str]
) -> tuple[Milestone, ...]:
    holding = {one.subject: one for one in said if one.subject.startswith(MILESTONE)}
    lost.update(one.id for key, one in holding.items() if key not in {milestone.key for milestone in found.milestones})
    before = {event.key: event for event in found.events} if any(one.event_key for one in found.milestones) else {}
    told = []
    for milestone in found.milestones:
        decision = holding.get(milestone.key)
        marked = mark(milestone, decision, events) if decision is not None else None
        if decision is not None and marked is None:
            lost.add(decision.id)
        key = milestone.event_key or ""
        told.append(marked or follow(milestone, before.get(key), events.get(key), clocks))
    if tuple(told) == found.milestones:
        return found.milestones
    free = {one.key for one in found.milestones} - holding.keys()
    return tuple(
        bound(one, tuple(told)) if one.kind is MilestoneKind.DIAGNOSED and one.key in free else one for one in told
    )


def _of_entries(said: Said) -> dict[str, list[Decision]]:
    by_subject: dict[str, list[Decision]] = defaultdict(list)
    for decision in said:
        if not decision.subject.startswith((MILESTONE, PREFIX)):
            by_subject[decision.subject].append(decision)
    return by_subject


def _by_key(events: tuple[TimelineEvent, ...]) -> dict[str, TimelineEvent]:
    return {event.key: event for event in events}


def _hidden(entry: Amending) -> SetAside:
    decision = entry.hidden_by
    if decision is None:
        raise ValueError(f"{entry.event.key} is not hidden")
    return SetAside(entry.result(), decision.why, decision.actor_id, decision.at, decision.id)
