"""A post-mortem meeting as it is kept: when it was held, and what it left behind for the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.model.hearing import CoachCount
from secondstory.model.window import Window, require_utc


@dataclass(frozen=True)
class MeetingRecord:
    """Minutes: when it was held and what was settled, in sentences without persons."""

    held: Window
    decisions: tuple[str, ...]
    parking_lot: tuple[str, ...]


@dataclass(frozen=True)
class Meeting:
    """One meeting of an incident, counted from 1. `record` is None until it is distilled into minutes.

    `coach`: how often the coach found what, and what was done with it; all else that it heard is destroyed.
    """

    incident_id: str
    number: int
    started_at: datetime
    ended_at: datetime | None = None
    record: MeetingRecord | None = None
    coach: tuple[CoachCount, ...] = ()

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
