"""Finds a slip or inattention of people given as cause, category or remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import ADVERBS, PERSON
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.blameless.lint.wording import who
from secondstory.texts import say

_CATEGORY = re.compile(
    r"\b(?:human|operator|user|pilot|manual|pebkac) (?:error|mistake)s?\b(?! (?:message|rate|code|page|log"
    r"|handling|report))"
    r"|\bfat[- ]finger(?:ed|ing)?\b|\b(?:an?|our|his|her|their) (?:honest |simple |unfortunate )?(?:oversight"
    r"|blunder)\b"
    r"|\black of (?:attention|concentration|awareness|vigilance)\b|\binattention\b|\binattentive\w*"
    r"|\bcopy[- /]?(?:and[- ])?paste (?:error|mistake)\b"
    r"|\b(?:our|his|her|their|your) (?:own )?mistakes?\b|\bmistakes? (?:on (?:our|my|his|her|their) part"
    r"|by (?:an?|the|one of))\b"
    r"|\b(?:momentary |careless )?lapses? of (?:concentration|attention|judge?ment)|\bmomentary lapse\b"
    r"|\b(?:mistake|error)s? (?:(?:in|on|with) [\w -]{2,30}? )?(?:was|were) made\b"
    r"|\bcomplacency\b|\bhuman performance\b"
    r"|\b(?:procedural|process|policy) violations?\b|\bpebkac\b|\bskill-based slip\b|\bnon-compliance with\b"
    r"|\b(?:procedures?|process(?:es)?|checklists?|runbooks?|steps?) (?:(?:was|were) not|wasn't|weren't"
    r"|had not been|hadn't been) (?:followed|adhered to|observed)\b"
    r"|\b(?:insufficient|inadequate) (?:care|attention|vigilance)\b|\bsufficient (?:care|attention) was not\b"
    r"|\b(?:purely|just|simply|only) a typo\b"
    r"|\bcaused by (?:an? )?(?:\ue002|simple |silly )*(?:typo|mistake|slip)\b"
)
_DENIED = re.compile(
    r"\b(?:not|n't|no|never|rather than|instead of|without|beyond|past|room for|prone to|reduces?|avoid"
    r"|prevent)\b(?:\W+[\w\ue002-]+){0,4}\W*$"
)
_TURNED = re.compile(r"^,? (?:but|is never|is not|isn't|was (?:considered|rejected|ruled out))\b")
_BY = (
    r"(?:accidentally|inadvertently|mistakenly|by mistake|erroneously|carelessly|unknowingly|unintentionally"
    r"|by accident|in error)"
)
_WHO = re.compile(
    rf"(?P<who>{PERSON})(?:'d|'ve| had| have| has| was| were| then| also| again| not)*\s+(?P<slip>{_BY})\s+\w+"
    rf"|\b(?P<slip2>by mistake|by accident|accidentally|mistakenly|inadvertently),? (?P<who2>we|i|they|he|she)\b"
    rf"|(?P<who3>{PERSON}){ADVERBS}\s+(?P<slip3>forgot(?: to)?|forgotten to|(?:made|makes) (?:an?|the"
    rf"|some) (?:\w+ )?(?:mistake|error)s?)\b"
)
_CARE = re.compile(
    r"\b(?:exercise|show|ordinary|more|greater) vigilance\b|\b(?:refresher|remedial) training\b|\bre-?training\b"
    r"|\bthink twice\b"
    r"|\b(?:must|should|will|shall|to) be (?:re-?trained|re-?educated|reprimanded|disciplined|reminded to)\b"
    r"|\b(?:re-?certification|coaching) of (?:the|all)\b|\btraining (?:on|in) [\w -]{3,40} will be (?:reinforced"
    r"|repeated)\b|"
    r"(?:\b(?:to|must|should|will|shall|need to|please|and|let's)\s|^|: )be (?:more|extra|very) (?:careful"
    r"|vigilant|attentive|diligent|cautious|mindful)\b|\bpay(?:ing)? (?:more|closer|better) attention\b"
    r"|\b(?:take|taking) (?:more|greater|extra|better) care\b|\b(?:try|trying) harder\b"
    r"|\bremember to\b(?=.*\b(?:next time|always)\b)"
    r"|\bdouble[- ]check(?:ing)? (?:everything|your|our|all)\b|(?:\b(?:to|must|should|please)\s|^|: )be careful\b"
)  # fmt: skip


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each slip that stands as the end of an explanation, and each remedy that asks for attention."""
    judged = sentence.judged
    for found in _CATEGORY.finditer(judged):
        if not _DENIED.search(judged[: found.start()]) and not _TURNED.search(judged[found.end() :]):
            said = spoken(sentence, found)
            yield Hit(*found.span(), 2, say("lint.slip", words=said), say("lint.slip_try"))
    for found in _WHO.finditer(judged):
        kind = next(number for number in ("", "2", "3") if found[f"who{number}"])
        person = who(spoken(sentence, found, f"who{kind}"))
        said = spoken(sentence, found, f"slip{kind}")
        severity = 1 if person.lower() in ("we", "i") else 2
        yield Hit(*found.span(), severity, say("lint.slip_who", who=person), say("lint.slip_who_try", words=said))
    for found in _CARE.finditer(judged):
        if not _DENIED.search(judged[: found.start()]) and not _TURNED.search(judged[found.end() :]):
            said = spoken(sentence, found)
            yield Hit(*found.span(), 2, say("lint.slip_care", words=said), say("lint.slip_care_try"))


EXTENSION = LintRule("slip_as_cause", say("lint.slip_as_cause"), find)
