"""The contract of a lint rule: from one sentence in its place to the words that need work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from secondstory.blameless.lint.sentence import Sentence

NAME = "\ue000"
"""What stands in `judged` for each character of a person's name or handle."""


@dataclass(frozen=True)
class Hit:
    """Characters [start, end) of a sentence, how much they matter, and what to do. Reason and suggestion are texts."""

    start: int
    end: int
    severity: int
    reason: str
    suggestion: str


@dataclass(frozen=True)
class LintRule:
    """One rule; `name` is what an allowance and a SARIF file call it, `summary` what it is about in a line."""

    name: str
    summary: str
    find: Callable[[Sentence], Iterator[Hit]]
    spared: int = 0  # so many in one text are a note; only more of them count


def spoken(sentence: Sentence, found: re.Match[str], group: str | int = 0) -> str:
    """The matched words as they are written."""
    start, end = found.span(group)
    return sentence.text[start:end].strip()
