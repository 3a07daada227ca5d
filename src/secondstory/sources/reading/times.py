"""Epoch numbers and their doubtful units to microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from secondstory.model.window import epoch_us

LOWEST_US = epoch_us(datetime(2000, 1, 1, tzinfo=UTC))
HIGHEST_US = epoch_us(datetime(2100, 1, 1, tzinfo=UTC))
"""Times outside these years are taken for a mistake of unit or clock and rejected."""

UNITS = (("seconds", 1_000_000.0), ("milliseconds", 1_000.0), ("microseconds", 1.0), ("nanoseconds", 0.001))
"""Name and microseconds of each unit. The years 2000 to 2100 of two units never share a number."""


def believable(time_us: int) -> bool:
    """True if a time lies in the years 2000 to 2099."""
    return LOWEST_US <= time_us < HIGHEST_US


def likely_unit(number: float) -> str | None:
    """The unit in which an epoch number falls into 2000 to 2100, or None where it does in none."""
    return next((name for name, us in UNITS if LOWEST_US <= number * us < HIGHEST_US), None)


def unit_words(number: float) -> str:
    """What an unbelievable epoch number looks like, for an error message."""
    unit = likely_unit(number)
    return f"it looks like {unit}" if unit else "it fits no unit"
