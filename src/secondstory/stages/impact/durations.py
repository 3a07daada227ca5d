"""Milestones become durations as ranges, from the ends of their intervals; a missing end is said, never guessed."""

from __future__ import annotations

from secondstory.model.impact import Figure
from secondstory.model.subject import subject_key
from secondstory.model.timeline import Milestone, MilestoneKind
from secondstory.model.window import Moment
from secondstory.texts import say

_SPANS = (
    ("time_to_detect", MilestoneKind.IMPACT_BEGAN, MilestoneKind.DETECTED),
    ("time_to_acknowledge", MilestoneKind.DETECTED, MilestoneKind.ACKNOWLEDGED),
    ("time_to_mitigate", MilestoneKind.IMPACT_BEGAN, MilestoneKind.MITIGATION_BEGAN),
    ("time_to_recover", MilestoneKind.IMPACT_BEGAN, MilestoneKind.RESOLVED),
)


def find_durations(milestones: dict[MilestoneKind, Milestone]) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Time to detect, acknowledge, mitigate and recover in seconds, and a sentence for those that cannot be told."""
    figures: list[Figure] = []
    lacking: dict[str, list[str]] = {}
    for name, first, second in _SPANS:
        start, end = milestones[first], milestones[second]
        if start.moment is None or end.moment is None:
            reason = start.reason if start.moment is None else end.reason
            lacking.setdefault(reason, []).append(say(f"impact.{name}"))
        elif end.moment.latest < start.moment.earliest:
            lacking.setdefault(say("impact.out_of_order"), []).append(say(f"impact.{name}"))
        else:
            figures.append(_duration(name, start, end, start.moment, end.moment))
    unknowns = (say("impact.not_known", names=", ".join(names), reason=reason) for reason, names in lacking.items())
    return tuple(figures), tuple(unknowns)


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
