"""What is kept of a rehearsal: grades by moment and criterion, and never a word that was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HardMoment(StrEnum):
    """What the cue before an answer does; it decides which criteria are asked of the answer."""

    ACCUSATION = "accusation"  # of a person, over a checklist, of a team
    THREATENED = "threatened"  # somebody defends, or denies
    SELF_BLAME = "self_blame"
    FACT_QUESTION = "fact_question"  # an honest one
    DEMAND = "demand"  # for a name, or for consequences
    SILENCE = "silence"  # or its twin, a long speech


class Criterion(StrEnum):
    """What an answer is looked at for."""

    ACKNOWLEDGES = "acknowledges"
    SYSTEM = "system"
    EVIDENCE = "evidence"
    VOICE = "voice"
    NO_BLAME = "no_blame"
    NO_LECTURE = "no_lecture"
    CALM = "calm"
    SHORT = "short"


class End(StrEnum):
    """How a room ended."""

    CALM = "calm"
    HELD = "held"  # time over, tension low, nobody harmed
    OUTSIDE = "outside"  # a firm choice was offered when nothing else was left
    HARM = "harm"  # a name was given, or the one who was attacked has gone
    UNSETTLED = "unsettled"  # time over, and the room still tense


@dataclass(frozen=True)
class PractisedTurn:
    """One answer as numbers: its grade 0..100, and how far each criterion was met, 0..1, in the order of Criterion."""

    moment: HardMoment
    grade: int
    met: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.met) != len(Criterion) or not all(0 <= share <= 1 for share in self.met):
            raise ValueError("a turn holds a share of 0 to 1 for each criterion")
        if not 0 <= self.grade <= 100:
            raise ValueError(f"a grade is 0 to 100, not {self.grade}")


@dataclass(frozen=True)
class Practice:
    """One rehearsal of one person. `end` None: it was left before its end."""

    id: str
    actor_id: str
    at: datetime
    room: str
    level: int
    turns: tuple[PractisedTurn, ...]
    end: End | None
