"""Finds one cause claimed for the whole outage; "the root cause" alone is a note, for readers do not mind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Kind, Sentence
from secondstory.blameless.lint.wording import thing_after
from secondstory.texts import say

_ONE = re.compile(
    r"\bthe (?:one and only|one|only|single|sole|true|real|actual|ultimate"
    r"|underlying root) (?:root )?cause\b(?! analysis)"
    r"|\b(?:solely|entirely|purely|wholly|exclusively) (?:due to|because of|caused by|the result of|to blame on)\b"
    r"|\ball (?:of )?(?:the|these|those) (?:\w+ )?(?:errors|failures|issues|problems|outages|symptoms) (?:were"
    r"|was|are) "
    r"(?:due to|because of|caused by)\b"
    r"|\bthe root cause (?:is|was|has been)(?: finally)? (?:determined|found|identified|confirmed) to be\b"
    r"|\ball (?:of this )?(?:because of|came down to|comes down to|boils down to|boiled down to)\b"
    r"|\b(?:this|it|the outage|the incident) (?:comes|came|boils|boiled) down to (?:one|a single)\b"
)
_ROOT = re.compile(
    r"\b(?:the|a|our) (?:main |primary )?root cause (?:is|was|of [^.]{3,60}? (?:is|was))\b(?! (?:not|un|still|never))"
)
_VERB = re.compile(r"\s(?:was|is)\b")
_UNKNOWN = re.compile(
    r"\b(?:not|no|n't|unknown|never|rather than|without|may|might|yet|figur\w+|find\w*|determine|identify\w*"
    r"|investigat\w+|look\w*|search\w*)\b(?:\W+\w+){0,4}\W*$"
)


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each claim of one cause."""
    judged = sentence.judged
    if judged.endswith("?") or sentence.kind is Kind.HEADING:
        return
    met = [found for found in _ONE.finditer(judged) if not _UNKNOWN.search(judged[: found.start()])]
    for found in met:
        event = f"“{thing}”" if (thing := _thing(sentence, found.end())) else "it"
        reason = say("lint.one_cause", words=spoken(sentence, found))
        yield Hit(*found.span(), 1, reason, say("lint.one_cause_try", event=event))
    for found in () if met else _ROOT.finditer(judged):
        event = f"“{thing}”" if (thing := _thing(sentence, found.end())) else "it"
        yield Hit(*found.span(), 0, say("lint.one_cause_plain"), say("lint.one_cause_try", event=event))


def _thing(sentence: Sentence, place: int) -> str:
    verb = _VERB.match(sentence.judged, place)
    return thing_after(sentence, verb.end() if verb else place)


EXTENSION = LintRule("single_cause", say("lint.single_cause"), find)
