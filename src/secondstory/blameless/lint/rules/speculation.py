"""Finds guesses about people and causes without evidence; a calibrated "likely" and a stated doubt are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import GROUP, NAMED, NOBODY, PERSON, SOMEBODY
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.texts import say

_HEDGE = (
    r"(?:apparently|presumably|it (?:appears|seems|looks like)(?: that)?|perhaps|maybe|no doubt|supposedly|i guess"
    r"|my guess is|i assume)"
)
_PEOPLE = re.compile(
    rf"\b{_HEDGE},?\s+(?:that\s+)?(?:{NOBODY}|(?!we\b|i\b){PERSON})\s+(?:was|were|had|did|never|must|read\b|told\b|saw\b|\w+ed\b"
    rf"|thought|forgot)"
    rf"|\b{_HEDGE},?\s+[^.;,]{{3,60}}?\b(?:was|were|had been) (?:never|not) (?:\w+ly )?(?:tested|reviewed|checked"
    rf"|read|followed|escalated)\b"
    rf"|(?P<whoever>(?!\bwe\b|\bi\b){PERSON})\s+(?:must have|probably|presumably|apparently)\s+(?:been |have "
    rf"|\w+ly )?(?:forg\w+|thought|assumed|panicked|missed|ignored|confused|misread|overlooked)\b"
)
_BY = (
    rf"\b(?:must|might|may|probably|presumably)(?: have| has| was| were)(?: been)? (?:made|done|changed|deleted|run"
    rf"|triggered|caused|introduced|restarted|removed) by (?:{GROUP}|{SOMEBODY}|{NAMED})"
)
_CAUSE = re.compile(
    rf"{_BY}|"
    rf"\bwe (?:guess|assume|suspect) (?:that )?(?:{NOBODY}|(?!we\b|i\b){PERSON})\s+\w+|"
    r"\b(?:presumably|maybe|perhaps|apparently|i guess|we guess|my guess is|who knows,?)\s+(?:this (?:is"
    r"|was) )?(?:caused by|due to|because)\b"
    r"|\bmust have been (?:caused by|due to|because)\b|\b(?:caused by|due to) (?:some|something|some kind of"
    r"|some sort of)\b(?! (?:of|users|customers))"
)


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each guess that nothing in its sentence supports."""
    judged = sentence.judged
    if sentence.cites or judged.endswith("?"):
        return
    for found in _PEOPLE.finditer(judged):
        said = spoken(sentence, found).split(" ")[:3]
        yield Hit(*found.span(), 1, say("lint.guess_people", words=" ".join(said)), say("lint.guess_people_try"))
    for found in _CAUSE.finditer(judged):
        yield Hit(*found.span(), 1, say("lint.guess_cause", words=spoken(sentence, found)), say("lint.guess_cause_try"))


EXTENSION = LintRule("speculation", say("lint.speculation"), find)
