"""From a text to the numbers of its word pieces, as the encoder was taught them.

Greedy longest match within words, after Wu et al. 2016 (arXiv 1609.08144) as BERT uses it: small letters without
accents, punctuation stands alone. A word with an unknown piece becomes one unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from secondstory.blameless.words import plain

_BEGIN, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_PARTS = re.compile(r"[^\W_]+|[^\s\w]|_")
_LONGEST_WORD = 40  # letters; what is longer is no word


@dataclass(frozen=True)
class WordPieces:
    """A vocabulary: its pieces in the order of their numbers, `##` before those that go on a word."""

    pieces: tuple[str, ...]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each piece."""
        return {piece: number for number, piece in enumerate(self.pieces)}

    def encode(self, text: str, at_most: int) -> list[int]:
        """Numbers of the text's pieces between begin and end marks, `at_most` in all; its middle is left out beyond."""
        found = [number for part in _PARTS.findall(_bare(text)) for number in self._split(part)]
        room = at_most - 2
        if len(found) > room:
            found = found[: room // 2] + found[len(found) - (room - room // 2) :]
        return [self.numbers[_BEGIN], *found, self.numbers[_END]]

    def _split(self, word: str) -> Sequence[int]:
        unknown = [self.numbers[_UNKNOWN]]
        if len(word) > _LONGEST_WORD:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            before = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if before + word[start:end] in self.numbers), None)
            if end is None:
                return unknown
            found.append(self.numbers[before + word[start:end]])
            start = end
        return found


def _bare(text: str) -> str:
    """Plain text without accents."""
    small = plain(text)
    if small.isascii():
        return small
    return "".join(letter for letter in unicodedata.normalize("NFD", small) if unicodedata.category(letter) != "Mn")
