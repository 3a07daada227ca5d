"""A section of the analysis as Markdown that a person can go on writing; tables and charts stand in it by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.model.report import Block, Bullets, Chart, Claim, ClaimKind, Paragraph, ReportBody, Rows, Section
from secondstory.texts import say

CITATION = re.compile(r"\[@([^\]\s]{1,200})\]")
_END = re.compile(r"[.!?…:]+[\"”’)]*$")
_SPECIAL = re.compile(r"([\\*\[\]<>])")
_OPENS_A_BLOCK = re.compile(r"^(\d+)([.)])|^([-+=>#])")
_LONGEST_NAME = 60
_MARKED = (ClaimKind.INFERENCE, ClaimKind.OPINION)


def markdown_of(section: Section) -> str:
    """The section as Markdown, evidence cited by id."""
    names = {id(block): name for name, block in live_blocks(section)}
    return "\n\n".join(_block(block, names.get(id(block), "")) for block in section.blocks) + "\n"


def live_blocks(section: Section) -> Iterator[tuple[str, Block]]:
    """(name, block) of what a text shows by naming it: tables, charts, the line of dates. Each name is given once."""
    given: dict[str, int] = {}
    for block in section.blocks:
        match block:
            case Rows(caption=caption):
                name = f"table{{{_slug(caption)}}}"
            case Chart(title=title):
                name = f"chart{{{_slug(title)}}}"
            case Paragraph(voice="dateline"):
                name = "line{dates}"
            case _:
                continue
        given[name] = given.get(name, 0) + 1
        yield (name if given[name] == 1 else f"{name[:-1]}-{given[name]}}}"), block


def claims_of(section: Section) -> Iterator[tuple[str, Claim]]:
    """(as written, claim) of each sentence of the section that is text."""
    for block in section.blocks:
        if isinstance(block, Bullets) or (isinstance(block, Paragraph) and block.voice != "dateline"):
            yield from ((written(claim), claim) for claim in block.claims)


def voices_of(section: Section) -> Iterator[tuple[str, str]]:
    """(first sentence as written, voice) of each paragraph, and of what stands under a hypothesis."""
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.voice not in ("dateline", "label"):
            starts = block.claims[: 2 if block.voice == "hypothesis" else 1]
            yield from ((written(claim), block.voice) for claim in starts)


def written(claim: Claim) -> str:
    """A claim as Markdown: its mark and citations stand before the sign that ends it."""
    text = claim.text if claim.is_markup else _escaped(claim.text)
    mark = [f"*({say(f'text.{claim.kind.value}')})*"] if claim.kind in _MARKED else []
    rests = [f"[@{key}]" for key in (*claim.evidence_ids, *claim.gap_keys)]
    if not (mark or rests):
        return text
    end = _END.search(text)
    body, sign = (text[: end.start()], end.group()) if end is not None else (text, "")
    return " ".join((body, *mark, *rests)) + sign


def by_label(markdown: str, body: ReportBody) -> str:
    """The same text with evidence cited by its label in the document."""
    return _renamed(markdown, dict(body.labels))


def by_id(markdown: str, body: ReportBody) -> str:
    """The same text with evidence cited by id, which stays when labels move."""
    return _renamed(markdown, {label: key for key, label in body.labels})


def _renamed(markdown: str, names: dict[str, str]) -> str:
    return CITATION.sub(lambda found: f"[@{names.get(found[1], found[1])}]", markdown)


def _block(block: Block, name: str) -> str:
    if name:
        return f"::{name}"
    match block:
        case Paragraph(claims=claims, voice="label"):
            return f"#### {' '.join(written(claim) for claim in claims)}"
        case Paragraph(claims=claims, voice="hypothesis") if claims:
            told = " ".join(written(claim) for claim in claims[1:])
            return f"### {written(claims[0])}" + (f"\n\n{_opening(told)}" if told else "")
        case Paragraph(claims=claims):
            return _opening(" ".join(written(claim) for claim in claims))
        case Bullets(claims=claims):
            return "\n".join(f"- {_opening(written(claim))}" for claim in claims)
        case _:
            raise ValueError(f"a {type(block).__name__} is live and has a name")


def _opening(text: str) -> str:
    """A paragraph that does not begin like a list, a heading or a quotation."""
    return _OPENS_A_BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _escaped(text: str) -> str:
    """Plain text with recorded words in back-ticks, so that no other sign means anything."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["ʼ".join(parts[-2:])]
    return "".join(f"`{part}`" if place % 2 else _SPECIAL.sub(r"\\\1", part) for place, part in enumerate(parts))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST_NAME].strip("-") or "block"
