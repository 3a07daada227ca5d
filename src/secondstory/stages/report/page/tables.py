"""Tables of the document as HTML, each set in the way that suits what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from itertools import pairwise

from secondstory.model.actions import Strength
from secondstory.model.report import Row, Rows
from secondstory.model.timeline import EventKind
from secondstory.stages.report.page.markup import chips, links, rich
from secondstory.stages.report.references import Index, anchor_of
from secondstory.texts import say

Place = tuple[int, int]

_EVENT_CSS = {say(f"report.event_{kind.value}"): kind.value for kind in EventKind}
_BARS = {say(f"report.strength_{strength.value}"): 3 - place for place, strength in enumerate(Strength)}
_TIME = re.compile(r"^(?:\d{4}-\d\d-\d\d|(?:\d+ \w{3} )?\d\d:\d\d:\d\d(?:–(?:\d+ \w{3} )?\d\d:\d\d:\d\d)?)$")
_SHARE = re.compile(r"^[01]\.\d+$")
_UNIT = re.compile(r"(?<=\d)[ \u00a0]([a-zA-Z%][\w/]*(?: [a-zA-Z][\w/]*)*)")


def table(index: Index, rows: Rows, place: Place) -> str:
    """A table, or what its `look` asks for where heads and rows have the cells that it needs."""
    draw, cells = _LOOKS.get(rows.look, (_grid, 0))
    return (
        draw(index, rows, place)
        if min([len(rows.columns), *(len(row.cells) for row in rows.rows)]) >= cells
        else _grid(index, rows, place)
    )


def _grid(index: Index, rows: Rows, place: Place) -> str:
    head = "".join(f'<th scope="col">{rich(column)}</th>' for column in rows.columns)
    body = "".join(
        f'<tr id="{anchor_of(*place, item)}">{_cells(rows, row)}'
        f'<td class="rests">{links(index, row.evidence_ids, row.gap_keys)}</td></tr>'
        for item, row in enumerate(rows.rows)
    )
    return (
        f'<div class="scroll"><table class="{escape(rows.look)}"><caption>{rich(rows.caption)}</caption>'
        f'<thead><tr>{head}<th scope="col"><span class="unseen">{say("report.column_evidence")}</span></th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _cells(rows: Rows, row: Row) -> str:
    return "".join(_cell(rows, place, text) for place, text in enumerate(row.cells))


def _cell(rows: Rows, place: int, text: str) -> str:
    name = rich(rows.columns[place]) if place < len(rows.columns) else ""
    css = f"c{place}"
    if _TIME.match(text):
        return f'<td class="{css} time" data-name="{name}"><div>{_unbroken(text)}</div></td>'
    if text == say("report.not_shown"):
        return f'<td class="{css} none" data-name="{name}"><div>{rich(text)}</div></td>'
    if rows.look == "events" and text in _EVENT_CSS:
        return f'<td class="{css} kind" data-name="{name}"><div>{glyph(_EVENT_CSS[text])}{rich(text)}</div></td>'
    if rows.look == "hashes" and place:
        return f'<td class="{css} hash" data-name="{name}"><div>{rich(text)}</div></td>'
    return f'<td class="{css}{"" if text else " empty"}" data-name="{name}"><div>{rich(text)}</div></td>'


def _unbroken(text: str) -> str:
    """A stretch as two times, so that the doubt can be set lighter than the beginning."""
    return "–".join(f'<span class="nb">{rich(part)}</span>' for part in text.split("–"))


def _figures(index: Index, rows: Rows, place: Place) -> str:
    items, bases = [], []
    for item, row in enumerate(rows.rows):
        name, value, interval, basis = row.cells[:4]
        items.append(
            f'<div id="{anchor_of(*place, item)}"><dt>{rich(name)}{chips(index, row.evidence_ids, row.gap_keys)}</dt>'
            f'<dd class="v">{_with_unit(value)}</dd><dd class="rg">{rich(interval)}</dd></div>'
        )
        bases.append(f"<li><b>{rich(name)}</b> {rich(basis)}</li>")
    how = f'<details class="basis"><summary>{rich(rows.columns[3])}</summary><ul>{"".join(bases)}</ul></details>'
    return f'<h3>{rich(rows.caption)}</h3><dl class="figures">{"".join(items)}</dl>{how}'


def _with_unit(value: str) -> str:
    return _UNIT.sub(r' <span class="u">\1</span>', rich(value))


def _steps(index: Index, rows: Rows, place: Place) -> str:
    """The hops in order; as a strip above them where each begins where the one before ended."""
    chain = all(after.cells[0] == before.cells[1] for before, after in pairwise(rows.rows))
    strip = ""
    if chain and rows.rows:
        nodes = [(rows.rows[0].cells[0], rows.rows[0].cells[3])] + [(row.cells[1], row.cells[4]) for row in rows.rows]
        boxes = "".join(
            f"<li>{glyph('signal')}<b>{rich(service)}</b><span>{_unbroken(onset)}</span></li>"
            for service, onset in nodes
        )
        strip = f'<ol class="strip" aria-hidden="true">{boxes}</ol>'
    items = "".join(
        f'<li id="{anchor_of(*place, item)}"><p class="hop"><b>{rich(row.cells[0])}</b> → <b>{rich(row.cells[1])}</b>'
        f'<span class="how">{rich(row.cells[2])}</span></p>'
        f"<p>{rich(row.cells[5])}{chips(index, row.evidence_ids, row.gap_keys)}</p></li>"
        for item, row in enumerate(rows.rows)
    )
    return f'<h3>{rich(rows.caption)}</h3>{strip}<ol class="steps">{items}</ol>'


def _arguments(index: Index, rows: Rows, place: Place) -> str:
    items = []
    for item, row in enumerate(rows.rows):
        side, sentence, weight, method = row.cells[:4]
        css = "for" if side == say("report.side_for") else "against"
        css += "" if row.evidence_ids or row.gap_keys else " silent"
        items.append(
            f'<li id="{anchor_of(*place, item)}" class="{css}">'
            f'<span class="side">{_SIDES[css.split()[0]]}{rich(side)}</span>'
            f'<span class="says">{rich(sentence)}{chips(index, row.evidence_ids, row.gap_keys)}</span>'
            f'<span class="by">{_weight(weight)}{rich(method)}</span></li>'
        )
    return f'<h4 class="unseen">{rich(rows.caption)}</h4><ul class="arguments">{"".join(items)}</ul>'


def _weight(text: str) -> str:
    if not _SHARE.match(text):
        return rich(text)
    filled = round(float(text) * 5)
    bars = "".join(
        f'<rect x="{k * 5}" y="0" width="3" height="10" class="{"on" if k < filled else "off"}"/>' for k in range(5)
    )
    size = 'width="23" height="10" viewBox="0 0 23 10"'
    return f'<svg class="bars" {size} role="img" aria-label="{escape(text)}">{bars}</svg>'


def _actions(index: Index, rows: Rows, place: Place) -> str:
    items = []
    for item, row in enumerate(rows.rows):
        title, kind, area, strength, answers, criterion = row.cells[:6]
        items.append(
            f'<li id="{anchor_of(*place, item)}"><h4>{rich(title)}</h4>'
            f'<p class="tags"><span class="tag">{rich(kind)}</span><span class="tag">{rich(area)}</span>'
            f'<span class="tag">{_strength(strength)}{rich(strength)}</span></p>'
            f"<dl><dt>{rich(rows.columns[5])}</dt><dd>{rich(criterion)}</dd>"
            f"<dt>{rich(rows.columns[4])}</dt><dd>{rich(answers)}"
            f"{chips(index, row.evidence_ids, row.gap_keys)}</dd></dl></li>"
        )
    return f'<h3>{rich(rows.caption)}</h3><ol class="actions">{"".join(items)}</ol>'


def _strength(word: str) -> str:
    filled = _BARS.get(word, 0)
    bars = "".join(
        f'<rect x="{k * 5}" y="{6 - 3 * k}" width="3" height="{4 + 3 * k}" class="{"on" if k < filled else "off"}"/>'
        for k in range(3)
    )
    return f'<svg class="bars" width="13" height="10" viewBox="0 0 13 10" aria-hidden="true">{bars}</svg>'


def glyph(kind: str) -> str:
    """The shape that says what kind of thing this is; colour repeats it."""
    css, shape = _GLYPHS.get(kind, ("human", _RING))
    return f'<svg class="g {css}" {_BOX}>{shape}</svg>'


_BOX = 'width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"'
_RING = '<circle r="4" fill="none" stroke-width="2.2"/>'
_SQUARE = '<rect x="-4" y="-4" width="8" height="8" rx="1.2"/>'
_GLYPHS = {
    "change": ("change", '<path d="M0-5.6L5.6 0 0 5.6-5.6 0Z"/>'),
    "alert": ("alert", '<path d="M0-5L5.6 4.4H-5.6Z"/>'),
    "signal": ("deviation", '<path class="stroke" d="M-5.5 3.5H-1L5.5-4.5"/>'),
    "added": ("decision", _SQUARE),
    "orchestrator": ("machine", _SQUARE),
}
_SIDES = {
    "for": f'<svg class="g" {_BOX}><path class="stroke" d="M-4.5 0.5L-1.5 3.5 4.5-3.5"/></svg>',
    "against": f'<svg class="g" {_BOX}><path class="stroke" d="M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5"/></svg>',
}
_LOOKS: dict[str, tuple[Callable[[Index, Rows, Place], str], int]] = {
    "figures": (_figures, 4),
    "steps": (_steps, 6),
    "arguments": (_arguments, 4),
    "actions": (_actions, 6),
}
