"""Finds people measured by what they did not do: "should have", "could have", "had we"; ideas about tools are left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import ADVERBS, NOBODY, PERSON, WE
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.blameless.lint.wording import PARTICIPLE, capital, thing_after, whom
from secondstory.texts import say

_MODAL = r"(?:should(?:n't| not| never)?|could(?: and should)?|ought(?: not)? to|might|needed to)(?:'ve| have)"
_PEOPLE = re.compile(
    rf"(?P<who>{PERSON}|\bnobody\b){ADVERBS}\s+{_MODAL}\s+(?:\w+ly\s+|also\s+|never\s+)*(?P<did>{PARTICIPLE})\b"
)
_NOT_JUDGED = re.compile(
    r"(?:could|might)(?:'ve| have)\s+(?:\w+ly\s+)?(?:seen|experienced|encountered|been|lost|noticed)"
)
_HAD = re.compile(rf"(?:^|[,;:—-]\s*|\b(?:avoided|prevented|different|better|sooner|earlier)\s)had {PERSON}\s+\w+")
_IF = re.compile(
    rf"\bif (?:only )?(?P<who>{PERSON})\s+(?:had(?:n't| not)?|'d)\s(?:\w+)(?=.*\b(?:would|could|might)(?:n't"
    rf"| not)?(?:'ve| have)?\b)"
    rf"|\bif only (?:{PERSON})"
)
_WORK = re.compile(
    r"\bif [\w\s-]{3,40}? had (?:not )?been (?:started|done|tested|reviewed|checked|escalated|followed|communicated"
    r"|prioriti[sz]ed|planned)\b(?=.*\b(?:would|could|might)\b)"
)
_CAUGHT = re.compile(
    r"\b(?P<it>\w+) should(?:'ve| have) (?:\w+ly )?been (?P<did>caught|noticed|spotted|tested|reviewed|checked"
    r"|escalated"
    r"|communicated|anticipated|foreseen|obvious|known|questioned|rejected|announced|documented|planned|coordinated"
    r"|rolled (?:out|back)|reverted|halted|paused|postponed|raised|contacted|staged|declared|notified|informed"
    r"|involved|prioriti[sz]ed|detected|identified|prevented|avoided)\b"
    r"(?! by (?:[\w-]+ ){0,3}(?:alert|alarm|monitor|test|check|ci|pipeline|system|tool|linter|automation|compiler"
    r"|canary)\w*)"
)
_NEVER = re.compile(
    r"\b(?P<it>\w+) should(?: never| not|n't)(?:'ve| have) (?:been (?P<did>deployed|merged|released|approved|shipped"
    r"|enabled|allowed|done|made|pushed|run|closed|removed|deleted)|happened|occurred)\b"
)
_BETTER = re.compile(
    r"\b(?:better|proper|more|earlier|adequate|sufficient|thorough|careful|additional) (?:\w+ ){0,2}?(?:communications?"
    r"|testing|tests|reviews?|planning|training|documentation|coordination|care|attention|checks?|preparation"
    r"|understanding|discipline)\b[^.;]{0,20}\b(?:would|could|might)(?:'ve| have)\b"
)
_WISHED = re.compile(
    r"\bideally,? [^.;?]{0,60}?\b(?:would|should|could)(?:'ve| have)\b"
    r"|\bit (?:would|might) have been (?:better|wiser?|prudent|safer|sensible) (?:to|if|not)\b"
    r"|\bmissed (?:an? |the |several |many )?(?:opportunit\w+|chances?)\b|\bopportunit\w+ (?:was|were) missed\b"
    rf"|\bwould (?:not|never) have (?:happened|occurred)\b(?=[^.]*\b(?:if|had) {WE}\b)"
)
_SOONER = re.compile(
    r"\bcould(?:'ve| have) (?:\w+ly )?been (?:detected|caught|mitigated|resolved|identified|fixed|avoided|prevented"
    r"|noticed|found|contained)\b(?=[^.;]{0,40}\b(?:sooner|earlier|faster|more quickly|much quicker|entirely"
    r"|altogether))"
)
_WOULD = re.compile(
    rf"(?!you\b)(?P<who>{PERSON})(?:'d| would)(?:'ve| have) (?:\w+ly )?(?:caught|noticed|detected|avoided"
    rf"|prevented|known|found"
    r"|seen|realised|realized|spotted|been able to (?:catch|notice|detect|avoid|prevent|see))\b"
)
_AVOIDED = re.compile(
    rf"\bcould (?:easily )?have been (?:avoided|prevented)\b(?=[^.]*\b(?:(?:if|had|by) (?:{WE}|better|more|proper"
    r"|testing|following)|had (?:the|this|that|an?) [\w -]{2,30}? been (?:\w+ly )?(?:reviewed|tested|checked"
    r"|followed|communicated|read)))"
)
_ONE_CHECK = re.compile(
    r"\b(?:an?|one) (?:simple |quick |single |brief |competent |proper |second |\w+-(?:second|minute) |phone )+"
    r"(?:call|check|look|glance|review|test|restart|question|message|search|read|conversation)\b[^.;]*?\bwould have\b"
)
_CHANCE = re.compile(
    rf"{PERSON} (?:had (?:ample|every|plenty of) (?:opportunity|chance|warning|time)|(?:was"
    rf"|were) expected to (?:notice|see|check|know))\b"
)
_QUICK = re.compile(
    rf"\b(?:{WE}|nor did {WE}|{NOBODY})\b[^.;]*\b(?:quickly|soon|fast|early) enough\b(?=[^.]*\bcould have\b)?"
)


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each place where people are compared with an unreal past."""
    judged = sentence.judged
    if judged.endswith("?"):
        return  # a question is the business of another rule
    for found in _PEOPLE.finditer(judged):
        if not _NOT_JUDGED.search(found.group()):
            yield _unreal(sentence, found)
    for pattern in (_HAD, _IF, _WORK, _AVOIDED, _ONE_CHECK, _BETTER, _CHANCE):
        for found in pattern.finditer(judged):
            yield Hit(*found.span(), 2, say("lint.unreal_people", who="people"), say("lint.unreal_try"))
    for found in _CAUGHT.finditer(judged):
        event = capital(spoken(sentence, found, "it"))
        told = say("lint.unreal_passive_try", event=event)
        yield Hit(*found.span(), 2, say("lint.unreal_passive"), told)
    for pattern in (_QUICK, _SOONER, _WOULD, _NEVER, _WISHED):
        for found in pattern.finditer(judged):
            yield Hit(*found.span(), 1, say("lint.unreal_people", who="people"), say("lint.unreal_try"))


def _unreal(sentence: Sentence, found: re.Match[str]) -> Hit:
    severity = 2
    thing = thing_after(sentence, found.end())
    did = found["did"]
    reason = say("lint.unreal_people", who=whom(spoken(sentence, found, "who")))
    if not thing or did == "been":
        return Hit(*found.span(), severity, reason, say("lint.unreal_try"))
    event = f"{capital(thing)} was not {did}"
    return Hit(*found.span(), severity, reason, say("lint.unreal_object_try", event=event))


EXTENSION = LintRule("counterfactual", say("lint.counterfactual"), find)
