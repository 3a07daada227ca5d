"""Who speaks how much in the step at hand, counted cue by cue; a hint, for captions merge and misname speakers.

Work for a cue does not grow with the meeting. Nothing of it is stored: it is counted again from what was heard.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from secondstory.blameless.meeting.speech import words_of
from secondstory.blameless.meeting.voices import interruptions_of
from secondstory.model.transcript import Cue

_WORDS_A_SECOND = 2.5  # where captions tell no end
_LONGEST_CUE_S = 120.0


@dataclass(frozen=True)
class Cut:
    """Somebody seems to have been cut off, and has not spoken since."""

    whose: str
    by: str
    cue: int


@dataclass
class Tally:
    """Speech in one box of the agenda."""

    box: str
    seconds: dict[str, float] = field(default_factory=dict)
    unnamed_s: float = 0.0
    cuts: dict[str, Cut] = field(default_factory=dict)
    _last: deque[Cue] = field(default_factory=lambda: deque(maxlen=2))

    def count(self, cue: Cue) -> None:
        """One more cue that was spoken."""
        self._last.append(cue)
        spoken_s = _seconds(cue)
        if cue.speaker is None:
            self.unnamed_s += spoken_s
            return
        self.seconds[cue.speaker] = self.seconds.get(cue.speaker, 0.0) + spoken_s
        self.cuts.pop(cue.speaker, None)
        for one in interruptions_of(tuple(self._last)):
            if one.interrupted is not None and one.speaker is not None:
                self.cuts[one.interrupted] = Cut(one.interrupted, one.speaker, cue.number)

    def shares(self) -> tuple[tuple[str, float], ...]:
        """(speaker, 0..1) of all speech in this box, the longest first."""
        total = sum(self.seconds.values()) + self.unnamed_s
        ranked = sorted(self.seconds.items(), key=lambda one: (-one[1], one[0]))
        return tuple((name, spoken_s / total) for name, spoken_s in ranked) if total else ()


def _seconds(cue: Cue) -> float:
    if cue.start_s is not None and cue.end_s is not None and cue.end_s > cue.start_s:
        return min(cue.end_s - cue.start_s, _LONGEST_CUE_S)
    return len(words_of(cue.text)) / _WORDS_A_SECOND
