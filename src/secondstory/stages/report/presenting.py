"""The report as it is handed out: under the title and severity that hold now, which the stored bytes cannot know.

A title is the people's and no finding, so changing it leaves every document as it was.
"""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.dial import Dial
from secondstory.model.incident import Incident
from secondstory.model.incident_record import IncidentRecord, Mode
from secondstory.model.report import Block, Bullets, Claim, Paragraph, ReportBody, Section
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


def imprinted(report: ReportBody, imprint: tuple[str, ...], passed: tuple[str, ...]) -> ReportBody:
    """The report as a version. What says which it is stands at the end of the line of dates, or first where there is
    none; findings that somebody let pass stand where it is told how the document was made."""
    if not report.sections:
        return report
    told = tuple(frame(one) for one in imprint)
    first, *others = report.sections
    blocks = tuple(_told_too(block, told) for block in first.blocks)
    if blocks == first.blocks:
        blocks = (Paragraph(told, voice="dateline"), *blocks)
    sections = [replace(first, blocks=blocks), *others]
    if passed:
        place = next((at for at, one in enumerate(sections) if one.key == "making"), len(sections) - 1)
        reasons = Bullets(tuple(frame(one) for one in passed))
        sections[place] = replace(sections[place], blocks=(*sections[place].blocks, reasons))
    return replace(report, sections=tuple(sections))


def _told_too(block: Block, told: tuple[Claim, ...]) -> Block:
    if isinstance(block, Paragraph) and block.voice == "dateline":
        return replace(block, claims=(*block.claims, *told))
    return block


def _presented(section: Section, incident: Incident, record: IncidentRecord) -> Section:
    return replace(section, blocks=tuple(_line(block, incident, record) for block in section.blocks))


def _line(block: Block, incident: Incident, record: IncidentRecord) -> Block:
    if not isinstance(block, Paragraph) or block.voice != "dateline":
        return block
    claims = (frame(dateline(incident, record.severity.value)), *block.claims[1:])
    afterwards = (frame(say("report.retrospective")),) if record.mode is Mode.RETROSPECTIVE else ()
    return replace(block, claims=(*claims, *afterwards))
