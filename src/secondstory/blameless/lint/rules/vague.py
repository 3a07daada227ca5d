"""Finds action items that nobody could check, where a document lists actions; elsewhere such words promise nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.rule import Hit, LintRule
from secondstory.blameless.lint.sentence import Kind, Sentence
from secondstory.blameless.vague import vague_in
from secondstory.texts import say

_ACTIONS = re.compile(
    r"\b(?:actions?|action items?|follow[- ]?ups?|next steps|remediations?|to[- ]?dos?)\b", re.IGNORECASE
)


def find(sentence: Sentence) -> Iterator[Hit]:
    """Wording without what, where and by which test, in a list or a table of actions.

    A cell that begins small is no action but says of one: `improve the process`, a kind.
    """
    listed = sentence.kind is Kind.ITEM or (sentence.kind is Kind.CELL and sentence.text[:1].isupper())
    listed = listed and any(_ACTIONS.search(title) for title in sentence.section[-2:])
    if not listed:
        return
    for one in vague_in(sentence.text):
        yield Hit(one.start, one.end, 1, say("lint.vague_reason"), one.suggestion)


EXTENSION = LintRule("vague", say("lint.vague"), find)
