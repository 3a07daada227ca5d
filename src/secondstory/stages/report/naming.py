"""The report with the names of those who asked to be named in what is published; everybody else stays a role."""

from __future__ import annotations

import re
from dataclasses import replace

from secondstory.model.report import Block, Bullets, Chart, Claim, Paragraph, ReportBody, Row, Rows, Section
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.texts import say

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def with_names(report: ReportBody, names: dict[str, str]) -> ReportBody:
    """Each of these tokens is told as its name, wherever the document says it. Nobody else's is, whatever they say."""
    if not names:
        return report
    naming = _Naming(names)
    return replace(
        report,
        title=naming.told(report.title),
        sections=tuple(naming.section(one) for one in report.sections),
        evidence_charts=tuple((key, naming.chart(one)) for key, one in report.evidence_charts),
    )


class _Naming:
    """Says the names; a token is a whole word, so that `responder-1` is not found in `responder-12`."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = {token: clean(name, TITLE_LENGTH).replace("`", "ʼ") for token, name in names.items()}
        some = "|".join(re.escape(token) for token in names)
        self._tokens = re.compile(rf"(?<![\w-])(?:{some})(?![\w-])")
        self._by_role = say("report.roles_only")

    def told(self, text: str, *, is_markup: bool = False) -> str:
        """The text with names. In a person's Markdown a name means nothing but itself."""

        def name(found: re.Match[str]) -> str:
            said = self._names[found.group()]
            return _SPECIAL.sub(r"\\\1", said) if is_markup else said

        return self._tokens.sub(name, text)

    def section(self, one: Section) -> Section:
        return replace(one, title=self.told(one.title), blocks=tuple(self._block(block) for block in one.blocks))

    def chart(self, one: Chart) -> Chart:
        marks = tuple(replace(mark, label=self.told(mark.label)) for mark in one.marks)
        return replace(one, title=self.told(one.title), summary=self.told(one.summary), marks=marks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Bullets():
                return replace(block, claims=tuple(self._claim(claim) for claim in block.claims))
            case Rows():
                return replace(
                    block, caption=self.told(block.caption), rows=tuple(self._row(one) for one in block.rows)
                )
            case Chart():
                return self.chart(block)

    def _claim(self, claim: Claim) -> Claim:
        if claim.text == self._by_role:
            return replace(claim, text=say("report.roles_and_names"))
        return replace(claim, text=self.told(claim.text, is_markup=claim.is_markup))

    def _row(self, row: Row) -> Row:
        return replace(row, cells=tuple(self.told(cell) for cell in row.cells))
