"""Finds a person, team or vendor in the place of what failed, and remedies that only remind people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.blameless.lint.people import ADVERBS, GROUP, NAMED, NOBODY, PERSON, SOMEBODY
from secondstory.blameless.lint.rule import Hit, LintRule, spoken
from secondstory.blameless.lint.sentence import Sentence
from secondstory.blameless.lint.wording import capital, participle, thing_after, who
from secondstory.texts import say

_PLAIN_VERB = r"(?!have\b|see\b|receive\b|need\b|know\b|get\b|want\b|find\b|believe\b|expect\b|feel\b|work\b)"
_OMITTED = (
    r"(?:did(?: not|n't) (?:bother|follow|pay attention|care|check|test|review|escalate|communicate|tell|notice"
    r"|verify"
    r"|document|think|give \w+)|never (?:bothered|checked|tested|read|reviewed|told|followed|documented|escalated))"
)
_JUDGED = (
    r"(?:ignored|overlooked|disregarded|neglected|dropped the ball|screwed up|messed up|let us down"
    r"|should know better"
    r"|(?:was|were|got|is|are) (?:careless|negligent|reckless|sloppy|lazy|complacent|asleep|sleeping|too slow"
    r"|not paying attention|incompetent|inexperienced|at fault|to blame|unprofessional)"
    r"|(?:violated|broke) (?:the |our )?(?:rules?|process|policy|procedure|protocol))"
)
_LAPSE = re.compile(
    rf"(?P<who>{PERSON}){ADVERBS}\s+(?P<did>failed to (?P<verb>[a-z]+)|neglected to (?P<other>[a-z]+)|{_OMITTED}"
    rf"|{_JUDGED})\b"
)
_LEFT_OUT = re.compile(
    rf"(?P<who>(?:{GROUP}|{NAMED}))\s+(?:(?:did(?: not|n't)|had(?: not|n't)|(?:had )?failed to|made no attempt to"
    rf"|made no effort to|omitted to|chose not to|(?:had )?skipped|simply assumed)\s+{_PLAIN_VERB}(?P<verb>[a-z]+)"
    r"|(?:had )?never (?:\w+ed|told|read|wrote|gave|kept|sent|set|took|made|thought)\b)"
)
_FAULT = re.compile(
    rf"\b(?:failure (?:of|by|on the part of)|fault of|faults? (?:lies|lay) with"
    rf"|blame (?:for [\w -]{{1,40}} )?(?:rests|lies) with"
    rf"|attributable to|attributed to|responsibility of|errors? (?:by|of|made by)|lapses? (?:by|of)"
    rf"|negligence of) (?P<who>{GROUP}|{NAMED})(?![\w-])"
    rf"|(?P<act>{GROUP}|{NAMED})(?:'s|') (?:decision|choice|actions?|inaction|delay|insistence)\b[^.;]{{0,40}}?"
    r"\b(?:caused|led to|resulted in|broke|triggered|took down)\b"
    rf"|(?P<answers>{GROUP}|{NAMED}) (?:is|was|are|were) responsible for (?:the|this|that) (?:\w+ )?"
    r"(?:outage|incident|bug|error|mistake|failure|breach)\b"
    rf"|(?P<whose>{GROUP}|{NAMED})(?:'s|') (?:failure|inability|refusal|unwillingness|fault|lapse|negligence"
    rf"|mistakes?|errors?)\b"
)
_SEEKS = re.compile(
    r"\b(?:names? of (?:all |the |every )?(?:staff|people|persons?|individuals?|engineers?|those)"
    r"|persons? at fault|responsible part(?:y|ies)"
    r"|whose (?:fault|mistake) (?:it |this |that )?(?:was|is)|identify the (?:person|individual|engineer|employee"
    r"|developer) (?:who|that)"
    r"|those (?:responsible|accountable) (?:should|must|will)|consequences (?:will|must) follow"
    r"|disciplinary (?:action|measures?|process))\b"
)
_NOBODY = re.compile(
    rf"\b{NOBODY}\b(?:\s+(?:in|on|from|at)\s[\w ]{{1,30}}?)?(?:\s+(?:actually|ever|even|really|had|has|else"
    rf"|\w+ly))*\s+"
    r"(?P<did>(?:noticed|checked|tested|reviewed|bothered|looked|thought|attempted|tried|responded|reacted|cared"
    r"|caught"
    r"|escalated|documented|remembered|spotted|verified|watched|realized|realised|read|told)"
    r"|was (?:watching|looking|paying|monitoring))\b(?! by)"
    r"(?![^.;]*\b(?:as|because|since|due to)\b)"  # a condition is told with it
)
_UNSEEN = re.compile(
    r"\b(?:(?:was|were|is|are|been)(?: not|n't| never)?(?: \w+ly)? (?:missed|overlooked|ignored|neglected)"
    r"|(?:was|were|is|are)(?: not|n't| never)(?: \w+ly)? (?:identified|noticed|caught|spotted|tested|reviewed|checked"
    r"|communicated|escalated|detected|documented|followed|verified|applied|updated|recorded|informed|consulted))"
    rf"(?: (?:in|during|at) [\w -]{{1,25}}?)? by (?P<who>{GROUP}|{NAMED})"
)
_LOADED = re.compile(
    r"\b(?:culprits?|guilty|incompeten\w+|negligen(?:t|ce)|careless(?:ly|ness)?(?!-)|reckless(?:ly|ness)?"
    r"|idiot\w*|stupid\w*|laziness|botched|bungled|sloppy|shoddy|half-baked|(?:is|was|are|were) to blame"
    r"|pointing fingers"
    r"|rogue(?= (?:engineer|employee|developer|admin|deploy|change|commit|team|user)))\b"
)
_CAUSED = re.compile(
    rf"\b(?:caused|broken|brought down|blamed on|introduced) by (?P<who>{GROUP}|{SOMEBODY})(?![\w'’-])"
    r"(?!\s(?:system|tool|service|process|ticket|page|script|job)s?\b)"
)
_REMIND = re.compile(
    r"\b(?:remind|re-?iterate|re-?emphasi[sz]e|educate|retrain|discipline|reprimand|warn)\b"
    rf"(?:[^.;:]{{0,40}}?\s)(?P<who>{GROUP}|{SOMEBODY}|{NAMED}|users)(?![\w'’-])"
)
_WORK = re.compile(
    r"\b(?:(?:was|were) rushed|(?:review|planning|communication|leadership|management|team) failures?"
    r"|(?:poor|bad|sloppy|lax|shoddy|lousy) (?:judge?ment|planning|review|workmanship|engineering|discipline"
    r"|leadership"
    r"|management|decision-making|practices?)"
    r"|lack of (?:diligence|discipline|care|ownership|judge?ment|professionalism|effort|competence|attention)"
    r"|little (?:oversight|care|thought))\b"
)
_WORK_OF = (
    r"(?:testing|review(?:s|ing)?|communications?|planning|coordination|training|preparation|oversight|supervision"
    r"|understanding|knowledge|experience|familiarity|expertise|awareness)"
)
_SHORT_OF = re.compile(
    rf"\b(?:insufficient|inadequate|improper|poor|not enough|too little) (?:\w+ )?{_WORK_OF}\b"
    rf"|\black of (?:\w+ ){{0,2}}?{_WORK_OF}\b"
    r"|\b(?:not|n't) (?:sufficiently|adequately|properly|thoroughly|carefully) (?:tested|reviewed|checked|vetted"
    r"|considered|planned|communicated|coordinated)\b"
    r"|\b(?:we|they) (?:did not|didn't|had not|hadn't|never) (?:do enough\b|(?:test|review|check|verif|communicat|plan)"
    r"\w*\b[^.;]{0,40}\b(?:properly|sufficiently|adequately|thoroughly|carefully|well enough)\b)"
    r"|\b(?:due to|because of) (?:an? )?(?:misunderstanding|miscommunication)\b"
    r"|\blacked (?:the )?(?:\w+ )?(?:knowledge|experience|skills?|training|understanding|expertise|discipline)\b"
    r"|\b(?:inexperience|unfamiliarity) (?:with|of)\b"
)
_WRONG_ACT = re.compile(
    rf"(?P<who>{GROUP}|{SOMEBODY}|whoever){ADVERBS}\s+(?:ran|pushed|set|chose|put|took|sent|typed|entered|wrote|gave"
    r"|\w+ed) (?:the|an?) (?:wrong|bad|broken|faulty|incorrect|untested|buggy|erroneous) \w+"
    rf"|\b(?:wrong|bad|broken|faulty|incorrect|untested) [\w-]+ (?:was|were) \w+ by (?P<by>{GROUP}|{SOMEBODY})"
)
_UNREAD = re.compile(
    rf"(?P<who>{GROUP}) who (?:had not|hadn't|did not|didn't|never) (?:read|test|check|review|verif|follow)\w*\b"
    r"|\bwithout (?:telling|informing|asking|consulting|warning|notifying) (?:anyone|anybody|the (?:\w+ )?team|us)\b"
)
_PASSED_OVER = re.compile(
    r"\b(?:warnings?|alerts?|alarms?|advice|concerns?|risks?|signs?) (?:was|were|had been|has been|have been)"
    r"(?: \w+ly)? (?:ignored|dismissed|disregarded|neglected|brushed aside)\b"
    r"(?! by (?:\w+ ){0,3}(?:rule|filter|parser|job|script|system|tool|bot|policy)s?\b)"
    r"|\b(?:was|were) (?:overlooked|missed) (?:during|in|at) (?:the |our |code |peer |design )*(?:reviews?|testing|qa"
    r"|planning)\b"
)
_DENIED = re.compile(
    r"\b(?:no one|nobody|not|\w+n't|never|without|avoid|no|who|discussion of|rather than)\b(?:\W+\w+){0,3}\W*$"
)
_OWN = ("we", "i")
_TOLD = re.compile(r"did|never|(?:was|were) too")  # of oneself this is an account


def find(sentence: Sentence) -> Iterator[Hit]:
    """Each place where people stand as what failed."""
    judged = sentence.judged
    for found in _LAPSE.finditer(judged):
        if found["who"] not in _OWN or not _TOLD.match(found["did"]):
            yield _lapse(sentence, found)
    for found in _LEFT_OUT.finditer(judged):
        yield _lapse(sentence, found)
    for found in _FAULT.finditer(judged):
        group = next(name for name in ("who", "act", "answers", "whose") if found[name])
        person = who(spoken(sentence, found, group))
        yield Hit(*found.span(), 2, say("lint.blame_caused", who=person), say("lint.blame_caused_try"))
    for found in _SEEKS.finditer(judged):
        if not _DENIED.search(judged[: found.start()]):
            yield Hit(*found.span(), 2, say("lint.blame_seeks"), say("lint.blame_seeks_try"))
    for found in _NOBODY.finditer(judged):
        person = spoken(sentence, found).split()[0].lower()
        yield Hit(*found.span(), 1, say("lint.blame_unseen", who=person), say("lint.blame_lapse_bare"))
    for found in _UNSEEN.finditer(judged):
        person = who(spoken(sentence, found, "who"))
        yield Hit(*found.span(), 2, say("lint.blame_unseen", who=person), say("lint.blame_lapse_bare"))
    for found in _CAUSED.finditer(judged):
        person = who(spoken(sentence, found, "who"))
        yield Hit(*found.span(), 2, say("lint.blame_caused", who=person), say("lint.blame_caused_try"))
    for found in _REMIND.finditer(judged):
        person = who(spoken(sentence, found, "who"))
        yield Hit(*found.span(), 2, say("lint.blame_remind", who=person), say("lint.blame_remind_try"))
    for found in _WRONG_ACT.finditer(judged):
        person = who(spoken(sentence, found, "who" if found["who"] else "by"))
        yield Hit(*found.span(), 2, say("lint.blame_caused", who=person), say("lint.blame_caused_try"))
    for found in _UNREAD.finditer(judged):
        yield Hit(*found.span(), 2, say("lint.blame_work", words=spoken(sentence, found)), say("lint.blame_work_try"))
    for pattern in (_SHORT_OF, _PASSED_OVER):
        for found in pattern.finditer(judged):
            said = spoken(sentence, found)
            yield Hit(*found.span(), 1, say("lint.blame_work", words=said), say("lint.blame_work_try"))
    for pattern, key in ((_LOADED, "blame_loaded"), (_WORK, "blame_work")):
        for found in pattern.finditer(judged):
            if not _DENIED.search(judged[: found.start()]):
                said = spoken(sentence, found)
                yield Hit(*found.span(), 2, say(f"lint.{key}", words=said), say(f"lint.{key}_try"))


def _lapse(sentence: Sentence, found: re.Match[str]) -> Hit:
    person = who(spoken(sentence, found, "who"))
    severity = 1 if found["who"] in _OWN else 2
    reason = say("lint.blame_lapse", who=person)
    verb = found["verb"] or found.groupdict().get("other") or ""
    thing = thing_after(sentence, found.end()) if verb else ""
    if not thing:
        return Hit(*found.span(), severity, reason, say("lint.blame_lapse_bare"))
    event = f"{capital(thing)} was not {participle(verb)}"
    return Hit(*found.span(), severity, reason, say("lint.blame_lapse_try", event=event, who=person))


EXTENSION = LintRule("blame", say("lint.blame"), find)
