"""Who spoke, how much, as what; and where somebody seems to be cut off: hints, for captions merge and misname.

The facilitator is inferred where one speaker opens the meeting and calls most of its steps; every other role is unknown
unless it was given. Shares say nothing of worth: three minutes of good testimony beat thirty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from secondstory.blameless.meeting.agenda import called_steps
from secondstory.blameless.meeting.speech import is_ended, words_of
from secondstory.blameless.meeting.turns import is_punctuated, turns_of
from secondstory.model.conversation import CutBy, Interruption, Voice
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.model.utterance import SpeakerRole

_OPENING_CUES = 5
_CALLS_NEEDED = 2
_OVERLAP_S = 0.5
_ANSWERS_ALONG = 3  # words; as few are said along with the speaker, not instead
_CUT_SIGNS = ("-", "–", "—", "...", "…")


def voices_of(transcript: Transcript) -> tuple[Voice, ...]:
    """Each participant that was given, and each that speaks."""
    given = {_key(one.name): one for one in transcript.participants}
    spoken: dict[str, list[Cue]] = {}
    for cue in transcript.cues:
        if cue.speaker is not None:
            spoken.setdefault(_key(cue.speaker), []).append(cue)
    turns = Counter(_key(turn.speaker) for turn in turns_of(transcript.cues) if turn.speaker is not None)
    timed = is_timed(transcript.cues)
    total = _length(transcript.cues, timed)
    leader = facilitator_of(transcript)
    found = []
    for key in dict.fromkeys((*given, *spoken)):
        cues = tuple(spoken.get(key, ()))
        name = given[key].name if key in given else cues[0].speaker or ""
        role, is_inferred = _role(given.get(key), leader is not None and _key(leader) == key)
        words = sum(len(words_of(cue.text)) for cue in cues)
        share = _length(cues, timed) / total if total else 0.0
        seconds = _length(cues, timed) if timed else None
        found.append(Voice(name, role, is_inferred, len(cues), turns[key], words, seconds, share))
    return tuple(found)


def roles_of(voices: tuple[Voice, ...]) -> dict[str, SpeakerRole]:
    """The role by the name as cues have it."""
    return {_key(voice.name): voice.role for voice in voices}


def role_of(roles: dict[str, SpeakerRole], cue: Cue) -> SpeakerRole:
    """The role of who says the cue."""
    return roles.get(_key(cue.speaker), SpeakerRole.UNKNOWN) if cue.speaker else SpeakerRole.UNKNOWN


def facilitator_of(transcript: Transcript) -> str | None:
    """Who leads, as given or as the text shows; None where neither tells."""
    for one in transcript.participants:
        if one.role is SpeakerRole.FACILITATOR:
            return one.name
    calls = Counter(cue.speaker for cue, _ in called_steps(transcript.cues) if cue.speaker is not None)
    given = {_key(one.name) for one in transcript.participants if one.role is not SpeakerRole.UNKNOWN}
    opens = {cue.speaker for cue in transcript.cues[:_OPENING_CUES] if cue.speaker is not None}
    for name, count in calls.most_common(1):
        others = [other for other, several in calls.items() if other != name and several >= count]
        if name in opens and count >= _CALLS_NEEDED and not others and _key(name) not in given:
            return name
    return None


def interruptions_of(cues: tuple[Cue, ...]) -> tuple[Interruption, ...]:
    """Cues of another speaker that begin well before the end of the one before, or after a sentence without an end."""
    return tuple(_interruptions(cues, is_punctuated(cues)))


def is_timed(cues: tuple[Cue, ...]) -> bool:
    """True where cues tell begin and end."""
    return any(cue.start_s is not None and cue.end_s is not None for cue in cues)


def _interruptions(cues: tuple[Cue, ...], by_signs: bool) -> Iterator[Interruption]:
    for before, cue in pairwise(cues):
        is_other = before.speaker is not None and cue.speaker is not None and before.speaker != cue.speaker
        if not is_other or len(words_of(cue.text)) <= _ANSWERS_ALONG:
            continue
        overlap_s = before.end_s - cue.start_s if before.end_s is not None and cue.start_s is not None else None
        if overlap_s is not None and overlap_s >= _OVERLAP_S:
            yield Interruption(cue.number, cue.speaker, before.speaker, CutBy.OVERLAP, round(overlap_s, 3))
        elif _is_cut_off(before, by_signs):
            yield Interruption(cue.number, cue.speaker, before.speaker, CutBy.CUT_OFF, None)


def _is_cut_off(cue: Cue, by_signs: bool) -> bool:
    text = cue.text.rstrip()
    return text.endswith(_CUT_SIGNS) or (by_signs and not is_ended(text) and len(words_of(text)) > _ANSWERS_ALONG)


def _length(cues: tuple[Cue, ...], timed: bool) -> float:
    """Seconds, or words where the file tells no times."""
    if not timed:
        return float(sum(len(words_of(cue.text)) for cue in cues))
    return sum(max((cue.end_s or 0.0) - (cue.start_s or 0.0), 0.0) for cue in cues if cue.end_s is not None)


def _role(given: Participant | None, leads: bool) -> tuple[SpeakerRole, bool]:
    if given is not None and given.role is not SpeakerRole.UNKNOWN:
        return given.role, False
    return (SpeakerRole.FACILITATOR, True) if leads else (SpeakerRole.UNKNOWN, False)


def _key(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
