"""Evidence becomes one ordered account: occurrences, onsets of signals, and the milestones between them."""

from __future__ import annotations

from secondstory.model.evidence import Answers
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask
from secondstory.model.timeline import TimelineBody
from secondstory.stages.timeline.alerts import pair_alerts
from secondstory.stages.timeline.events import occurrence_events, onset_events
from secondstory.stages.timeline.milestones import find_milestones
from secondstory.stages.timeline.onsets import find_onsets


def find_timeline(case: Case, evidence: EvidenceBody, _answers: Answers) -> TimelineBody | Ask:
    """Everything in order. The evidence already holds all that is needed, so nothing is asked."""
    onsets = find_onsets(evidence)
    alerts = pair_alerts(evidence.occurrences)
    events = (*occurrence_events(evidence.occurrences, alerts), *onset_events(onsets))
    return TimelineBody(
        events=tuple(sorted(events, key=lambda event: (event.moment.earliest, event.key))),
        milestones=find_milestones(case.system, evidence, onsets, alerts),
        onsets=onsets,
    )
