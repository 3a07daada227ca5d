"""Which changes could have to do with the fault: those before it, with how long before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from secondstory.model.findings import Occurrence
from secondstory.model.incident import HintKind
from secondstory.model.telemetry import CHANGES
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.causes.method import View

NEAR_S = 300.0  # a change has lost two thirds of its weight after five minutes


@dataclass(frozen=True)
class Change:
    """A change of a service, and by how much it came before the fault showed."""

    service: str
    occurrence: Occurrence
    lead_s: float


def recency(change: Change) -> float:
    """How near the change is to the fault, 1 (at the same moment) to 0."""
    return math.exp(-change.lead_s / NEAR_S)


def changes_before(view: View) -> tuple[Change, ...]:
    """Changes of candidates up to the latest time at which the fault may have begun, in order of time."""
    kinds = {kind.value for kind in CHANGES}
    end = latest_begin(view)
    hint = view.case.incident.onset_hint
    exact = hint is not None and hint.kind is HintKind.INJECTION
    # An alarm is near the time at which the fault showed; where there is none, the suspected stretch only begins there.
    told = end < view.evidence.window.end and not exact
    shown = end if told else view.suspect.start
    return tuple(
        Change(occurrence.service, occurrence, max(0.0, (shown - occurrence.time).total_seconds()))
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
