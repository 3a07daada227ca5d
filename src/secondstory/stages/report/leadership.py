"""What the executive short form asks of leaders, read from the changes that it tells."""

from __future__ import annotations

from itertools import pairwise

from secondstory.model.report import Bullets, Claim, Paragraph, ReportBody, Row, Rows, Section
from secondstory.stages.report.claims import frame
from secondstory.stages.report.phrases import clean, listed
from secondstory.texts import say

_SETTLED = ("verified", "effective", "accepted_risk", "cancelled")
_MOST_RISKS = 2


def asked_section(report: ReportBody, changes: Section) -> Section:
    """Owners to be found, time to be kept free, risks to be carried; at least how to ask."""
    table = next((block for block in changes.blocks if isinstance(block, Rows)), None)
    if table is None:
        told = [frame(say("executive.ask_none"))]
    elif table.look == "agreed":
        told = _of_agreed(_whole(report, table))
    else:
        count = len(_whole(report, table).rows)
        told = [frame(say("executive.ask_choose" if count > 1 else "executive.ask_choose_one", count=count))]
    claims = (*told, *_risks(report), frame(say("executive.ask_system")))
    return Section("asked", say("executive.section_asked"), (Bullets(claims),))


def _whole(report: ReportBody, cut: Rows) -> Rows:
    """The table with all its rows and columns, also those that the short form has no room for."""
    blocks = (block for section in report.sections if section.key == "actions" for block in section.blocks)
    return next((block for block in blocks if isinstance(block, Rows) and block.look == cut.look), cut)


def _of_agreed(table: Rows) -> list[Claim]:
    settled = {say(f"plan.progress_{name}") for name in _SETTLED}
    standing = [row for row in table.rows if _cell(table, row, "stands") not in settled]
    if not standing:
        return [frame(say("executive.ask_proved", all=len(table.rows)))]
    claims = []
    alone = tuple(row.cells[0].partition(" ")[0] for row in standing if not _is_owned(_cell(table, row, "owner")))
    if alone:
        claims.append(frame(say("executive.ask_owner", which=listed(alone))))
    last = max(_cell(table, row, "due") for row in standing)  # days as 2026-12-24 sort by themselves
    claims.append(frame(say("executive.ask_time", open=len(standing), all=len(table.rows), day=last)))
    return claims


def _cell(table: Rows, row: Row, name: str) -> str:
    title = say(f"plan.column_{name}")
    return row.cells[table.columns.index(title)] if title in table.columns else ""


def _is_owned(cell: str) -> bool:
    """True where somebody said yes; a table of another shape tells nothing of owners and asks for none."""
    asked = say("plan.ownership_proposed", owner="")
    return not (cell.startswith(say("plan.nobody")) or cell.endswith(asked))


def _risks(report: ReportBody) -> list[Claim]:
    """Risks that people accepted, as the document tells them under their heading."""
    blocks = [block for section in report.sections if section.key == "actions" for block in section.blocks]
    for heading, after in pairwise(blocks):
        is_heading = isinstance(heading, Paragraph) and [c.text for c in heading.claims] == [say("plan.risks")]
        if is_heading and isinstance(after, Bullets):
            return [
                Claim(clean(say("executive.ask_risk", risk=one.text)), one.kind, one.evidence_ids, one.gap_keys)
                for one in after.claims[:_MOST_RISKS]
            ]
    return []
