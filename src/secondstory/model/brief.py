"""One page for whoever leads the meeting: facts, what is contested, hard moments with a reply, whom to ask first."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.card import Card
from secondstory.model.meeting_plan import MeetingPlan
from secondstory.model.statement import OpeningStatement


@dataclass(frozen=True)
class BriefFact:
    """A fact that can be said aloud, with its time on the incident's clocks ("" = of the whole) and its evidence."""

    time: str
    words: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class LikelyMoment:
    """A hard moment that this incident makes likely, by what on its record, before a reply to it is chosen."""

    key: str  # such as M02
    why: str


@dataclass(frozen=True)
class PreparedMoment:
    """A likely moment with what can be said then."""

    key: str
    title: str
    why: str
    reply: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class AskFirst:
    """Whose account to ask for, by vantage point, and the question."""

    role: str
    question: str
    lacks: str


@dataclass(frozen=True)
class Brief:
    """The page. `contested` in neutral words; `cards` answer what executives ask."""

    plan: MeetingPlan
    facts: tuple[BriefFact, ...]
    contested: tuple[str, ...]
    moments: tuple[PreparedMoment, ...]
    cards: tuple[Card, ...]
    ask_first: tuple[AskFirst, ...]
    statements: tuple[OpeningStatement, ...]
