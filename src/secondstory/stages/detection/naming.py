"""Metrics by the names that rules call them: what OpenTelemetry names a metric, and what Prometheus then shows.

Dots become underscores, the unit and `_total` are added, a histogram shows as `_bucket`, `_count` and `_sum`. Exporters
differ in whether they add unit and `_total`, so each metric answers to all of these spellings.
Reference: OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility".
"""

from __future__ import annotations

import re

_UNITS = {
    "s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds", "min": "minutes", "h": "hours",
    "d": "days", "By": "bytes", "KiBy": "kibibytes", "MiBy": "mebibytes", "GiBy": "gibibytes", "1": "ratio",
    "%": "percent", "Cel": "celsius", "Hz": "hertz", "V": "volts", "A": "amperes", "J": "joules", "W": "watts",
    "g": "grams", "m": "meters",
}  # fmt: skip
_PER = {"s": "second", "min": "minute", "h": "hour", "d": "day"}
_PARTS = ("_bucket", "_count", "_sum")
_ENDING = re.compile(rf"(_({'|'.join(_UNITS.values())})(_per_[a-z]+)?)?(_total)?({'|'.join(_PARTS)})?")
_UNFIT = re.compile(r"[^A-Za-z0-9_:]+")


def label_name(name: str) -> str:
    """An attribute's name as a label: letters, digits and underscores."""
    plain = _UNFIT.sub("_", name).replace(":", "_")
    return f"key_{plain}" if plain[:1].isdigit() else plain


def metric_name(name: str, unit: str | None, kind: str) -> str:
    """The name under which Prometheus shows a metric; a histogram's without `_bucket` and the like."""
    plain, word = _plain(name), _unit_word(unit, kind)
    whole = plain if not word or word in plain.split("_") else f"{plain}_{word}"
    return f"{whole}_total" if kind == "sum" and not whole.endswith("_total") else whole


def is_named(asked: str, name: str, unit: str | None, kind: str) -> bool:
    """Whether a rule that asks for `asked` means this metric (of a histogram: one of its parts)."""
    whole = metric_name(name, unit, kind)
    spellings = {_plain(name), whole, whole.removesuffix("_total"), f"{_plain(name)}_total" if kind == "sum" else whole}
    if kind in ("gauge", "sum"):
        return asked in spellings
    stem = next((asked.removesuffix(part) for part in _PARTS if asked.endswith(part)), None)
    return stem in spellings


def may_be_named(asked: str, name: str) -> bool:
    """The same before unit and kind are known: true for more than is meant, never for less."""
    plain = _plain(name)
    return asked.startswith(plain) and _ENDING.fullmatch(asked, len(plain)) is not None


def _plain(name: str) -> str:
    plain = re.sub(r"_{2,}", "_", _UNFIT.sub("_", name)).strip("_")
    return f"_{plain}" if plain[:1].isdigit() else plain


def _unit_word(unit: str | None, kind: str) -> str:
    if not unit or "{" in unit or (unit == "1" and kind != "gauge"):
        return ""
    counted, _, per = unit.partition("/")
    word = _UNITS.get(counted, "")
    return f"{word}_per_{_PER[per]}" if word and per in _PER else word
