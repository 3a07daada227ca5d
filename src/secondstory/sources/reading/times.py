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


def micros_of(text: str) -> int:
    """One time, `NO_TIME` where it cannot be read or meant. A time without an offset counts as UTC."""
    return int(micros_of_texts(pa.array([text], pa.string()))[0])


def micros_of_texts(texts: pa.Array) -> Micros:
    """Times at once, shape (len(texts),); `NO_TIME` where one is missing or cannot be read or meant."""
    valid = np.asarray(texts.is_valid())
    if not valid.all():
        micros = np.full(len(texts), NO_TIME, dtype=np.int64)
        if valid.any():
            micros[valid] = micros_of_texts(texts.drop_null())
        return micros
    for read in (_iso, _whole, _broken):
        try:
            return read(texts)
        except pa.ArrowInvalid:
            continue
    return np.array([_one(text) for text in texts.to_pylist()], dtype=np.int64)


def _iso(texts: pa.Array) -> Micros:
    try:
        times = pc.cast(texts, pa.timestamp("ns", "UTC"))
    except pa.ArrowInvalid:
        times = pc.cast(texts, pa.timestamp("ns"))
    micros: Micros = np.asarray(times.cast(pa.int64())) // 1000
    return _checked(micros)


def _whole(texts: pa.Array) -> Micros:
    """Epoch numbers without a point; each row may have a unit of its own."""
    numbers = np.asarray(pc.cast(texts, pa.int64()))
    micros = np.full(numbers.shape, NO_TIME, dtype=np.int64)
    for _, factor in UNITS:
        inside = (numbers >= int(LOWEST_US / factor)) & (numbers < int(HIGHEST_US / factor))
        micros[inside] = numbers[inside] * int(factor) if factor >= 1 else numbers[inside] // 1000
    return micros


def _broken(texts: pa.Array) -> Micros:
    """Epoch numbers with a fraction."""
    numbers = np.asarray(pc.cast(texts, pa.float64()))
    micros = np.full(numbers.shape, NO_TIME, dtype=np.int64)
    for _, factor in UNITS:
        inside = (numbers >= LOWEST_US / factor) & (numbers < HIGHEST_US / factor)
        micros[inside] = np.rint(numbers[inside] * factor).astype(np.int64)
    return micros


def _one(text: str) -> int:
    """A time in a mixed column, or one that Arrow does not know (a comma before the fraction, a space around)."""
    plain = text.strip()
    try:
        time = datetime.fromisoformat(plain)
    except ValueError:
        number = pa.array([plain], pa.string())
        for read in (_whole, _broken):
            try:
                return int(read(number)[0])
            except pa.ArrowInvalid:
                continue
        return NO_TIME
    try:
        micros = epoch_us(time if time.tzinfo else time.replace(tzinfo=UTC))
    except OverflowError:
        return NO_TIME
    return micros if believable(micros) else NO_TIME


def _checked(micros: Micros) -> Micros:
    return np.where((micros >= LOWEST_US) & (micros < HIGHEST_US), micros, NO_TIME)
