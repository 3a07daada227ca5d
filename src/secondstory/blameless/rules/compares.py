"""Somebody measured against a person who would have known better, or asked to account for less than that."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_ONE = (
    r"(?P<who>you|he|she|they|y'all|some(?:one|body)|any(?:one|body)|nobody|no one|the (?:\w+ ){0,2}(?:team|guys"
    r"|engineer|developer|operator|reviewer|vendor|on-call)s?|ops|sre|qa|security|platform|netops)"
)
_LET = r"(?:let|miss|forget|fail|not|ship|push|merge|approve|overlook|ignore|think)"

EXTENSION = BlameRule(
    name="compares",
    says="Compares with somebody who would have known better.",
    find=finder(
        Label.BLAMES_PERSON,
        Phrase(
            r"\bany(?:one|body)? (?:who|with|half|decent|competent|senior|junior|sane|real)(?: \w+){0,8} "
            r"(?:would(?:'ve| have)? (?:\w+ )?(?:known|seen|checked|caught|noticed|spotted|asked)|knows?|would know)\b",
            2,
            0.85,
        ),
        Phrase(
            r"\b(?:an? (?:senior|junior|child|kid|five[- ]year[- ]old|monkey|student|trainee|intern|professional)"
            r"|my (?:mum|mom|nephew|niece|kid|gran\w*|mother|dog|son|daughter)) (?:\w+ )?(?:would|could|can|knows?)\b",
            2,
            0.8,
        ),
        Phrase(r"\b(?:day|chapter|lesson|rule) (?:one|1) (?:of|stuff|thing)\b|\bkind of day one\b", 2, 0.8),
        Phrase(r"\b(?:common sense|rocket science|basic (?:hygiene|diligence|competence))\b", 2, 0.8),
        Phrase(
            rf"\bhow (?:do|does|did|can|could|on earth did|the hell did) (?:{_ONE}|an? (?:\w+ )?(?:company|team|bank"
            rf"|engineer|senior|professional|hospital|vendor)) (?:\w+ )?{_LET}\b",
            2,
            0.85,
        ),
        Phrase(
            rf"\bwhy (?:would|wouldn't|didn't|couldn't|weren't|wasn't|doesn't) {_ONE}\b",
            1,
            0.75,
        ),
        Phrase(r"\bfunny how\b|\b(?:a|real|absolute|total|some) genius\b|^\W*genius\b|\bgenius\W*$", 1, 0.75),
    ),
    meets=(
        "Anyone who has read the docs knows that.",
        "How do you let a certificate expire?",
        "why didn't you just roll back",
        "My nephew could do it.",
    ),
    leaves=(
        "Any replica with the old key would fail.",
        "How did the certificate expire?",
        "Why didn't the alert fire?",
        "A senior joined the call at ten.",
    ),
)
