"""Times as logs and exports write them (RFC 3339 and its relatives, epoch numbers of any unit) to microseconds UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.window import epoch_us

LOWEST_US = epoch_us(datetime(2000, 1, 1, tzinfo=UTC))
HIGHEST_US = epoch_us(datetime(2100, 1, 1, tzinfo=UTC))
"""Times outside these years are taken for a mistake of unit or clock and rejected."""

UNITS = (("seconds", 1_000_000), ("milliseconds", 1_000), ("microseconds", 1), ("nanoseconds", 0.001))
"""Name and microseconds of each unit. The years 2000 to 2100 of two units never share a number."""

NO_TIME = np.iinfo(np.int64).min
"""Stands for a time that is missing or cannot be meant."""

Micros = npt.NDArray[np.int64]


def believable(time_us: int) -> bool:
    """True if a time lies in the years 2000 to 2099."""
    return LOWEST_US <= time_us < HIGHEST_US


def unit_words(number: float) -> str:
    """What an unbelievable epoch number looks like, for an error message."""
    unit = next((name for name, us in UNITS if LOWEST_US <= number * us < HIGHEST_US), None)
    return f"it looks like {unit}" if unit else "it fits no unit"


def micros_of(value: object) -> int:
    """One time, `NO_TIME` where it cannot be read. A text without an offset counts as UTC."""
    if isinstance(value, bool) or value is None:
        return NO_TIME
    if isinstance(value, int | float):
        return _epoch(value)
    text = str(value).strip()
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return _epoch_text(text)
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    micros = epoch_us(aware)
    return micros if believable(micros) else NO_TIME


def micros_of_column(values: list[object]) -> Micros:
    """Many times at once, shape (len(values),); `NO_TIME` where one is missing or cannot be read."""
    kinds = set(map(type, values))
    if kinds == {str}:
        parsed = _iso_column(values)
        if parsed is not None:
            return parsed
    elif kinds == {int} or kinds == {float}:
        return _epoch_column(values)
    return np.array([micros_of(value) for value in values], dtype=np.int64)


def _iso_column(values: list[object]) -> Micros | None:
    texts = pa.array(values, pa.string())
    for zone in ("UTC", None):
        try:
            times = pc.cast(texts, pa.timestamp("ns", zone))
        except pa.ArrowInvalid:
            continue
        micros: Micros = np.asarray(times.cast(pa.int64())) // 1000
        return _checked(micros)
    return None


def _epoch_column(values: list[object]) -> Micros:
    try:
        numbers = np.array(values)
        whole = numbers.dtype == np.int64
    except (OverflowError, ValueError):
        whole = False
    if not whole:
        return np.array([micros_of(value) for value in values], dtype=np.int64)
    micros = np.full(numbers.shape, NO_TIME, dtype=np.int64)
    for _, factor in UNITS:
        low, high = (int(edge / factor) for edge in (LOWEST_US, HIGHEST_US))
        inside = (numbers >= low) & (numbers < high)
        micros[inside] = numbers[inside] * int(factor) if factor >= 1 else numbers[inside] // 1000
    return micros


def _epoch(number: float) -> int:
    for _, factor in UNITS:
        if LOWEST_US <= number * factor < HIGHEST_US:
            if isinstance(number, int):
                return number * int(factor) if factor >= 1 else number // 1000
            return round(number * factor)
    return NO_TIME


def _epoch_text(text: str) -> int:
    try:
        return _epoch(int(text) if text.isdecimal() else float(text))
    except (ValueError, OverflowError):
        return NO_TIME


def _checked(micros: Micros) -> Micros:
    return np.where((micros >= LOWEST_US) & (micros < HIGHEST_US), micros, NO_TIME)
