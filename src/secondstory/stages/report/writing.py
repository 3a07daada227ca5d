"""The stage's verb: documents in, one report tree out, every claim labelled with what it rests on."""

from __future__ import annotations

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody
from secondstory.model.detection import DetectionBody
from secondstory.model.evidence import EvidenceRef
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import ImpactBody
from secondstory.model.incident import Case
from secondstory.model.meeting import MeetingRecord
from secondstory.model.query import OccurrenceQuery, OutcomeQuery, UsersHitQuery
from secondstory.model.report import Chart, ReportBody, Section
from secondstory.model.signal import Signal
from secondstory.model.timeline import TimelineBody
from secondstory.stages.report.charts import draw
from secondstory.stages.report.parts.bluf import bottom_line
from secondstory.stages.report.parts.causes import cascade_section, causes_section
from secondstory.stages.report.parts.chronology import timeline_section
from secondstory.stages.report.parts.closing import (
    actions_section,
    gaps_section,
    making_section,
    meeting_section,
    questions_section,
)
from secondstory.stages.report.parts.detection import detection_section
from secondstory.stages.report.parts.impact import entry_charts, impact_section
from secondstory.stages.report.parts.matrix import matrix_section
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.stages.report.references import rested_on
from secondstory.stages.report.story import Story

Bodies = tuple[EvidenceBody, TimelineBody, ImpactBody, CausesBody, ActionsBody]
MOST_CHARTS = 12
_CHARTS_OF_ONE = 6


def write_report(
    case: Case,
    bodies: Bodies,
    meeting: MeetingRecord | None,
    hashes: tuple[tuple[str, str], ...],
    detection: DetectionBody | None = None,
) -> ReportBody:
    """The post-mortem of an incident. `hashes` names the documents it is made from; without a meeting it says so."""
    story = Story(case, *bodies, meeting, hashes, detection)
    told = (
        bottom_line(story),
        impact_section(story),
        timeline_section(story),
        causes_section(story),
        matrix_section(story),
        cascade_section(story),
        detection_section(story),
        gaps_section(story),
        questions_section(story),
        actions_section(story),
        meeting_section(story),
    )
    sections = tuple(section for section in told if section is not None)
    sections = (*sections, making_section(story, sections))
    charts = evidence_charts(story)
    return ReportBody(
        title=clean(case.incident.title, TITLE_LENGTH),
        incident_id=case.incident.id,
        time_zone=case.incident.time_zone,
        sections=sections,
        labels=_labels(story, sections),
        evidence=_in_order(story, sections),
        evidence_charts=charts,
        gaps=story.gaps,
        document_hashes=hashes,
    )


def evidence_charts(story: Story) -> tuple[tuple[str, Chart], ...]:
    """Charts of what the story rests on, the explanations first, then where users enter, then what moved most."""
    charts: dict[str, tuple[str, Chart]] = {}
    count: dict[str, int] = {}
    by_key = {signal.key: signal for signal in story.evidence.signals}
    entry = tuple(chart.key.removeprefix("chart/") for chart in entry_charts(story))
    moved = sorted(story.timeline.onsets, key=lambda onset: (-abs(onset.strength), onset.signal_key))
    wanted = (*_explained(story), *entry, *(onset.signal_key for onset in moved))
    for key in dict.fromkeys(wanted):
        signal: Signal | None = by_key.get(key)
        if signal is None or len(charts) == MOST_CHARTS or count.get(signal.evidence_id, 0) == _CHARTS_OF_ONE:
            continue
        chart = draw(story, signal)
        if chart is not None:
            charts[key] = (signal.evidence_id, chart)
            count[signal.evidence_id] = count.get(signal.evidence_id, 0) + 1
    return (*charts.values(), *_beside(story))


def _beside(story: Story) -> tuple[tuple[str, Chart], ...]:
    """For answers that are counts or lists: the signal measured beside them. Outcomes and users by the entry's errors,
    occurrences by the leading signal with its marks."""
    entry = entry_charts(story)[:1]
    telling = story.telling_signals(story.leading) if story.leading is not None else ()
    chart = draw(story, telling[-1]) if telling else None
    found: list[tuple[str, Chart]] = []
    for ref in story.refs:
        if isinstance(ref.query, OutcomeQuery | UsersHitQuery):
            found.extend((ref.id, drawn) for drawn in entry)
        elif isinstance(ref.query, OccurrenceQuery) and chart is not None:
            found.append((ref.id, chart))
    return tuple(found)


def _explained(story: Story) -> tuple[str, ...]:
    found = [signal for hypothesis in story.rivals for signal in story.telling_signals(hypothesis)]
    hops = [
        min(onsets, key=lambda onset: (-abs(onset.strength), onset.signal_key)).signal_key
        for hop in story.causes.cascade
        for service in (hop.callee, hop.caller)
        if (onsets := [onset for onset in story.timeline.onsets if onset.service == service])
    ]
    return (*(signal.key for signal in found), *hops)


def _labels(story: Story, sections: tuple[Section, ...]) -> tuple[tuple[str, str], ...]:
    """E01… and G1… in order of first use; what nothing cites comes last."""
    used = [rest for section in sections for rest in rested_on(section)]
    evidence = dict.fromkeys([i for ids, _ in used for i in ids] + [ref.id for ref in story.refs])
    gaps = dict.fromkeys([k for _, keys in used for k in keys] + [gap.key for gap in story.gaps])
    return (
        *((key, f"E{place:02}") for place, key in enumerate(evidence, start=1)),
        *((key, f"G{place}") for place, key in enumerate(gaps, start=1)),
    )


def _in_order(story: Story, sections: tuple[Section, ...]) -> tuple[EvidenceRef, ...]:
    place = {key: index for index, (key, _) in enumerate(_labels(story, sections))}
    return tuple(sorted(story.refs, key=lambda ref: place[ref.id]))
