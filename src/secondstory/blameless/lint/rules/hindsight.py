"""Finds choices and estimates that are judged by what was known only afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import ADVERBS, PERSON
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.texts import say

_BACK = re.compile(
    r"\b(?:in|with) (?:the benefit of )?(?:hindsight|retrospect)\b|\blooking back\b(?=,| it| we)"
    r"|\b(?:false sense of (?:security|safety)|without (?:enough|sufficient) (?:insight|understanding|thought"
    r"|consideration))\b"
    r"|\b(?:warning signs|red flags) (?:were|was|had been) (?:there|missed|ignored|clear)\b"
    r"|\b(?:we|they|he|she|everyone|everybody) (?:all )?(?:knew|know) better\b|\bsaw (?:this|it) coming\b"
    r"|\b(?:only )?a matter of time\b|\bbound to (?:fail|happen|break|go wrong)\b|\baccidents? waiting to happen\b"
    r"|\bunsurprisingly\b|\bno surprise\b"
    r"|\bturned out to be (?:an? )?(?:mistake(?! in)|wrong|premature|bad|poor)\b"
)
_OBVIOUS = re.compile(
    r"\bobviously\b|\b(?:was|were|is|are|should have been|became)(?: quite| very| fairly| clearly)? "
    r"(?:obvious|self-evident|foreseeable|predictable|inadvisable|unwise|naive|foolish"
    r"|a no-brainer)\b(?! (?:from the|to see in))"
    r"|^\W*clearly,?\s|\bit was (?:\w+ )?clear (?:that )?[^.;]{0,40}?\bwould\b"
    r"|\bprobably (?:inadvisable|unwise|a bad idea)\b"
)
_NOT_OBVIOUS = re.compile(r"\b(?:not|n't|never|less|nothing|no|nor|neither)\b(?:\W+\w+){0,3}\W*$")
_VERDICT = re.compile(
    r"\b(?:wrong|bad|poor|terrible|questionable|unwise|unfortunate|misguided) (?:call|decision|choice"
    r"|judge?ment call|idea)\b"
    r"|\b(?:decision|choice|move|plan)\b[^.;]{0,40}?\bwas (?:\w+ly )?(?:a mistake|an error|wrong|ill-advised|premature"
    r"|short-sighted)\b"
    r"|\b(?:it |this |that |which )?was (?:clearly )?a mistake to\b|\bunwisely\b|\bfoolishly\b|\bnaively\b"
)
_ESTIMATE = re.compile(
    rf"(?P<who>{PERSON}){ADVERBS}\s+(?P<did>underestimated|under-estimated|misjudged|misread|overestimated"
    r"|incorrectly assumed|wrongly assumed|mistakenly assumed|wrongly believed|mistakenly believed)\b"
)
_SLOW = re.compile(
    rf"(?P<who>{PERSON}){ADVERBS}\s+(?:reacted|responded|acted|escalated|communicated|noticed|rolled back) (?:far "
    rf"|much )?too"
    r" (?:late|slowly|hastily|soon|early)\b"
    r"|\btook (?:us|them|him|her|the (?:[\w -]{2,30}? )?(?:team|engineers?|on-call)) (?:far |much |way )?too long\b"
    rf"|(?P<they>{PERSON}) (?:was|were) (?:far |much )?too (?:slow|late|hasty|optimistic|confident|trusting) (?:to|in"
    r"|about|with)\b"
    r"|\b(?:hastily|prematurely|rashly) (?:merged|deployed|released|rolled|pushed|approved|closed|declared|shipped)\b"
    r"|\b(?:was|were|had been) (?:wrongly|incorrectly|mistakenly|falsely) (?:assumed|believed|thought|concluded)\b"
    r"|\b(?:wrong|incorrect|false|mistaken|flawed|bad) assumptions?\b"
)
_UNNOTICED = re.compile(r"\b(?:and|so|but) (?:nobody|no one) noticed\b")


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each place that judges with later knowledge."""
    judged = sentence.judged
    if judged.endswith("?"):
        return
    for found in (*_BACK.finditer(judged), *_UNNOTICED.finditer(judged), *_SLOW.finditer(judged)):
        said = spoken(sentence, found)
        yield Hit(*found.span(), 1, say("lint.later_words", words=said), say("lint.later_words_try"))
    for found in _OBVIOUS.finditer(judged):
        if not _NOT_OBVIOUS.search(judged[: found.start()]) and "not" not in found.group():
            said = spoken(sentence, found)
            yield Hit(*found.span(), 1, say("lint.later_words", words=said), say("lint.later_words_try"))
    for found in _VERDICT.finditer(judged):
        said = spoken(sentence, found)
        yield Hit(*found.span(), 2, say("lint.later_verdict", words=said), say("lint.later_verdict_try"))
    for found in _ESTIMATE.finditer(judged):
        said = spoken(sentence, found, "did")
        yield Hit(*found.span(), 2, say("lint.later_estimate", words=said), say("lint.later_estimate_try"))


EXTENSION = LintRule("hindsight", say("lint.hindsight"), find)
