"""How we say a number with its unit: shares as per cent, seconds as durations, bytes by 1,024."""

from __future__ import annotations

from secondstory.texts.durations import duration
from secondstory.texts.numbers import number

TEXTS = {"per_second": "per s"}
_BYTES = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))
_SHARES = frozenset({"ratio", "1", "share"})


def measure(value: float, unit: str | None) -> str:
    """A number with its unit, in the form that people use: shares as %, seconds as durations, bytes by 1,024."""
    if unit in _SHARES:
        share = abs(value) * 100
        return ("−" if value < 0 else "") + (f"{share:.0f} %" if share >= 10 or not share else f"{share:.2g} %")
    if unit == "s" and 0 < abs(value) < 0.1:
        return f"{number(value * 1000)} ms"
    if unit == "s":
        return duration(value) if abs(value) >= 10 else f"{number(value)} s"
    if unit == "ms" and abs(value) >= 1000:
        return f"{number(value / 1000)} s"
    if unit == "By":
        return next(
            (f"{number(value / size)} {name}" for size, name in _BYTES if abs(value) >= size), f"{number(value)} B"
        )
    return f"{number(value)} {unit_name(unit, value)}".rstrip()


def unit_name(unit: str | None, value: float = 2) -> str:
    """A unit as words: the annotation `{connection}` of OpenTelemetry reads connections."""
    if unit is None or unit in _SHARES:
        return ""
    if unit == "1/s":
        return TEXTS["per_second"]
    inner = unit.strip("{}")
    return f"{inner}s" if unit != inner and value != 1 and not inner.endswith("s") else inner
