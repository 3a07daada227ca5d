"""Blame that somebody else said, or that a document holds, and that is only told of."""

import re

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule, Hit, Said

_WHO = (
    r"(?:customers?|cust|clients?|users?|manager|boss|director|tenants?|reporters?|press|people|somebody|someone|guy"
    r"|attendees?|audit\w*|legal|sales)"
)
_TEXT = (
    r"(?:tickets?|comments?|form|draft|slide|letter|(?:e-?)?mails?|retro|tweet|paper|notes?|threads?|message|forum|reddit"
    r"|headline|rca|report|review|survey|template|phrase|label|line|wording|articles?)"
)
_SAID = (
    r"(?:said|says|saying|wrote|writes|asked|asks|called|calls|posted|claims|claimed|opened|labell?ed|reads?|spoke"
    r"|goes|attributed|blamed|used to say|originally read|came back with)"
)
_BLAME = (
    r"(?:fault|blam\w+|broke|amateurs|clowns|idiots?|asleep|(?:human|operator|user|nurse|pilot) error|incompeten\w+"
    r"|careless\w*|fired?|laz(?:y|iness)|negligen\w+|sloppy|diligence|complacen\w+|fat[- ]finger\w*|failed to"
    r"|should have|clueless|stupid)"
)
_PLACE = r"(?:chat|paper|press|forum|reddit|twitter|web|news|ticket|channel|thread|inbox|lift|corridor|draft|bridge)"
_QUOTED = r"(?:\"[^\"]{3,90}\"|(?<!\w)'[^\"]{3,90}?'(?!\w))"

_TOLD = finder(
    None,
    Phrase(rf"\b(?:(?:{_WHO}|{_TEXT}) (?:\w+ ){{0,3}}{_SAID}|{_TEXT} ha[sd]) [^.?!]{{0,60}}\b{_BLAME}\b", 0, 0.8),
    Phrase(rf"^\W?\s?['\">][^'\"]{{0,60}}\b{_BLAME}\b[^'\"]{{0,40}}['\"]", 0, 0.8),
    Phrase(rf"^\s?> [^\n]{{0,120}}\b{_BLAME}\b", 0, 0.8),
    # Words in quotes, and beside them who or what they are from.
    Phrase(rf"\b(?:{_WHO}|{_TEXT})\b[^.?!\"]{{0,40}}\b{_SAID}\b[^.?!\"]{{0,40}}{_QUOTED}", 0, 0.8),
    Phrase(rf"\b(?:the|this|that|one|first|an) (?:\w+ ){{0,3}}{_TEXT}\b[^.?!\"]{{0,30}}{_QUOTED}", 0, 0.8),
    Phrase(rf"\b(?:{_WHO} (?:\w+ ){{0,2}}(?:typed|goes|go|read)|(?:he|she|they) goe?s?) \"[^\"]{{3,90}}\"", 0, 0.8),
    Phrase(rf"\b(?:on|in|from) (?:the |a |our |my )?{_PLACE}\b[^.?!\"]{{0,40}}{_QUOTED}", 0, 0.8),
    # Another time and place, or a manner that the speaker does not share.
    Phrase(r"\bmy (?:old|first|last|previous|former) (?:job|boss|company|manager|team|employer|director)\b", 0, 0.7),
    Phrase(
        r"\b(?:not (?:how|the way) we|we (?:don't|do not) (?:write|talk|speak|work) (?:like that|that way))\b",
        0,
        0.7,
    ),
    Phrase(
        rf"{_QUOTED},? (?:\w+ ){{0,3}}(?:was|is|were) (?:\w+ ){{0,2}}"
        rf"(?:posted|wr(?:ote|itten)|the (?:\w+ ){{0,2}}{_TEXT})\b",
        0,
        0.8,
    ),
    Phrase(
        rf"{_QUOTED},? (?:\w+ ){{0,2}}(?:isn't|is not|is never|was not|wasn't) (?:\w+ ){{0,2}}"
        r"(?:cause|accepted|answer|finding)\b",
        0,
        0.8,
    ),
)
_IN_QUOTES = re.compile(_QUOTED)
_TURNS_TO_SOMEBODY = re.compile(r"\b(?:you|your|you're)\b")


def _find(said: Said) -> tuple[Hit, ...]:
    """Nothing where the speaker, outside what is told, turns to somebody: then the speaker may judge too."""
    hits = _TOLD(said)
    if not hits:
        return ()
    own, quoted = _IN_QUOTES.subn(" ", said.plain)
    if quoted:
        return () if _TURNS_TO_SOMEBODY.search(own) else hits
    beside = (said.plain[: hits[0].words.start], said.plain[hits[-1].words.end :])
    return () if any(_TURNS_TO_SOMEBODY.search(part) for part in beside) else hits


EXTENSION = BlameRule(
    name="tells_of_blame",
    says="Tells of blame that others said.",
    find=_find,
    meets=(
        "A customer wrote that we are amateurs.",
        "my manager asked whose fault it was and I told him how we work",
        "'You broke it' was the first post we have on record.",
        "The first draft said 'he was not paying attention'.",
        "> the night shift broke it",
        "'Human error' is not a cause, it is where we start.",
    ),
    leaves=(
        "You are an amateur.",
        "Whose fault was it?",
        "The client wrote to port 8080.",
        "The ticket said 'do not touch', and you broke it.",
    ),
)
