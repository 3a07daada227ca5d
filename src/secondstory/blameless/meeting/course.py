"""The cues so far to what is hard in the course of a meeting, where no single sentence tells it.

A silence follows a question and is far longer than this meeting's usual pause; an interruption takes the turn from
somebody who was not done; a contest sets another cause against one that somebody else named just before. All three are
hints: captions drop speech, and a pause may be a muted microphone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from statistics import median

from secondstory.blameless.meeting.claims import competing_claims
from secondstory.blameless.meeting.questions import is_question
from secondstory.blameless.meeting.speech import plain, words_of
from secondstory.blameless.meeting.voices import interruptions_of
from secondstory.model.transcript import Cue

LOOK_BACK_CUES = 60
_LEAST_SILENCE_S = 8.0
_TIMES_USUAL = 3.0
_ENOUGH_PAUSES = 4
_SILENT_WORDS = re.compile(
    r"^\W*(?:(?:long |awkward )?(?:silence|pause)|no (?:answer|response|reply)|nobody (?:answers|speaks))\W*$"
)
_NEAR_CUES = 5
_LEAST_WORDS = 4
_NAMES_CAUSE = re.compile(
    r"\b(?:cause[ds]?|because|reason|due to|triggered|led to|brought (?:\w+ ){1,2}down|came from|started with|broke"
    r"|it(?:'s| is| was) (?:the|a|an|our|their|just the) \w+)\b"
)
_DIFFERS = re.compile(
    r"^(?:(?:well|sorry|but|hm+|actually|honestly|hold on|wait),? )*no,? (?:it|that|this)(?:'s| was| is)\b"
    r"|\bi (?:don't|do not) (?:think so|agree|buy (?:it|that)|think (?:it|that)(?:'s| was| is) (?:it|the))"
    r"|\bi(?: have to|'d)? disagree\b"
    r"|\b(?:that|it|this)(?:'s| is| was) not the (?:real |main |actual )?(?:cause|reason|problem|trigger)\b"
    r"|\b(?:that|it|this) (?:isn't|wasn't) the (?:real |main |actual )?\w+"
    r"|\bi (?:see|read) (?:it|that|this) (?:quite |a bit )?different|\bthe (?:real|actual) (?:cause|reason|problem)\b"
)


class Turn(StrEnum):
    """What makes a cue hard besides its words."""

    SILENCE = "silence"
    INTERRUPTION = "interruption"
    CONTEST = "contest"


def turn_at(cues: Sequence[Cue]) -> Turn | None:
    """What the last of the cues brings, given those before it (`LOOK_BACK_CUES` of them are enough)."""
    if len(cues) < 2:
        return None
    if _contests(cues):
        return Turn.CONTEST
    if interruptions_of(tuple(cues[-2:])):
        return Turn.INTERRUPTION
    return Turn.SILENCE if _follows_silence(cues) else None


def _contests(cues: Sequence[Cue]) -> bool:
    cue, near = cues[-1], tuple(cues[-_NEAR_CUES:])
    others = [one for one in near[:-1] if one.speaker is None or one.speaker != cue.speaker]
    named = any(_NAMES_CAUSE.search(plain(one.text)) and not is_question(one.text) for one in others)
    if named and len(words_of(cue.text)) >= _LEAST_WORDS and _DIFFERS.search(plain(cue.text)):
        return True
    return any(group[-1].cue == cue.number for group in competing_claims(near))


def _follows_silence(cues: Sequence[Cue]) -> bool:
    before, cue = cues[-2], cues[-1]
    if _SILENT_WORDS.match(plain(cue.text)):
        return True
    if _SILENT_WORDS.match(plain(before.text)):
        return False
    pauses = [pause for one, two in pairwise(cues) if (pause := _pause_s(one, two)) is not None]
    last = _pause_s(before, cue)
    if last is None or len(pauses) <= _ENOUGH_PAUSES or not is_question(before.text):
        return False
    return last >= max(_LEAST_SILENCE_S, _TIMES_USUAL * median(pauses[:-1]))


def _pause_s(before: Cue, cue: Cue) -> float | None:
    return max(cue.start_s - before.end_s, 0.0) if before.end_s is not None and cue.start_s is not None else None
