"""The contract of a rehearsal room: who is there, what they say when, what is hidden, what calms and what inflames.

What the cast says is provocation, and data: it is shown as theirs, and never as our own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.blameless.rehearsal.practice import PLAYED_SLOTS
from secondstory.blameless.rehearsal.telling import slots
from secondstory.model.rehearsal import HardMoment

LEVELS = (1, 2, 3)
TURNS = {1: 6, 2: 8, 3: 10}
START_PRESSURE = {1: 3, 2: 5, 3: 7}
_FEWEST_WORDINGS = 4


@dataclass(frozen=True)
class Part:
    """Somebody in the room, by role. Never a real colleague."""

    key: str
    title: str
    initials: str


@dataclass(frozen=True)
class Line:
    """What a part says at one point, in several wordings. `craft` names the moment of the craft, such as M01.

    A wording may hold slots of the fact sheet; it is only said where they are known. At least one needs none.
    """

    by: str
    moment: HardMoment
    craft: str
    wordings: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.wordings) < _FEWEST_WORDINGS or len(set(self.wordings)) != len(self.wordings):
            raise ValueError(f"{_FEWEST_WORDINGS} different wordings at least: {self.wordings[:1]}")
        if any(not slots(one) <= PLAYED_SLOTS for one in self.wordings) or all(slots(one) for one in self.wordings):
            raise ValueError(f"known slots, and one wording without any: {self.wordings[:1]}")


@dataclass(frozen=True)
class Script:
    """One room. Lines of the cast: three openings by level, then by how the room goes."""

    name: str
    title: str
    about: str  # a few words below the title
    cast: tuple[Part, ...]
    target: str  # the part that is attacked, and that falls silent
    voices: tuple[str, ...]  # parts worth inviting, the best first
    openings: tuple[Line, Line, Line]
    press: Line  # after a weak or bad answer
    harder: Line  # the same at high tension
    ease: Line  # after a good answer; it still wants something
    join: Line  # the second voice
    concern: Line  # once what is hidden was met
    hidden: str  # told in the debrief
    concern_words: tuple[str, ...]  # stems; an answer that holds one of them meets what is hidden
    inflames: tuple[str, ...]  # words that raise tension here
    calms_by: str  # told in the debrief
    goal: str

    def __post_init__(self) -> None:
        keys = {part.key for part in self.cast}
        lines = (*self.openings, self.press, self.harder, self.ease, self.join, self.concern)
        strangers = {self.target, *self.voices, *(line.by for line in lines)} - keys
        if strangers:
            raise ValueError(f"{self.name}: nobody in the cast is called {sorted(strangers)}")

    def part(self, key: str) -> Part:
        """A member of the cast by key."""
        return next(part for part in self.cast if part.key == key)
