"""How we say a stretch of time, in the two units that matter."""

from __future__ import annotations

from secondstory.texts import say

TEXTS = {
    "under_a_second": "under 1 s",
    "range": "{low} to {high}",
}


def duration(seconds: float) -> str:
    """Seconds as 35 s, 2 min 35 s, 1 h 05 min or 3 d 04 h.

    >>> duration(155), duration(3900)
    ('2 min 35 s', '1 h 05 min')
    """
    whole = round(abs(seconds))
    sign = "−" if seconds < 0 and whole else ""
    if whole < 60:
        return f"{sign}{whole} s" if whole or not seconds else say("durations.under_a_second")
    if whole < 3600:
        return sign + _two(whole, 60, "min", "s")
    if whole < 86400:
        return sign + _two(whole // 60, 60, "h", "min")
    return sign + _two(whole // 3600, 24, "d", "h")


def between(low_s: float, high_s: float) -> str:
    """A range of durations, never below zero; one where both read the same."""
    low, high = duration(max(low_s, 0.0)), duration(max(high_s, 0.0))
    return low if low == high else say("durations.range", low=low, high=high)


def _two(count: int, per: int, large: str, small: str) -> str:
    rest = count % per
    return f"{count // per} {large} {rest:02} {small}" if rest else f"{count // per} {large}"
