"""The report as it is handed out: under the title and severity that hold now, which the stored bytes cannot know.

A title is the people's and no finding, so changing it leaves every document as it was.
"""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.dial import Dial
from secondstory.model.incident import Incident
from secondstory.model.incident_record import IncidentRecord, Mode
from secondstory.model.report import Block, Claim, Paragraph, ReportBody, Section
from secondstory.stages.report.claims import frame
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.texts import say


def dateline(incident: Incident, severity: str) -> str:
    """The line that says which incident, how bad and when."""
    dial = Dial.of(incident.time_zone, incident.window)
    return say(
        "report.dateline",
        severity=severity,
        id=incident.id,
        day=dial.day(incident.window.start),
        window=dial.stretch(incident.window.start, incident.window.end),
        zone=dial.zone_name(incident.window.start),
    )


def present(report: ReportBody, incident: Incident, record: IncidentRecord) -> ReportBody:
    """The report with what people say of the incident today; a retrospective says that it is one."""
    sections = tuple(_presented(section, incident, record) for section in report.sections)
    return replace(report, title=clean(record.title, TITLE_LENGTH), sections=sections)


def imprinted(report: ReportBody, imprint: str) -> ReportBody:
    """The report as a version: what says which stands at the end of the line of dates, or first where there is none."""
    if not report.sections:
        return report
    told = frame(imprint)
    first, *others = report.sections
    blocks = tuple(_told_too(block, told) for block in first.blocks)
    if blocks == first.blocks:
        blocks = (Paragraph((told,), voice="dateline"), *blocks)
    return replace(report, sections=(replace(first, blocks=blocks), *others))


def _told_too(block: Block, told: Claim) -> Block:
    if isinstance(block, Paragraph) and block.voice == "dateline":
        return replace(block, claims=(*block.claims, told))
    return block


def _presented(section: Section, incident: Incident, record: IncidentRecord) -> Section:
    return replace(section, blocks=tuple(_line(block, incident, record) for block in section.blocks))


def _line(block: Block, incident: Incident, record: IncidentRecord) -> Block:
    if not isinstance(block, Paragraph) or block.voice != "dateline":
        return block
    claims = (frame(dateline(incident, record.severity.value)), *block.claims[1:])
    afterwards = (frame(say("report.retrospective")),) if record.mode is Mode.RETROSPECTIVE else ()
    return replace(block, claims=(*claims, *afterwards))
