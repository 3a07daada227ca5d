"""Builds what the methods look at: the suspected stretch, the candidates, the deviations, and what was asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from secondstory.model.evidence import Answers
from secondstory.model.findings import Coverage, EvidenceBody
from secondstory.model.incident import Case, HintKind
from secondstory.model.query import LogPatternQuery, MetricSignalQuery, OperationQuery, Query, TracePatternQuery
from secondstory.model.telemetry import CHANGES, TableName
from secondstory.model.timeline import TimelineBody
from secondstory.model.window import Window, merged
from secondstory.stages.causes.method import View
from secondstory.stages.causes.weighing import steps_of, weigh

ALARM_LEAD = timedelta(minutes=5)  # an alarm waits for its condition to hold: seconds to several minutes
ALARM_LEAD_STEPS = 3  # and coarse samples see the fault later still


def suspect_window(case: Case, evidence: EvidenceBody) -> Window:
    """From the earliest time the fault may have begun to the end of the incident's window."""
    window, step = evidence.window, timedelta(seconds=evidence.grid.step_s)
    start = window.start
    hint, alarm = case.incident.onset_hint, case.incident.alarm
    if hint is not None and hint.kind is HintKind.INJECTION:
        start = hint.time
    elif hint is not None and hint.kind is HintKind.ALARM:
        start = hint.time - max(ALARM_LEAD, ALARM_LEAD_STEPS * step)
    elif alarm is not None and alarm.time is not None:
        start = alarm.time - max(ALARM_LEAD, ALARM_LEAD_STEPS * step)
    # At least one step must be left to look at, whatever the hint says.
    return Window(_between(start, window.start, window.end - min(step, window.end - window.start)), window.end)


def calm_windows(case: Case, evidence: EvidenceBody, suspect: Window) -> tuple[Window, ...]:
    """The fault-free stretches: the reference, and the window's own beginning where the injection's time is known."""
    hint = case.incident.onset_hint
    before = evidence.window.without(suspect)
    if hint is not None and hint.kind is HintKind.INJECTION:
        return merged((*evidence.reference, *before))
    return evidence.reference or before


def _between(time: datetime, low: datetime, high: datetime) -> datetime:
    return max(low, min(time, high))


def queries(case: Case, evidence: EvidenceBody) -> tuple[Query, ...]:
    """What the methods need beside the evidence: operations and log patterns of the suspected stretch, versions."""
    suspect = suspect_window(case, evidence)
    reference = calm_windows(case, evidence, suspect)
    names = case.incident.recordings
    tables = {row.table for row in evidence.coverage}
    asked: list[Query] = []
    if reference and TableName.SPANS in tables:
        asked.append(OperationQuery(names, suspect, reference))
    if reference and TableName.LOGS in tables:
        asked.append(LogPatternQuery(names, suspect, reference))
    if reference and TableName.SPANS in tables:
        asked.append(TracePatternQuery(names, suspect, reference))
    changed = any(occurrence.kind in {kind.value for kind in CHANGES} for occurrence in evidence.occurrences)
    if changed and any(_compares(row, evidence.grid.step_s) for row in evidence.coverage):
        asked.append(MetricSignalQuery(names, (evidence.window,), evidence.grid.step_s, by_version=True))
    return tuple(asked)


def _compares(row: Coverage, step_s: int) -> bool:
    """Whether there are metrics of two versions at once: longer than an exchange of instances takes to overlap."""
    return row.table == TableName.METRICS.value and row.side_by_side_s > step_s


def build_view(case: Case, evidence: EvidenceBody, timeline: TimelineBody, answers: Answers) -> View:
    """Everything the methods may look at. Expects the answers to `queries`."""
    suspect = suspect_window(case, evidence)
    given = {type(query): answers.of(query) for query in queries(case, evidence)}
    steps = steps_of(evidence, suspect, calm_windows(case, evidence, suspect))
    deviations, symptom = weigh(case, evidence, steps)
    named = {end for edge in evidence.edges for end in (edge.caller, edge.callee)} | set(evidence.services)
    named |= {deviation.service for deviation in deviations}
    return View(
        case=case,
        evidence=evidence,
        timeline=timeline,
        suspect=suspect,
        steps=steps,
        candidates=tuple(sorted(named - {""} - set(case.system.probes))),
        deviations=deviations,
        symptom=symptom,
        operations=given.get(OperationQuery),
        patterns=given.get(LogPatternQuery),
        sequences=given.get(TracePatternQuery),
        versions=given.get(MetricSignalQuery),
    )
