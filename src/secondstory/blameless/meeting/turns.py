"""Cues to stretches of speech: what one person says without a break, and sentences that captions cut put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from secondstory.blameless.meeting.speech import is_ended
from secondstory.model.transcript import Cue

_RUNS_ON_S = 0.05  # a caption cut inside a sentence is followed at once by its rest; people pause for longer
_PUNCTUATED_RATIO = 0.5
_LONGEST_CUES = 12


@dataclass(frozen=True)
class Stretch:
    """Cues of one speaker that follow each other."""

    cues: tuple[Cue, ...]

    @property
    def text(self) -> str:
        """All that is said in it."""
        return " ".join(cue.text for cue in self.cues)

    @property
    def speaker(self) -> str | None:
        """Who speaks; None where the file does not tell."""
        return self.cues[0].speaker

    @property
    def first(self) -> int:
        """The number of its first cue."""
        return self.cues[0].number

    @property
    def last(self) -> int:
        """The number of its last cue."""
        return self.cues[-1].number


def turns_of(cues: tuple[Cue, ...]) -> tuple[Stretch, ...]:
    """What each says until another speaks. Where nobody is named, each sentence is taken for a turn."""
    is_cut = _is_cut(cues)

    def goes_on(before: Cue, cue: Cue) -> bool:
        return before.speaker == cue.speaker if cue.speaker is not None else is_cut(before, cue)

    return tuple(_joined(cues, goes_on))


def sayings_of(cues: tuple[Cue, ...]) -> tuple[Stretch, ...]:
    """Cues, with those put together that captions cut inside a sentence."""
    return tuple(_joined(cues, _is_cut(cues)))


def is_punctuated(cues: tuple[Cue, ...]) -> bool:
    """True where most cues end a sentence, so that one that does not was cut."""
    return sum(is_ended(cue.text) for cue in cues) > _PUNCTUATED_RATIO * len(cues)


def _is_cut(cues: tuple[Cue, ...]) -> Callable[[Cue, Cue], bool]:
    """Whether a cue goes on with the sentence of the one before."""
    by_signs = is_punctuated(cues)

    def cut(before: Cue, cue: Cue) -> bool:
        if before.speaker != cue.speaker:
            return False
        if by_signs:
            return not is_ended(before.text)
        return before.end_s is not None and cue.start_s is not None and cue.start_s - before.end_s <= _RUNS_ON_S

    return cut


def _joined(cues: tuple[Cue, ...], goes_on: Callable[[Cue, Cue], bool]) -> Iterator[Stretch]:
    held: list[Cue] = []
    for cue in cues:
        if held and (len(held) >= _LONGEST_CUES or not goes_on(held[-1], cue)):
            yield Stretch(tuple(held))
            held = []
        held.append(cue)
    if held:
        yield Stretch(tuple(held))
