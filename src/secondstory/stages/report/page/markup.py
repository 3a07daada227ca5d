"""Text as HTML: everything escaped, recorded words in code, every claim with the chips of what it rests on."""

from __future__ import annotations

from html import escape

from secondstory.model.report import Claim, ClaimKind
from secondstory.stages.report.phrases import clean
from secondstory.stages.report.references import Index
from secondstory.texts import say

LONGEST = 4000


def plain(text: str) -> str:
    """Text with no markup of its own: cut, cleaned and escaped, fit for an attribute too."""
    return escape(clean(text, LONGEST).replace("`", ""))


def rich(text: str) -> str:
    """Text whose back-ticked parts become code."""
    parts = clean(text, LONGEST).split("`")
    if len(parts) % 2 == 0:  # an odd tick belongs to the text
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(f"<code>{escape(part)}</code>" if place % 2 else escape(part) for place, part in enumerate(parts))


def claim(index: Index, sentence: Claim, anchor: str) -> str:
    """A sentence, marked by its kind, with its chips; the mark is a pattern, so it survives without colour."""
    css = "" if sentence.kind is ClaimKind.FRAME else f' class="{sentence.kind.value}"'
    return f'<span id="{anchor}"{css}>{rich(sentence.text)}</span>{chips(index, sentence.evidence_ids, sentence.gap_keys)}'


def chips(index: Index, evidence_ids: tuple[str, ...], gap_keys: tuple[str, ...]) -> str:
    """Links to evidence and gaps; the first is tied to the word before it, so that none opens a line alone."""
    links = [_chip(index.names[key], "report.open_evidence", "ev") for key in dict.fromkeys(evidence_ids)]
    links += [_chip(index.names[key], "report.open_gap", "ev gap") for key in dict.fromkeys(gap_keys)]
    return f'&nbsp;<span class="chips">{" ".join(links)}</span>' if links else ""


def _chip(label: str, wording: str, css: str) -> str:
    name = escape(label)
    return f'<a class="{css}" href="#{name}" aria-label="{escape(say(wording, label=label))}">{name}</a>'
