"""The opening statement of a meeting in three lengths, line by line, each line with what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Length(StrEnum):
    """How long it takes to say."""

    SHORT = "short"  # twenty seconds
    MEDIUM = "medium"  # a minute
    LONG = "long"  # two minutes


class SpokenPart(StrEnum):
    """What a line does, in the order in which they are said."""

    HARM = "harm"
    PROCESS = "process"  # who leads, and answers for its fairness
    PATH = "path"  # what is done here
    SPEECH = "speech"  # how people speak
    ACCOUNTABILITY = "accountability"
    NOTES = "notes"  # what happens to notes and recordings
    VOICE = "voice"  # how to object, pass, write unseen
    AGENDA = "agenda"
    FIRST = "first"  # the first question


ALWAYS = (SpokenPart.PATH, SpokenPart.SPEECH, SpokenPart.FIRST)
"""They stay at every length."""


@dataclass(frozen=True)
class SpokenLine:
    """One sentence or two. `evidence_ids` is empty where it tells no fact of the incident."""

    part: SpokenPart
    text: str
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpeningStatement:
    """What is said in the first minutes. `made_for` says in words what it was fitted to."""

    length: Length
    lines: tuple[SpokenLine, ...]
    made_for: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it is read aloud."""
        return " ".join(line.text for line in self.lines)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())
