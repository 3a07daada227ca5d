"""A probing question to an event of the timeline or a step of the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """What a question is after."""

    OBSERVATION = "observation"  # the cues that were in view
    ASSESSMENT = "assessment"  # the meaning given to them
    DECISION = "decision"  # options and stakes then
    SURPRISE = "surprise"  # where picture and system parted
    NORMAL_WORK = "normal_work"  # how it usually goes
    TRADE_OFFS = "trade_offs"  # competing aims
    HELP = "help"  # the way to help, and its threshold
    HAND_OVER = "hand_over"
    REVIEW = "review"
    ALERTS = "alerts"
    TESTS = "tests"
    RUNBOOK = "runbook"
    PROTECTIONS = "protections"
    RECOVERY = "recovery"
    LUCK = "luck"
    CONTRADICTION = "contradiction"  # evidence against the favourite
    CONFIDENCE = "confidence"


@dataclass(frozen=True)
class PlainQuestion:
    """What to ask at an entry of the timeline of which nothing special is missing; `kind` "" = of any other kind."""

    kind: str
    text: str


@dataclass(frozen=True)
class Question:
    """One open question. `lacks` says what makes it worth asking; `role` whose account is wanted, "" = anybody's."""

    kind: QuestionKind
    text: str
    lacks: str
    role: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One or two questions about one subject: an event or a hop by its key, or a step of the agenda."""

    subject: str
    title: str
    time: str  # on the incident's clocks; "" for a step of the agenda
    questions: tuple[Question, ...]
