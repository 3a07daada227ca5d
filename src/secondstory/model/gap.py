"""Missing data as a value, shown wherever a conclusion could have rested on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secondstory.model.window import Window


class GapReason(StrEnum):
    """Why something is missing."""

    NO_DATA = "no_data"  # the source answered and has nothing
    FAILED = "failed"  # the source did not answer
    REJECTED = "rejected"  # rows could not be read
    UNMAPPED = "unmapped"  # rows name no service
    NOT_RECORDED = "not_recorded"  # nobody collects this
    NOT_HELD = "not_held"  # a meeting that did not take place
    REDACTED = "redacted"  # taken out on purpose
    NOT_KEPT = "not_kept"  # was given up when its time was over, or stayed where the incident comes from


@dataclass(frozen=True)
class Gap:
    """A stretch in which a source has nothing that we can use; `window` None = the whole incident."""

    key: str  # subject key
    source: str
    window: Window | None
    reason: GapReason
    detail: str  # one sentence: what is missing and what it means for conclusions

    def __post_init__(self) -> None:
        if not self.source or not self.detail:
            raise ValueError("a gap names its source and says what it means")
