"""What decisions about factors, lessons, actions and risks hold as text: JSON, so an edit is one whole new text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from secondstory.model.causes import Part
from secondstory.model.codec import decode
from secondstory.model.decision import Decision
from secondstory.model.errors import BadInput
from secondstory.model.plan import LessonKind, LinkKind
from secondstory.model.remedy import ActionKind, Area, Strength
from secondstory.model.subject import subject_key

FACTOR = "factor/"
LINK = "factor/link/"
LESSON = "lesson/"
ITEM = "action/item/"
RISK = "risk/"
FOLLOW_UP = "action/follow-up"
"""Subject of the day on which the plan is looked at together."""
NOBODY = "-"
"""Told in place of a token: whoever was asked to own an action, or to look, is asked no more."""
MOST_WORDS = 500
MOST_ANSWERS = 20
Said = TypeVar("Said")


@dataclass(frozen=True)
class FactorSaid:
    """A contributing factor; with `hypothesis` empty it is in people's own words."""

    words: str
    part: Part
    hypothesis: str = ""
    evidence_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _worded("a factor", self.words)


@dataclass(frozen=True)
class LinkSaid:
    """What a factor did to another."""

    source: str
    target: str
    kind: LinkKind
    words: str = ""

    def __post_init__(self) -> None:
        if self.source == self.target:
            raise ValueError("a factor does nothing to itself")


@dataclass(frozen=True)
class LessonSaid:
    """What went badly or well, or where luck helped."""

    kind: LessonKind
    words: str
    evidence_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _worded("a lesson", self.words)


@dataclass(frozen=True)
class ActionSaid:
    """An action as it is written; `due` counts from the day it was agreed and moves by a decision of its own."""

    title: str
    kind: ActionKind
    area: Area
    strength: Strength
    due: date
    zone: str
    strength_why: str = ""
    answers: tuple[str, ...] = ()
    criterion: str = ""
    team: str = ""
    proposal: str = ""

    def __post_init__(self) -> None:
        _worded("an action", self.title)
        ZoneInfo(self.zone)


@dataclass(frozen=True)
class RiskSaid:
    """What is left as it is, why that is acceptable, and until when."""

    answers: tuple[str, ...]
    words: str
    expires: date

    def __post_init__(self) -> None:
        _worded("an accepted risk", self.words)
        if not self.answers:
            raise ValueError("an accepted risk answers a factor or a lesson")


def read_said(decision: Decision, kind: type[Said]) -> Said | None:
    """What a decision's text holds; None where it is nothing of the kind."""
    try:
        return decode(decision.text.encode(), kind)
    except (BadInput, ValueError):
        return None


def factor_of(hypothesis: str) -> str:
    """The key of the factor that an accepted hypothesis is."""
    return subject_key("factor", hypothesis)


def _worded(what: str, words: str) -> None:
    if not words.strip():
        raise ValueError(f"{what} has no words")
