"""From a text to the words a rule or the encoder can compare: small letters, straight quotes, no fillers."""

from __future__ import annotations

import re

from secondstory.blameless.rule import MASK, Said
from secondstory.blameless.strangers import blamed_strangers
from secondstory.model.utterance import Utterance

# Curly and slanted quotes, and the dashes that captioning programs write for one another.
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"})
_TOKENS = r"(?:facilitator|scribe|responder|executive|observer)-\d+"  # who stands for a name in what we write
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def plain(text: str) -> str:
    """The text in small letters with straight quotes; each character stands where it stood."""
    straight = text.translate(_STRAIGHT)
    small = straight.lower()
    # A few letters grow when they are made small (İ); then the rest would not stand where it stood.
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in straight)


def said(utterance: Utterance) -> Said:
    """The utterance as rules see it: masked, letter by letter, are names of people who are known, role tokens, and
    who else fault is laid at."""
    names = "|".join((*(re.escape(plain(name)) for name in utterance.people), _TOKENS))
    text = re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", lambda met: MASK * len(met.group()), plain(utterance.text))
    for start, end in blamed_strangers(utterance.text.translate(_STRAIGHT), utterance.things):
        text = text[:start] + MASK * (end - start) + text[end:]
    return Said(utterance, text)


def words(plain_text: str) -> list[str]:
    """The words of a plain text, in order."""
    return _WORD.findall(plain_text)
