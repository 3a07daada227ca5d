"""Turns to the topics that are left for later, each in the words that name it."""

from __future__ import annotations

import re

from secondstory.blameless.meeting.speech import content_words, plain, sentences, tidy
from secondstory.blameless.meeting.turns import Stretch, turns_of
from secondstory.model.conversation import Parked
from secondstory.model.transcript import Cue

_LATER = r"(?:day|meeting|time|session)"
_PARKS = re.compile(
    r"\b(?:parking lot|park(?:ed)? (?:it|that|this|them|the|here)\b"
    r"|(?:let'?s|to|i'?ll|we|we'?ll|can we|could we) park\b|(?:on|to) the (?:list|backlog) for later"
    r"|(?:that'?s )?not for (?:here|today|now|this (?:meeting|call|room))"
    rf"|(?:for|to) another {_LATER}|(?:take|taking|discuss) (?:it|that|this|them) offline)|^parked\b"
)
_NOT_PARKED = re.compile(
    r"(?:not|don'?t|never|please not|rather than|instead of) (?:to )?(?:park|take)|out of the parking lot"
    r"|\bpark who\b|\b(?:is|are|was|were|stays?) (?:already |now |both )?(?:in|on) the parking lot|(?:for"
    r"|in) the parking lot\?$"
)
_AFTER = re.compile(
    r"\b(?:parking lot|park (?:it|that|this|them)|park(?=\s+(?:the|a)\b)|for later|for another (?:day|meeting|time"
    r"|session)|offline|"
    r"not for (?:here|today|now))[\s,:;.-]*",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?:i (?:think|guess)|we'?(?:ve|'re)? |till|can we|it|that|this|they|put it|because|but|and (?:it|i)|if"
    r"|please|for"
    r"|then|with"
    r"|so|as|until)\b",
    re.IGNORECASE,
)
_NEAR_CUES = 3


def parked_of(cues: tuple[Cue, ...]) -> tuple[Parked, ...]:
    """Topics that somebody parks, in order; the same topic within a few cues counts once."""
    turns = turns_of(cues)
    found: list[Parked] = []
    for place, turn in enumerate(turns):
        text = plain(turn.text)
        if not _PARKS.search(text) or _NOT_PARKED.search(text):
            continue
        cue = _parking_cue(turn)
        parked = Parked(cue, turn.speaker, _topic(turns, place))
        if found and cue - found[-1].cue <= _NEAR_CUES:
            before = found.pop()
            parked = parked if content_words(_PARKS.sub("", text)) else before  # a bare "parked" only confirms
        found.append(parked)
    return tuple(found)


def _parking_cue(turn: Stretch) -> int:
    return next((cue.number for cue in turn.cues if _PARKS.search(plain(cue.text))), turn.first)


def _topic(turns: tuple[Stretch, ...], place: int) -> str:
    """What stands behind the parking words, or before them; else the last thing said before."""
    said = " ".join(turns[place].text.split())
    after = _AFTER.split(said)[-1]
    for part in sentences(after)[:1]:
        if content_words(part) and not _POINTS.match(part) and not _PARKS.search(plain(part)):
            return tidy(part)
    around = [part for part in sentences(said) if not _PARKS.search(plain(part)) and len(content_words(part)) > 1]
    asked = [part for part in sentences(turns[place - 1].text) if content_words(part)] if place else []
    questions = [part for part in asked if part.endswith("?")]
    return tidy((questions or asked or around or [said])[0])
