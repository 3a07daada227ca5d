"""The document as GitHub-flavoured Markdown that also reads as plain text; evidence is linked to an appendix."""

from __future__ import annotations

import re

from secondstory.model.dial import Dial
from secondstory.model.document import Document
from secondstory.model.report import Block, Bullets, Chart, Claim, ClaimKind, Paragraph, ReportBody, Rows, Section
from secondstory.stages.report.asked import fetched, query_lines, query_title, query_window
from secondstory.stages.report.format import ReportFormat
from secondstory.stages.report.phrases import clean
from secondstory.stages.report.references import Index
from secondstory.texts import say

_LONGEST = 4000
_SPARKS = "▁▂▃▄▅▆▇█"
_COLUMNS = 60
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_OPENS_A_BLOCK = re.compile(r"^(\d+)([.)])|^([-+=>])")


def render(document: Document[ReportBody]) -> bytes:
    """The Markdown, UTF-8, ending in one line break."""
    body, index = document.body, Index(document.body)
    parts = [f"# {_text(body.title)}"]
    for section in body.sections:
        parts += _section(index, section)
    parts += [f"## {say('report.section_evidence')}", _text(say("report.evidence_intro"))]
    for key, label in index.entries:
        parts += _entry(index, key, label)
    parts += ["---", _text(say("report.fingerprint", hash=document.hash))]
    return ("\n\n".join(parts) + "\n").encode()


def _section(index: Index, section: Section) -> list[str]:
    parts = [f"## {_text(section.title)}"]
    for block in section.blocks:
        parts += _block(index, block)
    return parts


def _block(index: Index, block: Block) -> list[str]:
    match block:
        case Paragraph(claims=claims, voice="label"):
            return [f"**{' '.join(_words(claim) for claim in claims)}**"]
        case Paragraph(claims=claims, voice="hypothesis") if claims:
            told = [_claim(index, claim) for claim in claims[1:]]
            return [f"### {_words(claims[0])} {_chips(index, claims[0])}".rstrip(), *told]
        case Paragraph(claims=claims, voice=voice):
            return [_opening((" · " if voice == "dateline" else " ").join(_claim(index, claim) for claim in claims))]
        case Bullets(claims=claims, is_numbered=numbered):
            marks = (f"{place}." if numbered else "-" for place, _ in enumerate(claims, start=1))
            return ["\n".join(f"{mark} {_claim(index, claim)}" for mark, claim in zip(marks, claims, strict=True))]
        case Rows():
            return [f"**{_text(block.caption)}**", _table(index, block)]
        case Chart():
            links = _links(index, block.evidence_ids)
            return [f"**{_text(block.title)}** {links}  \n`{_spark(block)}`  \n{_text(block.summary)}"]


def _claim(index: Index, claim: Claim) -> str:
    mark = say(f"report.{claim.kind.value}_mark") if claim.kind in (ClaimKind.INFERENCE, ClaimKind.OPINION) else ""
    return " ".join(part for part in (_words(claim), f"*{mark}*" if mark else "", _chips(index, claim)) if part)


def _words(claim: Claim) -> str:
    """A person's own Markdown as it is, in one line; all else set as plain text."""
    return clean(claim.text, _LONGEST) if claim.is_markup else _text(claim.text)


def _chips(index: Index, claim: Claim) -> str:
    return _links(index, (*claim.evidence_ids, *claim.gap_keys))


def _links(index: Index, keys: tuple[str, ...]) -> str:
    labels = (index.names[key] for key in dict.fromkeys(keys))
    return " ".join(f"[{label}](#{label.lower()})" for label in labels)


def _table(index: Index, rows: Rows) -> str:
    cited = any(row.evidence_ids or row.gap_keys for row in rows.rows)
    columns = [_text(column) for column in rows.columns]
    width = max([len(columns), *(len(row.cells) for row in rows.rows)])
    head = columns + [""] * (width - len(columns)) + ([say("report.column_evidence")] if cited else [])
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows.rows:
        cells = [_text(cell) for cell in row.cells] + [""] * (width - len(row.cells))
        lines.append(_line(cells + ([_links(index, (*row.evidence_ids, *row.gap_keys))] if cited else [])))
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _entry(index: Index, key: str, label: str) -> list[str]:
    # The label alone is the heading, so that its anchor is the label in lower case.
    head = f"### {label}"
    zone, gap, ref = index.body.time_zone, index.gaps.get(key), index.refs.get(key)
    if gap is not None:
        when = say("report.whole_incident")
        if gap.window is not None:
            dial = Dial.of(zone, gap.window)
            when = f"{dial.stretch(gap.window.start, gap.window.end)} {dial.zone_name(gap.window.start)}"
        reason = say(f"report.reason_{gap.reason.value}")
        missing = (("column_source", gap.source), ("column_window", when), ("column_reason", reason))
        return [head, f"**{say('report.gap_entry')}.** {_text(gap.detail)}", _facts(missing), _rests(index, key)]
    if ref is None:
        return [head, _text(say("report.no_reference", id=key)), _rests(index, key)]
    facts = (
        ("asked_window", query_window(ref, zone)),
        ("answered_by", ref.source),
        ("rows", f"{ref.rows:,}"),
        ("columns", ", ".join(ref.columns)),
        ("result_hash", f"`{ref.result_hash}`"),
        ("fetched", fetched(ref, zone)),
    )
    query = "\n".join(("```text", *query_lines(ref), "```"))
    charts = [
        f"{_text(chart.title)}  \n`{_spark(chart)}`  \n{_text(chart.summary)}" for chart in index.charts.get(key, ())
    ]
    return [head, f"**{query_title(ref)}.**", *charts, query, _facts(facts), _rests(index, key)]


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"- {say(f'report.{name}')}: {_text(value)}" for name, value in facts)


def _rests(index: Index, key: str) -> str:
    places = index.places.get(key, ())
    if not places:
        return _text(say("report.nothing_rests"))
    counts: dict[str, int] = {}
    for place in places:
        counts[place.section] = counts.get(place.section, 0) + 1
    named = ", ".join(f"{_text(section)} ({count})" for section, count in counts.items())
    return f"{say('report.rests_here')}: {named}"


def _spark(chart: Chart) -> str:
    """The signal in a line of characters: the highest value of each column, a dot where there is none."""
    known = [point.value for point in chart.points if point.value is not None]
    if not known:
        return "·" * _COLUMNS
    low, high = min(0.0, *known), max(known)
    width = min(_COLUMNS, len(chart.points))  # a short series has no more to show; empty columns would look like gaps
    columns: list[float | None] = [None] * width
    for point in chart.points:
        place = min(int(point.at_s / max(chart.length_s, 1.0) * width), width - 1)
        if point.value is not None:
            highest = columns[place]
            columns[place] = point.value if highest is None else max(highest, point.value)
    half = high / 2 - low / 2  # the whole may be beyond what a float holds
    heights = (None if value is None else (value / 2 - low / 2) / half if half else 0.0 for value in columns)
    return "".join("·" if height is None else _SPARKS[round(height * (len(_SPARKS) - 1))] for height in heights)


def _text(text: str) -> str:
    parts = clean(text, _LONGEST).split("`")
    if len(parts) % 2 == 0:  # an odd tick belongs to the text
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(
        f"`{part.replace('|', chr(92) + '|')}`" if place % 2 else _SPECIAL.sub(r"\\\1", part)
        for place, part in enumerate(parts)
    )


def _opening(paragraph: str) -> str:
    """A paragraph that does not begin like a list, a heading or a quotation."""
    return _OPENS_A_BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", paragraph)


EXTENSION = ReportFormat(
    name="markdown",
    summary="GitHub-flavoured Markdown, readable as plain text",
    suffix="md",
    media_type="text/markdown; charset=utf-8",
    render=render,
)
