"""How long what is kept: by class, counted in days, and held while somebody put an incident under legal hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from secondstory.model.window import require_utc

_MOST_DAYS = 36_500


class RetainedClass(StrEnum):
    """What goes by itself once its time is over. All else is kept with its incident; captions are never kept."""

    TELEMETRY = "telemetry"  # raw rows; frozen evidence stays
    NAMES = "names"  # the sealed layer: who a token is


@dataclass(frozen=True)
class RetentionPolicy:
    """Days that each class is kept; None = for as long as the installation."""

    telemetry_days: int | None = 30  # from when it was first stored here
    names_days: int | None = 90  # from the last publication of the last incident that speaks of the person

    def __post_init__(self) -> None:
        for days in (self.telemetry_days, self.names_days):
            if days is not None and not 1 <= days <= _MOST_DAYS:
                raise ValueError(f"a number of days from 1 to {_MOST_DAYS}, or none at all, was expected")


@dataclass(frozen=True)
class Hold:
    """A legal hold: nothing of the incident goes, until it is lifted."""

    incident_id: str
    actor_id: str
    at: datetime
    why: str

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of the hold")


@dataclass(frozen=True)
class Tombstone:
    """That an incident was here and was deleted. Nothing of its content."""

    incident_id: str
    actor_id: str
    at: datetime
    why: str

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of the deletion")


@dataclass(frozen=True)
class Due:
    """Something that goes, when, and what keeps it back. `count`: rows, or persons."""

    kind: RetainedClass
    subject: str  # a recording, or a token
    incidents: tuple[str, ...]
    count: int
    bytes: int
    due_at: datetime | None  # None: an incident is not published yet, or the class is kept for good
    held_by: tuple[str, ...]  # incidents under legal hold

    def goes(self, now: datetime) -> bool:
        """True where its time is over and nothing keeps it back."""
        return self.due_at is not None and self.due_at <= now and not self.held_by


def over_at(since: datetime | None, days: int | None) -> datetime | None:
    """When the time is over that began at `since`; None where it has not begun, or never ends."""
    return since + timedelta(days=days) if since is not None and days is not None else None
