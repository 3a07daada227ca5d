"""Finds a person's name where a cause stands; a name in the response ("rolled back", "noticed") is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import NAMED
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.texts import say

_SLIP = r"(?:accidentally|inadvertently|mistakenly|erroneously|unintentionally|wrongly)"
_BROKE = re.compile(
    rf"(?P<who>{NAMED})(?: had| has|'d)?\s+(?:(?:{_SLIP})\s+\w+|broke|breaks|caused|causes|forgot|crashed|leaked"
    rf"|misconfigured"
    r"|took down|brought down|botched|messed up|introduced (?:the|a|an) (?:\w+ )?(?:bug|error|problem|issue"
    r"|regression|typo|fault)"
    r"|(?:\w+ed|pushed|wrote) (?:the|a|an|this) (?:bad|broken|faulty|buggy|wrong|untested|bug))\b"
)
_BROKEN_FIX = re.compile(
    rf"(?P<who>{NAMED})\s+\w+[^.;]{{0,50}}?\b(?:that|which) (?:breaks?|broke|caused"
    rf"|took down)\b"
)
_BY = re.compile(
    rf"\b(?:caused|introduced|triggered|broken|brought down|leaked|botched|committed in error) by (?P<who>{NAMED})"
    rf"|\b(?:because(?: of)?|due to|thanks to) (?P<who2>{NAMED})(?!(?:'s)? (?:help|quick|report|fast|work))"
)
_COMMIT_OF = re.compile(
    rf"\b(?:commit|change|pr|pull request|patch|deploy(?:ment)?|merge|release) (?:made |merged |pushed |written )?"
    rf"(?:by|from) (?P<who>{NAMED})(?: (?:that|which))? (?:broke|caused|introduced|took down|brought down)\b"
    rf"|\b(?:caused|introduced|triggered|broken) (?:in|with|by) (?:an?|the|this) (?:\w+ )?(?:commit|change|pr"
    rf"|pull request|patch|merge) (?:by|from|of) (?P<who2>{NAMED})"
)
_OWN = re.compile(
    rf"(?P<who>{NAMED})(?:'s|')\s(?P<thing>(?:[\w-]+ ){{0,3}}?[\w-]+) (?:that |which )?(?:broke|breaks|caused"
    rf"|triggered|took down"
    r"|led to|resulted in|introduced|leaked|crashed|brought down|knocked out|wiped|started the)\b"
    rf"|(?P<who2>{NAMED})(?:'s|')\s(?:\w+ ){{0,1}}?(?P<thing2>mistake|error|typo|fault|oversight|slip)\b"
    rf"|\b(?:root cause|caused?(?: of (?:the|this) (?:outage|incident))?|what caused (?:this"
    rf"|it))\s?[:=]\s*(?P<who3>(?:[a-z]\. )?{NAMED})"
)
_ACCESS = re.compile(
    rf"\b(?:is|was|were|to be|of) (?P<who>{NAMED})(?:'s|’s|')\s(?P<thing>(?:[\w-]+ ){{0,3}}?(?:token|key|password"
    rf"|credentials?|account|laptop|secret))\b"
    rf"|\bconfirmed (?:as )?owned by (?P<who2>{NAMED})"
)


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each name in a causal place."""
    judged = sentence.judged
    for pattern in (_BROKE, _BROKEN_FIX, _BY, _COMMIT_OF):
        for found in pattern.finditer(judged):
            person = spoken(sentence, found, "who" if found["who"] else "who2")
            yield Hit(*found.span(), 2, say("lint.name_cause", who=person), say("lint.name_cause_try", who=person))
    for pattern in (_OWN, _ACCESS):
        for found in pattern.finditer(judged):
            groups = found.groupdict()
            group = next(name for name in ("who", "who2", "who3") if groups.get(name))
            thing = next((name for name in ("thing", "thing2") if groups.get(name)), "")
            person = spoken(sentence, found, group)
            tried = say("lint.name_cause_try", who=person)
            if thing:
                words = sentence.text[found.start(group) : found.end(thing)]
                tried = say("lint.name_thing_try", thing=spoken(sentence, found, thing), words=words)
            yield Hit(*found.span(), 2, say("lint.name_cause", who=person), tried)


EXTENSION = LintRule("name_in_cause", say("lint.name_in_cause"), find)
