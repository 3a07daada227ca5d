"""Milestones become durations as ranges, from the ends of their intervals; a missing end is said, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from secondstory.model.impact import Figure
from secondstory.model.subject import subject_key
from secondstory.model.timeline import Milestone, MilestoneKind
from secondstory.model.window import Moment, Provenance
from secondstory.texts import say


def find_durations(
    milestones: dict[MilestoneKind, Milestone], step_s: int
) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Time to detect, acknowledge, mitigate and recover in seconds, and a sentence for those that cannot be told.

    Mitigated is when users are served as usual again, recovered when the alerts have ended as well. The first
    mitigating act is no end of anything: it divides the phases.
    """
    began, resolved = milestones[MilestoneKind.IMPACT_BEGAN], milestones[MilestoneKind.RESOLVED]
    detected, acknowledged = milestones[MilestoneKind.DETECTED], milestones[MilestoneKind.ACKNOWLEDGED]
    spans = (
        ("time_to_detect", began, detected),
        ("time_to_acknowledge", detected, acknowledged),
        ("time_to_mitigate", began, replace(resolved, moment=end_of_harm(resolved.moment, step_s))),
        ("time_to_recover", began, resolved),
    )
    figures: list[Figure] = []
    lacking: dict[str, list[str]] = {}
    for name, start, end in spans:
        if start.moment is None or end.moment is None:
            reason = start.reason if start.moment is None else end.reason
            lacking.setdefault(reason, []).append(say(f"impact.{name}"))
        elif end.moment.latest < start.moment.earliest:
            lacking.setdefault(say("impact.out_of_order"), []).append(say(f"impact.{name}"))
        else:
            figures.append(_duration(name, start, end, start.moment, end.moment))
    unknowns = (say("impact.not_known", names=", ".join(names), reason=reason) for reason, names in lacking.items())
    return tuple(figures), tuple(unknowns)


def end_of_harm(resolved: Moment | None, step_s: int) -> Moment | None:
    """When users were served as usual again: within the step in which harm was last measured, or when people say.

    A measured end begins with that step; what ends it later, such as an alert, says nothing about users.
    """
    if resolved is None or resolved.provenance is not Provenance.MEASURED:
        return resolved
    return Moment(resolved.earliest, resolved.earliest + timedelta(seconds=step_s), Provenance.MEASURED)


def _duration(name: str, start: Milestone, end: Milestone, began: Moment, ended: Moment) -> Figure:
    """Intervals that overlap could give a negative span; the least is then zero."""
    low = max(0.0, (ended.earliest - began.latest).total_seconds())
    high = (ended.latest - began.earliest).total_seconds()
    middle = (ended.middle - began.middle).total_seconds()
    rests_on = {*start.evidence_ids, *start.decision_ids, *end.evidence_ids, *end.decision_ids}
    return Figure(
        key=subject_key("duration", name),
        value=min(max(middle, low), high),
        low=low,
        high=high,
        unit="s",
        sample_size=None,
        basis=say(f"impact.{name}_basis"),
        evidence_ids=tuple(sorted(rests_on)),
    )
