"""Sayings to causal claims, those together that compete: several people, near each other, each with another cause.

It hears claims that are marked as such (`because`, `what changed is`, `I don't think it's the job`). A cause that is
told as plain history is missed, and so is a contest that nobody marks.
"""

from __future__ import annotations

import re

from secondstory.blameless.meeting.speech import content_words, plain, sentences, tidy, words_of
from secondstory.blameless.meeting.turns import Stretch, sayings_of
from secondstory.model.conversation import CausalClaim
from secondstory.model.transcript import Cue

_CAUSE = re.compile(
    r"\b(?:(?:the|main|real|first|root|biggest) (?:cause|reason|driver|thing|issue|problem|one)(?:'s| is| was| for me)"
    r"|(?:it|that|this)(?:'s| is| was) (?:why|because|the reason|what (?:made|caused|broke|let))|because of\b"
    r"|caused (?:by|it|this|the)"
    r"|what (?:changed|made it (?:bad|worse)|broke|did it) (?:is|was)|(?:the bit|the part|the thing) (?:which"
    r"|that) made"
    r"|(?:came|come|comes) from (?:the|a)|triggered (?:by|the|it)|due to|led to|is what (?:made|broke|took|let)"
    r"|i'?d (?:say|put|call) (?:it'?s )?(?:the|both)|for me (?:it'?s|the)|(?:isn'?t|is not|wasn'?t) the (?:problem"
    r"|cause|reason|main)"
    r"|i don'?t think (?:it'?s|it was|the|that)|(?:it|that) starts with|without (?:it|the|that) there(?:'s| is"
    r"| was) no)\b"
)
_CONTESTS = re.compile(
    r"\b(?:i don'?t (?:think|agree)|i'?d (?:disagree|say|put)|not (?:the|so) (?:main|sure)|(?:isn'?t|is not"
    r"|wasn'?t) the"
    r"|for me|the main|different point|one more|what changed|also|though|with respect|other way|never (?:the|that)"
    r")\b"
)
_ASKED = re.compile(r"\?$|^(?:was|were|is|are|did|do|does|why|what|who|how|where|when|could|can)\b")
_NEAR_SAYINGS = 6
_LEAST_WORDS = 6


def competing_claims(cues: tuple[Cue, ...]) -> tuple[tuple[CausalClaim, ...], ...]:
    """Groups of at least two claims by different people near each other, of which one contests; in order."""
    sayings = sayings_of(cues)
    places = [place for place, said in enumerate(sayings) if _is_claim(said)]
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= _NEAR_SAYINGS:
            groups[-1].append(place)
        else:
            groups.append([place])
    kept = (tuple(_claim(sayings[place]) for place in group) for group in groups if _competes(sayings, group))
    return tuple(kept)


def _is_claim(said: Stretch) -> bool:
    text = plain(said.text)
    return (
        _CAUSE.search(text) is not None
        and len(words_of(text)) >= _LEAST_WORDS
        and not _ASKED.search(text)
        and len(content_words(text)) > 1
    )


def _competes(sayings: tuple[Stretch, ...], group: list[int]) -> bool:
    speakers = {sayings[place].speaker or f"saying {place}" for place in group}
    return len(speakers) > 1 and any(_CONTESTS.search(plain(sayings[place].text)) for place in group)


def _claim(said: Stretch) -> CausalClaim:
    parts = sentences(said.text)
    told = next((part for part in parts if _CAUSE.search(plain(part))), said.text)
    return CausalClaim(said.first, said.speaker, tidy(told if len(content_words(told)) > 1 else said.text))
