"""What is not kept any more, set into the document whenever it is read: no analysis is needed to say so."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.gap import Gap
from secondstory.model.report import Block, ReportBody, Row, Rows, Section
from secondstory.stages.report.phrases import clean
from secondstory.texts import say

_COLUMNS = ("column_source", "column_window", "column_reason", "column_meaning")


def with_gaps(body: ReportBody, gaps: tuple[Gap, ...]) -> ReportBody:
    """The report with these gaps among the others, labelled after them."""
    known = {gap.key for gap in body.gaps}
    fresh = tuple(gap for gap in gaps if gap.key not in known)
    if not fresh:
        return body
    labels = tuple((gap.key, f"G{place}") for place, gap in enumerate(fresh, start=len(body.gaps) + 1))
    rows = tuple(_row(gap) for gap in fresh)
    sections = tuple(_told(one, rows) if one.key == "gaps" else one for one in body.sections)
    return replace(body, sections=sections, gaps=(*body.gaps, *fresh), labels=(*body.labels, *labels))


def _row(gap: Gap) -> Row:
    told = say(f"report.reason_{gap.reason.value}")
    return Row((clean(gap.source), say("report.whole_incident"), told, clean(gap.detail)), (), (gap.key,), gap.key)


def _told(section: Section, rows: tuple[Row, ...]) -> Section:
    if not any(isinstance(block, Rows) for block in section.blocks):
        columns = tuple(say(f"report.{name}") for name in _COLUMNS)
        return replace(section, blocks=(Rows(say("report.caption_gaps"), columns, rows, "gaps"),))
    return replace(section, blocks=tuple(_more(block, rows) for block in section.blocks))


def _more(block: Block, rows: tuple[Row, ...]) -> Block:
    return replace(block, rows=(*block.rows, *rows)) if isinstance(block, Rows) and block.look == "gaps" else block
