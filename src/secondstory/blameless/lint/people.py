"""Closed word classes of the linter: who is a person or a team in a text, and which words name one of them.

Whoever writes of themselves ("I missed it") is left alone: that needs support and no rewording.

A name is a handle (`@sam`), a common given name with the capitals that follow it, a name that a line such as
"Author: …" gives, or the word before a verb of seeing and deciding at the head of a timeline entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from secondstory.blameless.given_names import GIVEN
from secondstory.blameless.lint.rule import NAME
from secondstory.blameless.lint.sentence import Sentence

NOUNS = (
    r"(?:engineers?|developers?|devs?|admins?|administrators?|on-?calls?|on-call \w+|teams?|reviewers?|authors?|staff"
    r"|maintainers?|contributors?|employees?|contractors?|colleagues?|managers?|management|leadership|sres?|ops"
    r"|responders?|vendors?|dbas?|testers?|qa|committers?|deployers?|juniors?|seniors?|interns?|technicians?"
    r"|personnel"
    r"|people|person|humans?|guys?|owners?|departments?|collaborators?|analysts?|architects?|operators"
    r"|(?:console|shift|duty|night|day|junior|senior|human|train|machine) (?:operators?|controllers?|leads?)"
    r"|approvers?"
    r"|subcontractors?|integrators?|suppliers?|consultants?|supervisors?|coordinators?|dispatchers?|cashiers?|crews?"
    r"|installers?|requesters?|new hires?|squads?|individuals?|members? of staff|scrum masters?|commanders?"
    r"|directors?"
    r"|(?:service|support|help) ?desk)"
)
_LEAD = (
    r"(?:(?:the|our|their|your|his|her|its|this|that|an?|some|several|both|all|every|each|most|many|other|one of the)"
    r"\s+)"
)
GROUP = rf"{_LEAD}?(?:[\w/-]+\s+){{0,2}}?{NOUNS}(?!-)"
NOBODY = r"(?:nobody|no one|no-one|none of us|not one of us)"
SOMEBODY = r"(?:somebody|someone|anybody|anyone|everybody|everyone)"
NAMED = rf"{NAME}{{1,40}}(?:\s{NAME}{{1,40}}){{0,2}}"
WE = r"(?:we|you|he|she)"
PERSON = rf"(?:\b{WE}\b|\b{SOMEBODY}\b|\bwhoever\b|{NAMED}|\b{GROUP}\b)"
ADVERBS = r"(?:\s+(?:also|then|again|simply|just|clearly|probably|really|even|still|all|have|had|has|'d|\w+ly))*"

_HANDLE = re.compile(r"(?<![\w./@])@[A-Za-z][\w-]{1,38}(?![\w/])")
_CAPITALS = re.compile(r"\b[A-Z][a-z'’-]+(?:\s+(?:[a-z]{2,3}\s+)?[A-Z][a-z'’-]+)?\b")
_CREDIT = re.compile(
    r"^\W*(?:authors?|created by|written by|reported by|facilitator|incident (?:lead|commander)|owners?|on-?call"
    r"|participants?|attendees|responders?)\W*:\W*(.+)$",
    re.IGNORECASE,
)
_SEES = (
    r"(?:notices?d?|notes|decide[sd]?|suspects?|suspected|realize[sd]?|realise[sd]?|thinks|asks|asked|joins"
    r"|joined|lands"
    r"|landed|figures?|believes?|investigates|sees|saw|confirms)"
)
# Bounded, for a row of dots (a table of contents) fits all three parts and would be cut in every way.
_ENTRY = re.compile(
    rf"^\W{{0,8}}[\d: .T/-]{{4,40}}(?:\s*(?:utc|gmt|[a-z]{{1,2}}[sd]?t|am|pm|z))?\W{{1,8}}([A-Za-z][\w-]+)\s+{_SEES}\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(rf"^(?:{NOUNS}|we|they|it|i|who|this|that|users?|customers?|monitoring|\w+ing)$", re.IGNORECASE)


def with_names_hidden(read: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The same sentences; in `judged` every character of a person's name is `rule.NAME`, whatever the name."""
    credited = frozenset(name for sentence in read for name in _credited(sentence.text))
    return tuple(replace(sentence, judged=_masked(sentence, credited)) for sentence in read)


def _credited(text: str) -> Iterable[str]:
    if (entry := _ENTRY.match(text)) and not _NO_NAME.match(entry[1]):
        yield entry[1]
    if credit := _CREDIT.match(text):
        for found in _CAPITALS.finditer(credit[1]):
            if not _NO_NAME.match(found.group().split()[0]):
                yield from found.group().split()[:1] if " " in found.group() else ()


def _masked(sentence: Sentence, credited: frozenset[str]) -> str:
    signs = list(sentence.judged)
    for start, end in _spans(sentence.text, credited):
        if all(sign < NAME for sign in signs[start:end]):
            signs[start:end] = [sign if sign == " " else NAME for sign in signs[start:end]]
    return "".join(signs)


def _spans(text: str, credited: frozenset[str]) -> Iterable[tuple[int, int]]:
    for found in _HANDLE.finditer(text):
        yield found.span()
    for found in _CAPITALS.finditer(text):
        first = found.group().split()[0]
        bare = re.sub(r"['’]s?$", "", first)
        if GIVEN.fullmatch(bare.lower()) or bare in credited:
            whole = found.group() if first == bare else bare
            yield found.start(), found.start() + len(re.sub(r"['’]s?$", "", whole))
    for word in credited:
        for found in re.finditer(rf"(?<![\w@.-]){re.escape(word)}(?![\w.-]\w)", text):
            yield found.span()
