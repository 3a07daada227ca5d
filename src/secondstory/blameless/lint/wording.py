"""Takes from a sentence the words that a suggestion can keep: the thing that was acted on, and who is spoken of."""

from __future__ import annotations

import re

from secondstory.blameless.lint.rule import NAME
from secondstory.blameless.lint.sentence import Sentence

_CLAUSE_ENDS = re.compile(
    r"[,;:.!?()–—]|\b(?:that|which|who|because|before|after|when|while|until|so|and|but|if|as|since|than|due|in order"
    r"|earlier|sooner|properly|correctly|at|on|in|during|to|by|with|for|from|into|prior|more|enough)\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:the|our|their|its|a|an|this|these|that|those|any|all|every)\s", re.IGNORECASE)
_IRREGULAR = {
    "catch": "caught", "do": "done", "find": "found", "give": "given", "keep": "kept", "know": "known", "make": "made",
    "read": "read", "run": "run", "see": "seen", "send": "sent", "set": "set", "take": "taken", "tell": "told",
    "write": "written", "build": "built", "put": "put", "get": "got", "hold": "held", "bring": "brought",
}  # fmt: skip
_SMALL = frozenset(
    [
        "The",
        "Our",
        "We",
        "Their",
        "This",
        "Some",
        "A",
        "An",
        "Every",
        "Each",
        "Most",
        "Many",
        "Nobody",
        "Somebody",
        "Someone",
        "He",
        "She",
        "They",
        "You",
    ]
)
_OBJECT = {"we": "us", "i": "me", "he": "him", "she": "her", "they": "them"}
_DOUBLED = frozenset(["stop", "plan", "drop", "ship", "map", "tag", "log", "plug", "skip", "swap"])
PARTICIPLE = (
    r"(?:\w+ed|been|done|gone|had|kept|put|set|read|run|"
    r"(?:caught|found|given|known|made|seen|sent|taken|told|thought|written|built|got|gotten|held|brought|chosen|left|spent"
    r"|begun|drawn|fallen|felt|led|lost|met|paid|shown|shut|spoken|understood|woken|broken|foreseen|overseen|withdrawn))"
)
"""A past participle: what makes "should have" a judgement, and not "ought to possess"."""
_LONGEST = 7  # words; a longer thing reads badly inside a suggestion


def thing_after(sentence: Sentence, place: int) -> str:
    """The noun phrase that begins at `place`, as written: "the failover". Empty where none can be told."""
    rest = sentence.text[place:].lstrip()
    end = _CLAUSE_ENDS.search(rest)
    words = (rest[: end.start()] if end else rest).strip(" *_\"'“”")
    judged = sentence.judged[place:]
    if not _DETERMINED.match(words + " ") or NAME in judged[: len(words) + 2]:
        return ""
    return words if 2 <= len(words.split()) <= _LONGEST else ""


def participle(verb: str) -> str:
    """The past participle of a base form: test, tested; catch, caught."""
    verb = verb.lower()
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if verb in _DOUBLED else verb + "ed"


def capital(words: str) -> str:
    """The same words, fit to begin a sentence."""
    return words[:1].upper() + words[1:]


def who(words: str) -> str:
    """Who is spoken of, inside a sentence: "the platform team"; a name keeps its capital."""
    first = words.split()[0]
    return words[:1].lower() + words[1:] if first in _SMALL else words


def whom(words: str) -> str:
    """The same as the object of a sentence: us, them."""
    return _OBJECT.get(words.lower(), who(words))
