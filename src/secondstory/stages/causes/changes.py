"""Which changes could have to do with the fault: those before it, with how long before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.model.findings import Occurrence
from secondstory.model.telemetry import CHANGES
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.causes.method import View


@dataclass(frozen=True)
class Change:
    """A change of a service, and by how much it came before the fault could show (0 = within the doubt)."""

    service: str
    occurrence: Occurrence
    lead_s: float


def changes_before(view: View) -> tuple[Change, ...]:
    """Changes of candidates up to the latest time at which the fault may have begun, in order of time."""
    kinds = {kind.value for kind in CHANGES}
    end = latest_begin(view)
    return tuple(
        Change(occurrence.service, occurrence, max(0.0, (view.suspect.start - occurrence.time).total_seconds()))
        for occurrence in view.evidence.occurrences
        if occurrence.kind in kinds and occurrence.service in view.candidates and occurrence.time <= end
        if occurrence.service is not None
    )


def latest_begin(view: View) -> datetime:
    """A change after the alarm, or after the impact surely showed, cannot have caused it."""
    times = [view.evidence.window.end]
    alarm = view.case.incident.alarm
    if alarm is not None and alarm.time is not None:
        times.append(alarm.time)
    impact = [mark.moment for mark in view.timeline.milestones if mark.kind is MilestoneKind.IMPACT_BEGAN]
    times += [moment.latest for moment in impact if moment is not None]
    return min(times)
