"""A document to the plain data that the sheet sets: runs of text, tables with their widths, charts as lines.

Text travels as data and is never part of the sheet's own source, so nothing in it can be taken for typesetting.
"""

from __future__ import annotations

import re
from textwrap import wrap

from secondstory.model.document import Document
from secondstory.model.report import Block, Bullets, Chart, Claim, Paragraph, ReportBody, Rows, Section
from secondstory.renderers.paper.drawing import Data, drawn
from secondstory.stages.report.asked import query_title
from secondstory.stages.report.references import Index
from secondstory.texts import say

_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\((https?://[^)\s]+)\)")
_LONG = re.compile(r"[^\s\d]\S{17,}")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~#.+=>-])")
_NARROW, _WIDE = 7, 70
_WHOLE, _MOST_WHOLE = 18, 64  # letters of a column whose words are not broken, and of all such in a table
_MOST_UNBROKEN = 600  # letters of a cell, up to which its row stays on one page
_NARROWING = 0.75  # a column of twice the words gets less than twice the width
_MAY_BREAK = re.compile(r"(?<=[_.,={(/|-])(?=\w)")  # in recorded words, which have no spaces
_ENDLESS = re.compile(r"[^\s\u200b]{25,}")  # a hash, or a word without any such place
_PIECE = 12
_HASH = 16


def content(document: Document[ReportBody]) -> Data:
    """Everything that stands on paper."""
    body, index = document.body, Index(document.body)
    return {
        "title": _runs(body.title, is_markup=False),
        "head": _head(body),
        "foot": say("report.fingerprint", hash=document.hash[:_HASH]),
        "evidence_title": say("report.section_evidence"),
        "evidence_columns": [say(f"paper.{name}") for name in ("label", "asked", "answered", "hash")],
        "sections": [_section(index, section) for section in body.sections],
        "evidence": [_entry(index, key, label) for key, label in index.entries],
    }


def _head(body: ReportBody) -> str:
    """What stands above each page but the first: the line that says which document this is."""
    blocks = (block for section in body.sections[:1] for block in section.blocks)
    lines = (block for block in blocks if isinstance(block, Paragraph) and block.voice == "dateline")
    return next((" · ".join(claim.text for claim in line.claims) for line in lines), body.incident_id)


def _section(index: Index, section: Section) -> Data:
    return {
        "key": section.key,
        "title": _breaking(section.title),
        "blocks": [_block(index, block) for block in section.blocks],
    }


def _block(index: Index, block: Block) -> Data:
    match block:
        case Paragraph(claims=claims, voice=voice):
            return {"is": "paragraph", "voice": voice, "claims": [_claim(index, claim) for claim in claims]}
        case Bullets(claims=claims, is_numbered=numbered):
            return {"is": "list", "numbered": numbered, "items": [_claim(index, claim) for claim in claims]}
        case Rows():
            return _table(index, block)
        case Chart():
            return _chart(index, block)


def _claim(index: Index, claim: Claim) -> Data:
    labels = _labels(index, (*claim.evidence_ids, *claim.gap_keys))
    return {"kind": claim.kind.value, "runs": _runs(claim.text, is_markup=claim.is_markup), "labels": labels}


def _labels(index: Index, keys: tuple[str, ...]) -> str:
    return " ".join(index.names[key] for key in dict.fromkeys(keys) if key in index.names)


def _table(index: Index, rows: Rows) -> Data:
    width = max([len(rows.columns), *(len(row.cells) for row in rows.rows)])
    columns = [*rows.columns, *[""] * (width - len(rows.columns))]
    cells = [[*row.cells, *[""] * (width - len(row.cells))] for row in rows.rows]
    labels = [_labels(index, (*row.evidence_ids, *row.gap_keys)) for row in rows.rows]
    if any(labels):
        columns.append(say("report.column_evidence"))
        cells = [[*row, label] for row, label in zip(cells, labels, strict=True)]
    longest = [max(len(column), *(len(row[place]) for row in cells), 1) for place, column in enumerate(columns)]
    return {
        "is": "table",
        "look": rows.look,
        "caption": _breaking(rows.caption),
        "columns": [_breaking(column) for column in columns],
        "widths": _widths(longest),
        "whole_rows": max(longest) <= _MOST_UNBROKEN,
        "rows": [[_runs(cell, is_markup=False) for cell in row] for row in cells],
    }


def _widths(longest: list[int]) -> list[float]:
    """Shares of the width; 0 = as wide as its words, for columns that are narrow as long as others have room."""
    widest = max(range(len(longest)), key=lambda place: longest[place])
    whole, room = set[int](), _MOST_WHOLE
    for place in sorted(range(len(longest)), key=lambda place: longest[place]):
        if place != widest and longest[place] <= min(_WHOLE, room):
            whole.add(place)
            room -= longest[place]
    return [0 if place in whole else min(max(one, _NARROW), _WIDE) ** _NARROWING for place, one in enumerate(longest)]


def _chart(index: Index, chart: Chart) -> Data:
    return {
        "is": "chart",
        "title": _runs(chart.title, is_markup=False),
        "summary": _runs(chart.summary, is_markup=False),
        "labels": _labels(index, chart.evidence_ids),
        **drawn(chart, index.body.time_zone),
    }


def _entry(index: Index, key: str, label: str) -> Data:
    ref, gap = index.refs.get(key), index.gaps.get(key)
    if ref is not None:
        told = [query_title(ref), f"{ref.source}, {ref.rows:,}", ref.result_hash[:_HASH]]
    else:
        told = [gap.detail if gap is not None else key, gap.source if gap is not None else "", ""]
    return {"label": label, "title": _runs(told[0], is_markup=False), "source": told[1], "hash": told[2]}


def _runs(text: str, *, is_markup: bool) -> list[list[str]]:
    """Text as pieces of one look: text, code, strong, emph, or a link with its address."""
    found: list[list[str]] = []
    at = 0
    for hit in (_INLINE if is_markup else _CODE).finditer(text):
        found.append(["text", _plain(text[at : hit.start()], is_markup)])
        parts = hit.groups()
        kind = next(name for name, part in zip(("code", "strong", "emph", "link"), parts, strict=False) if part)
        words = next(part for part in parts if part)
        found.append([kind, words, parts[4]] if kind == "link" else [kind, words])
        at = hit.end()
    found.append(["text", _plain(text[at:], is_markup)])
    return [[run[0], _breaking(run[1]), *run[2:]] for run in found if run[1]]


def _breaking(words: str) -> str:
    """Long recorded words with places where a line may end; times and numbers stay whole."""
    told = _LONG.sub(lambda found: _MAY_BREAK.sub("\u200b", found.group()), words)
    return _ENDLESS.sub(lambda found: "\u200b".join(wrap(found.group(), _PIECE)), told)


def _plain(text: str, is_markup: bool) -> str:
    return _ESCAPED.sub(r"\1", text) if is_markup else text
