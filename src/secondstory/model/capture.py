"""What is caught of the talk in a meeting: its kind, and what a spoken sentence was read as before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from secondstory.model.policy import Policy
from secondstory.model.remedy import ActionKind, Strength
from secondstory.model.room import ItemKind


class Slot(StrEnum):
    """A part of what a sentence is read as."""

    TEXT = "text"
    OWNER = "owner"
    DUE = "due"
    VERIFIER = "verifier"


class Doubt(StrEnum):
    """Why a part stays open until somebody says it; each has its sentence in `texts/capturing.py`."""

    NOBODY = "nobody"  # no person is named
    ANYBODY = "anybody"  # "someone should"
    ALL_OF_US = "all_of_us"  # "we need to"
    SEVERAL = "several"
    TEAM = "team"
    UNKNOWN = "unknown"  # a name that nobody in the room has
    SAME_NAME = "same_name"
    POINTED = "pointed"  # "he", "you": the words alone do not say who
    NO_SPEAKER = "no_speaker"  # "I", and nobody said who speaks
    SAME_AS_OWNER = "same_as_owner"
    POINTS_BACK = "points_back"  # "I'll take it": what it is was said before
    NO_DATE = "no_date"
    NO_DAY = "no_day"  # a time is named, and no day can be read from it: "before the launch", "next month"
    EITHER_DAY = "either_day"  # "next Friday"
    TWO_DAYS = "two_days"
    NO_SPRINT = "no_sprint"
    DAY_OVER = "day_over"
    WRONG_DAY = "wrong_day"  # "Friday the 26th", which is a Thursday; the 31st of November


@dataclass(frozen=True)
class Unsure:
    """A part that nobody may guess: the words that stand for it, why, and what it may be, to choose from."""

    slot: Slot
    why: Doubt
    words: str = ""
    offers: tuple[str, ...] = ()  # tokens of people, or days as 2026-11-20


@dataclass(frozen=True)
class Attendee:
    """Somebody whose name may be said. Names: whole or in parts, as people call each other."""

    token: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Around:
    """What a sentence is read against."""

    people: tuple[Attendee, ...]
    speaker: str  # a token; empty where nobody said who speaks
    today: date  # in the incident's zone
    policy: Policy


@dataclass(frozen=True)
class Reading:
    """A sentence as it would be kept. What is in `unsure` has no value here: it is asked, never guessed."""

    kind: ItemKind
    text: str
    owner: str | None = None  # a token
    owner_words: str = ""
    team: str = ""
    due: date | None = None
    due_words: str = ""
    verifier: str | None = None
    action_kind: ActionKind | None = None
    strength: Strength | None = None
    unsure: tuple[Unsure, ...] = ()

    def __post_init__(self) -> None:
        values = {Slot.OWNER: self.owner, Slot.DUE: self.due, Slot.VERIFIER: self.verifier}
        for one in self.unsure:
            if values.get(one.slot) is not None:
                raise ValueError(f"{one.slot.value} is unsure and has a value")
