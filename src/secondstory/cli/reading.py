"""Prints a report's tree in a terminal: sentences with evidence labels, tables, signals as one line of blocks."""

from __future__ import annotations

from secondstory.cli.session import OUT, as_told, print_table, say_line
from secondstory.model.errors import BadInput
from secondstory.model.report import Block, Bullets, Chart, Claim, Paragraph, ReportBody, Row, Rows, Section

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDTH = 60


def print_report(body: ReportBody, section_key: str) -> None:
    """Print the whole report, or one section. Raises BadInput on an unknown section."""
    sections = _chosen(body, section_key)
    labels = dict(body.labels)
    if not section_key:
        OUT.print(as_told(body.title), style="bold")
    for section in sections:
        OUT.print(as_told(f"\n{section.title}"), style="bold underline")
        for block in section.blocks:
            _print_block(block, labels)


def _chosen(body: ReportBody, section_key: str) -> tuple[Section, ...]:
    if not section_key:
        return body.sections
    found = tuple(section for section in body.sections if section.key == section_key)
    if not found:
        known = ", ".join(section.key for section in body.sections)
        raise BadInput(f"The report has no section {section_key!r}.", f"Choose one of: {known}.")
    return found


def _print_block(block: Block, labels: dict[str, str]) -> None:
    match block:
        case Paragraph(claims=claims, voice=voice):
            say_line((" · " if voice == "dateline" else " ").join(_with_labels(claim, labels) for claim in claims))
        case Bullets(claims=claims):
            for claim in claims:
                say_line(f"  • {_with_labels(claim, labels)}")
        case Rows(caption=caption, columns=columns, rows=rows):
            print_table(caption, (*columns, "evidence"), [(*row.cells, _labels_of(row, labels)) for row in rows])
        case Chart():
            say_line(f"{block.title}: {_sparkline(block)}  {block.summary}")


def _with_labels(claim: Claim, labels: dict[str, str]) -> str:
    marks = _labels_of(claim, labels)
    return f"{claim.text} [{marks}]" if marks else claim.text


def _labels_of(claim: Claim | Row, labels: dict[str, str]) -> str:
    return " ".join(labels[key] for key in (*claim.evidence_ids, *claim.gap_keys) if key in labels)


def _sparkline(chart: Chart) -> str:
    """The signal as blocks, the highest value of each column deciding; a column without data is a dot."""
    width = min(_WIDTH, len(chart.points))  # a short series has no more to show, and its empty columns are no gaps
    columns: list[list[float]] = [[] for _ in range(width)]
    for point in chart.points:
        if point.value is not None:
            column = min(int(point.at_s / max(chart.length_s, 1e-9) * width), width - 1)
            columns[column].append(point.value)
    tops = [max(values) if values else None for values in columns]
    known = [top for top in tops if top is not None]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    return "".join("·" if top is None else _BLOCKS[int((top - low) / span * 7) if span else 0] for top in tops)
