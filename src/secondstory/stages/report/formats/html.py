"""The document as one HTML file that asks nothing of any network: every number opens its chart, query and hash."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from secondstory.model.document import Document
from secondstory.model.report import Block, Bullets, Chart, Paragraph, ReportBody, Rows, Section
from secondstory.stages.report.format import ReportFormat
from secondstory.stages.report.page.appendix import appendix, figure
from secondstory.stages.report.page.behaviour import LOGO, SCRIPT, SPRITES, SUN
from secondstory.stages.report.page.markup import claim, plain, rich
from secondstory.stages.report.page.sheet import style
from secondstory.stages.report.page.tables import table
from secondstory.stages.report.references import Index, anchor_of
from secondstory.texts import say

_CLOSED = "base-uri 'none'; form-action 'none'"
_WORDS_PER_MINUTE = 220
_BETWEEN = {"dateline": " · ", "hypothesis": "<br>"}  # what stands between the sentences of a voice


def render(document: Document[ReportBody]) -> bytes:
    """The page, UTF-8. Style and script are inline and named by hash in its own content security policy."""
    body, index = document.body, Index(document.body)
    sheet = style()
    policy = f"default-src 'none'; style-src '{_source(sheet)}'; script-src '{_source(SCRIPT)}'; {_CLOSED}"
    sections = "".join(_section(index, place, section) for place, section in enumerate(body.sections))
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{plain(body.title)} · {say('report.document_kind')}</title>"
        f"<style>{sheet}</style></head><body>{SPRITES}"
        f'<a class="skip" href="#bluf">{say("report.skip")}</a>{_masthead(document)}'
        f'<div class="frame">{_contents(body)}<main><h1>{rich(body.title)}</h1>{sections}{appendix(index)}</main></div>'
        f"{_panel()}<script>{SCRIPT}</script></body></html>"
    )
    return page.encode()


def _source(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _masthead(document: Document[ReportBody]) -> str:
    theme = say("report.theme")
    return (
        f'<header class="masthead"><span class="brand">{LOGO}{say("report.product")}</span>'
        f'<span class="kind">{say("report.document_kind")} '
        f'<span class="mono">{plain(document.body.incident_id)}</span></span>'
        f'<span class="print mono">{say("report.fingerprint", hash=escape(document.hash[:12]))}</span>'
        f'<button type="button" class="theme" aria-label="{theme}" title="{theme}">{SUN}</button></header>'
    )


def _contents(body: ReportBody) -> str:
    names = [(section.key, section.title) for section in body.sections] + [("evidence", say("report.section_evidence"))]
    links = "".join(f'<li><a href="#{escape(key)}">{rich(title)}</a></li>' for key, title in names)
    return f'<nav aria-label="{say("report.contents")}"><ol>{links}</ol></nav>'


def _section(index: Index, number: int, section: Section) -> str:
    drawn = [(block, _block(index, (number, place), block)) for place, block in enumerate(section.blocks)]
    above = "".join(html for block, html in drawn if _is_dateline(block))
    below = "".join(html for block, html in drawn if not _is_dateline(block))
    more = _legend(index.body) if number == 0 else ""
    return f'<section id="{escape(section.key)}">{above}<h2>{rich(section.title)}</h2>{below}{more}</section>'


def _block(index: Index, place: tuple[int, int], block: Block) -> str:
    match block:
        case Paragraph(claims=claims, voice=voice):
            told = _BETWEEN.get(voice, " ").join(
                claim(index, sentence, anchor_of(*place, item)) for item, sentence in enumerate(claims)
            )
            return f'<p class="{escape(voice)}">{told}</p>'
        case Bullets(claims=claims, is_numbered=numbered):
            told = "".join(
                f"<li>{claim(index, sentence, anchor_of(*place, item))}</li>" for item, sentence in enumerate(claims)
            )
            return f'<ol class="bullets">{told}</ol>' if numbered else f'<ul class="bullets">{told}</ul>'
        case Rows():
            return table(index, block, place)
        case Chart():
            return figure(index, block, anchor_of(*place, 0), f"k{place[0]}-{place[1]}", wide=True)


def _is_dateline(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.voice == "dateline"


def _legend(body: ReportBody) -> str:
    words = sum(
        len(c.text.split())
        for s in body.sections
        for b in s.blocks
        if isinstance(b, Paragraph | Bullets)
        for c in b.claims
    )
    words += sum(
        len(cell.split())
        for s in body.sections
        for b in s.blocks
        if isinstance(b, Rows)
        for r in b.rows
        for cell in r.cells
    )
    minutes = max(1, round(words / _WORDS_PER_MINUTE))
    kinds = "".join(
        f'<span class="{kind}">{say(f"report.legend_{kind}")}</span>' for kind in ("fact", "inference", "opinion")
    )
    chip = f'<span><span class="ev">E01</span> {say("report.legend_chip")}</span>'
    time = f"<span>{say('report.reading_time', minutes=minutes)}</span>"
    return f'<p class="legend" aria-label="{say("report.legend")}">{kinds}{chip}{time}</p>'


def _panel() -> str:
    name = say("report.section_evidence")
    return (
        f'<dialog id="panel" aria-label="{name}"><p class="head"><b>{name}</b>'
        f'<button type="button" class="shut">{say("report.close")} <kbd>Esc</kbd></button></p><div></div></dialog>'
    )


EXTENSION = ReportFormat(
    name="html",
    summary="one self-contained page, readable without a network",
    suffix="html",
    media_type="text/html; charset=utf-8",
    render=render,
)
