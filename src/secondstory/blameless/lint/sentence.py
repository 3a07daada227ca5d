"""Cuts the text of one block into sentences, each character with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CODE, QUOTED = "\ue001", "\ue002"
"""What stands in `judged` for each character of code or an address, and of words that somebody else said."""
BREAK = "\n"
"""Ends a sentence inside a block, where the text breaks its line on purpose."""


class Kind(StrEnum):
    """What a sentence stands in."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True)
class Char:
    """One character as it reads, as the rules see it, and where it stands (both from 1)."""

    text: str
    judged: str
    line: int
    column: int


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or cell. `section` holds the headings above, the outermost first."""

    chars: tuple[Char, ...]
    section: tuple[str, ...]
    kind: Kind
    cites: bool  # holds a link


@dataclass(frozen=True)
class Sentence:
    """One sentence, white space joined. `judged` is as long as `text`: small letters, code and quotations hidden."""

    chars: tuple[Char, ...]
    text: str
    judged: str
    section: tuple[str, ...]
    kind: Kind
    cites: bool  # holds a link, an address, code or the label of evidence


_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s>)\]]+|\b[\w.+-]+@[\w-]+\.[\w.]+")
_QUOTES = re.compile(
    r"“[^”\n]{1,400}”|«[^»\n]{1,400}»|(?<!\w)\"[^\"\n]{1,400}\"(?!\w)|(?<!\w)‘[^’\n]{1,200}’(?!\w)"
    r"|(?<!\w)'[^'\n]{3,200}'(?!\w)"
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]*]*\s+(?=[\"'“‘«(\[]*[A-Z0-9@\ue001\ue002])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|vs|cf|mr|mrs|ms|dr|prof|approx|no|fig|sec|inc|ltd|st|ca|resp)\.\s*$", re.IGNORECASE
)
_ABBREVIATED = 12  # characters; an abbreviation with what stands before it is shorter
_LONGEST = 1500  # characters of a sentence; a longer one is a list without ends, and patterns would take their time
_EVIDENCE = re.compile(r"\[@?[EG]\d+\]")


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of one block, in order."""
    chars = _joined(block.chars)
    text = "".join(char.text for char in chars)
    judged = _hidden(text, "".join(char.judged for char in chars))
    start = 0
    for end in _ends(judged):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        last = start + len(text[start:end].rstrip())
        if first < last:
            said = text[first:last]
            cites = block.cites or CODE in judged[first:last] or _EVIDENCE.search(said) is not None
            small = judged[first:last].lower().replace("’", "'")
            yield Sentence(chars[first:last], said, small, block.section, block.kind, cites)
        start = end


def _joined(chars: tuple[Char, ...]) -> tuple[Char, ...]:
    kept: list[Char] = []
    for char in chars:
        if char.text == BREAK or not char.text.isspace():
            kept.append(char)
        elif kept and not kept[-1].text.isspace():
            kept.append(Char(" ", " ", char.line, char.column))
    return tuple(kept)


def _hidden(text: str, judged: str) -> str:
    """Addresses and quotations as signs that no rule knows; what is in code is hidden already."""
    judged = _ADDRESS.sub(lambda found: CODE * len(found.group()), judged)
    judged = _QUOTES.sub(lambda found: _inside(found.group()), judged)
    # A small letter may be written with more characters than the capital; places must stay the same.
    return judged if len(judged.lower()) == len(text) else "".join(c if len(c.lower()) == 1 else "?" for c in judged)


def _inside(quotation: str) -> str:
    return quotation[0] + QUOTED * (len(quotation) - 2) + quotation[-1]


def _ends(judged: str) -> Iterator[int]:
    start = 0
    for end in (*(found.end() for found in _END.finditer(judged)), len(judged)):
        if end < len(judged) and _ABBREVIATION.search(judged, max(start, end - _ABBREVIATED), end):
            continue
        while end - start > _LONGEST:
            space = judged.rfind(" ", start, start + _LONGEST)
            start = space + 1 if space > start else start + _LONGEST
            yield start
        yield end
        start = end
