"""Markdown that a person wrote, as blocks of the document: paragraphs, lists, headings, quotations, live blocks.

A sentence that stands as the analysis wrote it stays the analysis' own claim. Any other is cut out at its end; what it
cites makes it a fact, a mark makes it an inference or an opinion, and one with neither is bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from secondstory.model.report import Block, Bullets, Claim, ClaimKind, Paragraph, Row, Rows
from secondstory.stages.report.phrases import clean
from secondstory.stages.report.text.writing import CITATION

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_LIVE = re.compile(r"^::((?:table|chart|line)\{[^{}\n]{1,100}\})$")
_MARK = re.compile(r"\*\((inference|opinion)\)\*")
_CODE = re.compile(r"`[^`\n]*`")
_AFTER = r"(?:\s*(?:\[@[^\]\s]+\]|\*\((?:inference|opinion)\)\*))*"
_END = re.compile(rf"[.!?…]+[\"”’)]*{_AFTER}(?:\s+(?=[\"“‘(\[`*]*[A-Z0-9\ue001])|$)")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|vs|cf|approx|no|fig|sec|etc|resp)\.\s*$", re.IGNORECASE)
_LONGEST = 4000


@dataclass(frozen=True)
class Known:
    """What the text may name: live blocks by name, the analysis' claims as written, evidence and gaps."""

    live: dict[str, Block]
    claims: dict[str, Claim]
    evidence: frozenset[str]
    gaps: frozenset[str]
    voices: dict[str, str]  # of the paragraph that a claim of the analysis stands in
    voice: str = "text"  # of any other paragraph in this section


@dataclass(frozen=True)
class Read:
    """What was read. `sentences`: (as written, claim) in order; `lost`: live blocks that there are none of."""

    blocks: tuple[Block, ...]
    sentences: tuple[tuple[str, Claim], ...]
    lost: tuple[str, ...]


class _Reading:
    """Collects what is read, token by token."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.blocks: list[Block] = []
        self.sentences: list[tuple[str, Claim]] = []
        self.lost: list[str] = []

    def block(self, tokens: list[Token]) -> None:
        """One block of the outermost level."""
        first = tokens[0].type
        inline = [token.content for token in tokens if token.type == "inline"]
        if first == "heading_open":
            self._add(inline, "label")
        elif first in ("bullet_list_open", "ordered_list_open"):
            claims = tuple(claim for source in inline for claim in self._whole(source))
            if claims:
                self.blocks.append(Bullets(claims, is_numbered=first.startswith("ordered")))
        elif first == "blockquote_open":
            self._add(inline, "quote")
        elif first == "table_open":
            self._table(tokens)
        elif first in ("fence", "code_block"):
            lines = tokens[0].content.strip().splitlines()
            self.blocks += [Bullets(tuple(Claim(f"`{clean(line, 600)}`", ClaimKind.FRAME) for line in lines if line))]
        elif first == "paragraph_open":
            self._paragraph(inline[0] if inline else "")

    def _paragraph(self, source: str) -> None:
        found = _LIVE.match(source.strip())
        if found is None:
            self._add([source], self.known.voice)
        elif (block := self.known.live.get(found[1])) is not None:
            self.blocks.append(block)
        else:
            self.lost.append(found[1])

    def _add(self, sources: list[str], voice: str) -> None:
        place = len(self.sentences)
        claims = tuple(claim for source in sources for claim in self._claims(source, voice))
        if not claims:
            return
        told = self.known.voices.get(self.sentences[place][0], voice)
        last = self.blocks[-1] if self.blocks else None
        if told == "hypothesis" and voice != "label":
            # The analysis writes a heading and what is said under it as one paragraph.
            if isinstance(last, Paragraph) and last.voice == "hypothesis":
                self.blocks[-1] = Paragraph((*last.claims, *claims), told)
                return
            told = self.known.voice
        self.blocks.append(Paragraph(claims, told))

    def _claims(self, source: str, voice: str) -> Iterator[Claim]:
        for sentence in sentences(source, self.known.claims):
            claim = self.known.claims.get(sentence) or own_claim(sentence, self.known, is_label=voice == "label")
            self.sentences.append((sentence, claim))
            yield claim

    def _whole(self, source: str) -> Iterator[Claim]:
        """The sentences of an item. Items are told apart by their claims, so what belongs together becomes one."""
        claims = tuple(self._claims(source, "text"))
        if len(claims) < 2:
            yield from claims
            return
        kind = max((claim.kind for claim in claims), key=_WEIGHT.index)
        ids = dict.fromkeys(one for claim in claims for one in claim.evidence_ids)
        keys = dict.fromkeys(one for claim in claims for one in claim.gap_keys)
        yield Claim(" ".join(_markup(claim) for claim in claims), kind, tuple(ids), tuple(keys), is_markup=True)

    def _table(self, tokens: list[Token]) -> None:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token.content)
        if not rows:
            return
        told = []
        for cells in rows[1:]:
            cited = [key for cell in cells for key in CITATION.findall(cell)]
            ids = tuple(dict.fromkeys(key for key in cited if key in self.known.evidence))
            keys = tuple(dict.fromkeys(key for key in cited if key in self.known.gaps))
            told.append(Row(tuple(_plain(cell) for cell in cells), ids, keys))
        self.blocks.append(Rows("", tuple(_plain(cell) for cell in rows[0]), tuple(told)))


_WEIGHT = [ClaimKind.FRAME, ClaimKind.FACT, ClaimKind.INFERENCE, ClaimKind.OPINION, ClaimKind.BARE]


def read(markdown: str, known: Known) -> Read:
    """The text as blocks. Reads anything; what it does not know as a form is a paragraph."""
    reading = _Reading(known)
    tokens: list[Token] = []
    for token in _READER.parse(markdown):
        tokens.append(token)
        if token.level == 0 and token.nesting <= 0:
            reading.block(tokens)
            tokens = []
    return Read(tuple(reading.blocks), tuple(reading.sentences), tuple(reading.lost))


def sentences(source: str, known: dict[str, Claim]) -> Iterator[str]:
    """The sentences of a paragraph as they are written; what the analysis wrote in one piece stays in one piece."""
    text = " ".join(source.split())[: _LONGEST * 4]
    masked = _CODE.sub(lambda found: "\ue001" * len(found.group()), text)
    by_length = sorted(known, key=len, reverse=True)
    start = 0
    while start < len(text):
        whole = next((one for one in by_length if one and text.startswith(one, start)), None)
        end = start + len(whole) if whole is not None else _end(masked, start)
        if sentence := text[start:end].strip():
            yield sentence
        start = end
        while start < len(text) and text[start] == " ":
            start += 1


def own_claim(sentence: str, known: Known, *, is_label: bool = False) -> Claim:
    """A person's sentence as a claim. A heading or a question claims nothing."""
    cited = CITATION.findall(sentence)
    ids = tuple(dict.fromkeys(key for key in cited if key in known.evidence))
    keys = tuple(dict.fromkeys(key for key in cited if key in known.gaps))
    mark = _MARK.search(sentence)
    text = _bare(sentence)[:_LONGEST]
    if mark is not None and mark[1] == "opinion":
        kind = ClaimKind.OPINION
    elif ids or keys:
        kind = ClaimKind.INFERENCE if mark is not None else ClaimKind.FACT
    else:
        kind = ClaimKind.FRAME if is_label or text.endswith("?") else ClaimKind.BARE
    return Claim(text, kind, ids, keys, is_markup=True)


def _end(masked: str, start: int) -> int:
    for found in _END.finditer(masked, start):
        if not _ABBREVIATION.search(masked, start, found.end()) or found.end() == len(masked):
            return found.end()
    return len(masked)


def _bare(sentence: str) -> str:
    """The words alone, without what they cite and how they are meant."""
    text = _MARK.sub("", CITATION.sub("", sentence))
    return re.sub(r"\s+([.,;:!?…])", r"\1", " ".join(text.split()))


def _markup(claim: Claim) -> str:
    return claim.text if claim.is_markup else claim.text.replace("*", "\\*").replace("[", "\\[")


def _plain(cell: str) -> str:
    return clean(_bare(cell), 600)
