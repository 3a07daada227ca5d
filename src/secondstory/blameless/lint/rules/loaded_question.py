"""Finds questions that hold their answer, presuppose a lapse or ask people to justify; questions of fact are left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import NOBODY, PERSON
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.blameless.lint.wording import thing_after, whom
from secondstory.texts import say

_PEOPLE = rf"(?:{PERSON}|\b(?:they|{NOBODY})\b)"
_JUSTIFY = re.compile(
    rf"\bwhy (?:did|didn't|do|don't|was|wasn't|were|weren't|would|wouldn't|could|couldn't|had|hadn't|has"
    rf"|hasn't)\s+(?P<who>{_PEOPLE})(?![\w-])"
    rf"(?!(?:'s)? (?:\w+ )?(?:alert|page|tool|panel|system|runbook|test|monitoring))"
    rf"|\bhow could (?P<who2>{_PEOPLE}) (?:have |not |think|let|miss|possibly)"
)
_DENIES = re.compile(
    rf"(?:^|[,;:]\s*|\b(?:and|but|so)\s)(?:did|do|was|were|should|could|would|is|are|have|has"
    rf"|had)n't\s+(?:{_PEOPLE}|it|that|this|there)\b"
    rf"|\b(?:wouldn't|don't|didn't|shouldn't) (?:you|we|they) (?:agree|say|think|have)\b"
)
_TAIL = re.compile(
    r",\s*(?:right|correct|isn't it|wasn't it|didn't (?:you|they|we)|don't (?:you|we)|no|aren't they)\s*\?"
)
_LAPSE = re.compile(
    r"\b(?:who|when|how|what|why)\b[^?]*\b(?:forgot|forget|missed|miss|ignored?|failed?|overlooked?"
    r"|neglect\w*)\b(?=[^?]*\?)"
)
_PERSONAL = re.compile(rf"\bwho\b|{_PEOPLE}")
_SHOULD = re.compile(rf"\bshould(?:n't| not)?\s+(?:{PERSON})\s+have\b|\b(?:{PERSON}) should(?:n't| not)? have\b")
_TWO = re.compile(r"\b(?:what|how|when|who|which|where|why)\b[^?,]*,?\s(?:and|or) (?:what|how|when|who|which|why)\b")


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each question that needs another form."""
    judged = sentence.judged
    if not judged.rstrip("*_)]").endswith("?"):
        return
    met = False
    for hit in _hits(sentence):
        met = True
        yield hit
    for found in () if met else _TWO.finditer(judged):
        yield Hit(*found.span(), 0, say("lint.question_two"), say("lint.question_two_try"))


def _hits(sentence: Sentence) -> Iterator[Hit]:
    judged = sentence.judged
    for found in _JUSTIFY.finditer(judged):
        person = whom(spoken(sentence, found, "who" if found["who"] else "who2"))
        yield Hit(*found.span(), 2, say("lint.question_justify", who=person), say("lint.question_justify_try"))
        return
    for pattern in (_DENIES, _TAIL, _SHOULD):
        for found in pattern.finditer(judged):
            yield Hit(*found.span(), 1, say("lint.question_answer"), say("lint.question_answer_try"))
            return
    lapse = _LAPSE.search(judged)
    if lapse and _PERSONAL.search(lapse.group()):
        thing = thing_after(sentence, lapse.end())
        tried = say("lint.question_lapse_try", event=thing) if thing else say("lint.question_lapse_bare")
        yield Hit(*lapse.span(), 2, say("lint.question_lapse"), tried)


EXTENSION = LintRule("loaded_question", say("lint.loaded_question"), find)
