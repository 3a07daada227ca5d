"""What a post-mortem meeting leaves behind for the document."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.window import Window


@dataclass(frozen=True)
class MeetingRecord:
    """Minutes: when it was held and what was settled, in sentences without persons."""

    held: Window
    decisions: tuple[str, ...]
    parking_lot: tuple[str, ...]
