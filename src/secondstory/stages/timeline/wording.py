"""Onsets in words: short names of indicators, values with their units, one sentence for a move."""

from __future__ import annotations

from secondstory.model.signal import SignalKind
from secondstory.model.timeline import Onset
from secondstory.texts import say


def describe_onset(onset: Onset) -> str:
    """One sentence: which signal moved from where to where, and what is usual."""
    before, during, low, high = (
        _quantity(onset, value) for value in (onset.before, onset.during, onset.band_low, onset.band_high)
    )
    sentence = "timeline.moved_up" if onset.strength > 0 else "timeline.moved_down"
    return say(sentence, name=name_of(onset), before=before, during=during, low=low, high=high)


def _quantity(onset: Onset, value: float) -> str:
    """A value with its unit; a share of failures in per cent."""
    if onset.unit == "1" and onset.kind is SignalKind.ERRORS:
        return f"{plain_number(100 * value)} %"
    unit = {"1": "", "1/s": "/s"}.get(onset.unit or "", onset.unit or "")
    named = onset.indicator.endswith(f"_{unit}") or unit.startswith("{")
    return plain_number(value) + ("" if named or not unit else unit if unit == "/s" else f" {unit}")


def name_of(onset: Onset) -> str:
    """The indicator with its attributes' keys cut to their last word: `connection.count (state=used) → shop-db`."""
    name, _, attributes = onset.indicator.partition("{")
    if attributes:
        pairs = [pair.partition("=") for pair in attributes.rstrip("}").split(",")]
        told = ", ".join(f"{key.split('.')[-1]}={value}" for key, _, value in pairs)
        name += f" ({told})"
    return f"{name} → {onset.peer}" if onset.peer else name


def short_name_of(onset: Onset) -> str:
    """The indicator without its attributes."""
    name = onset.indicator.partition("{")[0]
    return f"{name} → {onset.peer}" if onset.peer else name


def plain_number(value: float) -> str:
    """Three significant digits without an exponent.

    >>> plain_number(1234.5678), plain_number(0.012345), plain_number(-0.0)
    ('1,235', '0.0123', '0')
    """
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:#.3g}" if abs(value) >= 0.0001 else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text
