"""Words as people say them, to forms that rules can read: without fillers, in sentences, as content words."""

from __future__ import annotations

import re

_FILLER = re.compile(r"\b(?:u+h+|u+m+|e+r+m?|a+h+|h+m+|o+h+|you know|i mean|sort of|kind of)\b,?[ ]?", re.IGNORECASE)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_SENTENCE = re.compile(r"(?<=[.?!])[\"']?\s+")
_WORD = re.compile(r"[^\W_]+(?:['.:%][^\W_]+)*")
_ENDED = re.compile(r"[.?!][\"')]?$")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "e", "y")
_SMALL_WORDS = """
a about above actually after again all also am an and any anything are around as at back be because been before being
but by call came can cause come could did do does doing done each else even ever every everybody everyone everything few
first for from get gets getting give go goes going good got great had has have he her here him his how i id if ill im in
into is it its i'd i'll i'm i've it's just keep know let let's lets like look lot lovely make makes many may maybe me
might mine more most much must my need needs next no not now of off ok okay on once one only or other our out over own
part per please put quite really right said same say see shall she should so some somebody something still such sure
take than thank thanks that that's the their them then there there's these they thing things think this those though to
today together too two up us use used very want wants was way we we'll we're we've well were what what's when where
which while who why will with without would yeah yep yes yet you you'd you'll you're you've your
"""
_EMPTY = frozenset(_SMALL_WORDS.split())


def plain(text: str) -> str:
    """In small letters, with straight signs, without fillers, single spaces."""
    return " ".join(_FILLER.sub("", text.translate(_SIGNS)).lower().split())


def sentences(text: str) -> tuple[str, ...]:
    """Parted at the signs that end a sentence; bare captions are one."""
    return tuple(part.strip() for part in _SENTENCE.split(text.translate(_SIGNS)) if part.strip())


def words_of(text: str) -> tuple[str, ...]:
    """Words in small letters; 10:03 and 99.2 are one word each."""
    return tuple(_WORD.findall(text.translate(_SIGNS).lower()))


def content_words(text: str) -> frozenset[str]:
    """The stems of words that carry what is talked of."""
    return frozenset(_stem(word) for word in words_of(text) if word not in _EMPTY and len(word) > 1)


def is_ended(text: str) -> bool:
    """True where the last sentence has its end."""
    return _ENDED.search(text.strip()) is not None


def tidy(text: str) -> str:
    """Words for a table: fillers and stray signs at both ends taken off, the first letter large."""
    kept = " ".join(_FILLER.sub("", text.translate(_SIGNS)).split()).strip(" ,;:-.?!")
    return kept[:1].upper() + kept[1:]


def _stem(word: str) -> str:
    """A word without its ending, so that `alerts`, `alerting` and `alerted` meet; crude."""
    bare = word.removesuffix("'s")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            return bare.removesuffix(ending)
    return bare
