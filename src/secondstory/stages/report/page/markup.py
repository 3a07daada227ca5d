"""Text as HTML: everything escaped, recorded words in code, every claim with the chips of what it rests on."""

from __future__ import annotations

import re
from html import escape

import nh3
from markdown_it import MarkdownIt

from secondstory.model.report import Claim, ClaimKind
from secondstory.stages.report.phrases import clean
from secondstory.stages.report.references import Index
from secondstory.texts import say

LONGEST = 4000
_INLINE = MarkdownIt("commonmark", {"html": False}).disable("image")
_TAGS, _SCHEMES, _OUTSIDE = {"a", "code", "em", "strong"}, {"http", "https", "mailto"}, "noopener noreferrer nofollow"
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:s|ms|min|h|d)\b)")


def plain(text: str) -> str:
    """Text with no markup of its own: cut, cleaned and escaped, fit for an attribute too."""
    return escape(clean(text, LONGEST).replace("`", ""))


def rich(text: str) -> str:
    """Text whose back-ticked parts become code."""
    parts = clean(text, LONGEST).split("`")
    if len(parts) % 2 == 0:  # an odd tick belongs to the text
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(f"<code>{escape(part)}</code>" if place % 2 else _set(part) for place, part in enumerate(parts))


def shortened(text: str, length: int) -> str:
    """The beginning of a text, for a list that leads to the whole."""
    line = clean(text, LONGEST).replace("`", "")
    return escape(line if len(line) <= length else f"{line[:length].rstrip()}…")


def claim(index: Index, sentence: Claim, anchor: str) -> str:
    """A sentence, marked by its kind, with its chips; the mark is a pattern, so it survives without colour."""
    css = "" if sentence.kind is ClaimKind.FRAME else f' class="{sentence.kind.value}"'
    return f'<span id="{anchor}"{css}>{words(sentence)}</span>{chips(index, sentence.evidence_ids, sentence.gap_keys)}'


def words(sentence: Claim) -> str:
    """A person's Markdown, cleaned to a few harmless tags and links that lead outside; all else as plain text."""
    if not sentence.is_markup:
        return rich(sentence.text)
    found = _INLINE.renderInline(clean(sentence.text, LONGEST))
    return nh3.clean(found, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=_OUTSIDE)


def chips(index: Index, evidence_ids: tuple[str, ...], gap_keys: tuple[str, ...]) -> str:
    """Links to evidence and gaps, tied to the word before them, so that none opens a line alone."""
    found = links(index, evidence_ids, gap_keys)
    return f'&nbsp;<span class="chips">{found}</span>' if found else ""


def links(index: Index, evidence_ids: tuple[str, ...], gap_keys: tuple[str, ...]) -> str:
    """Links to evidence and gaps, each once."""
    found = [_chip(index.names[key], "report.open_evidence", "ev") for key in dict.fromkeys(evidence_ids)]
    found += [_chip(index.names[key], "report.open_gap", "ev gap") for key in dict.fromkeys(gap_keys)]
    return " ".join(found)


def _set(text: str) -> str:
    """A number and its unit stay on one line."""
    return _BEFORE_UNIT.sub("\u00a0", escape(text))


def _chip(label: str, wording: str, css: str) -> str:
    name = escape(label)
    return f'<a class="{css}" href="#{name}" aria-label="{escape(say(wording, label=label))}">{name}</a>'
