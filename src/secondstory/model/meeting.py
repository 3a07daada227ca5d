"""A post-mortem meeting as it is kept: when it was held, and what it left behind for the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secondstory.model.hearing import CoachCount
from secondstory.model.window import Window, require_utc


@dataclass(frozen=True)
class BoxHeld:
    """A part of the agenda with the minutes that it was given and took."""

    title: str
    planned_min: int
    spent_min: float


@dataclass(frozen=True)
class AccountTold:
    """What somebody told of the outage, by role token, "" = nobody wrote down whose words they are."""

    text: str
    by: str
    at: datetime | None = None


@dataclass(frozen=True)
class ActionHeld:
    """An action as it stood at the end. `ownership`: nobody, asked, accepted or declined."""

    key: str
    text: str
    owner: str
    ownership: str
    due: date | None
    verifier: str = ""


@dataclass(frozen=True)
class EvidenceCalled:
    """Data that the room asked for, and of whom; "" = of nobody yet."""

    text: str
    asked: str
    due: date | None = None


@dataclass(frozen=True)
class PollHeld:
    """A question to the room with how often each choice was taken; by whom is not kept."""

    question: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MeetingRecord:
    """Minutes: when it was held and what was settled, in sentences without persons. `present`: role tokens."""

    held: Window
    decisions: tuple[str, ...]
    parking_lot: tuple[str, ...]
    number: int = 1
    agenda: tuple[BoxHeld, ...] = ()
    present: tuple[str, ...] = ()
    accounts: tuple[AccountTold, ...] = ()
    hypotheses: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    actions: tuple[ActionHeld, ...] = ()
    evidence_called: tuple[EvidenceCalled, ...] = ()
    polls: tuple[PollHeld, ...] = ()
    discussed: tuple[str, ...] = ()  # subject keys of the events that were shown
    notes: str = ""


@dataclass(frozen=True)
class Meeting:
    """One meeting of an incident, counted from 1. `record` is None until it is distilled into minutes.

    `coach`: how often the coach found what, and what was done with it; all else that it heard is destroyed.
    `is_settled`: the minutes are made, and of its room's log only what outlives the meeting is left.
    """

    incident_id: str
    number: int
    started_at: datetime
    ended_at: datetime | None = None
    record: MeetingRecord | None = None
    coach: tuple[CoachCount, ...] = ()
    is_settled: bool = False

    def __post_init__(self) -> None:
        require_utc(self.started_at, "the begin of a meeting")
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise ValueError("a meeting ends after it began")
        if self.number < 1:
            raise ValueError("meetings are counted from 1")

    @property
    def is_live(self) -> bool:
        """True while nobody has ended it."""
        return self.ended_at is None
