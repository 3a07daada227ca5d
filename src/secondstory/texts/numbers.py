"""How we say a number inside a sentence: three leading digits, no exponent, no false precision."""

from __future__ import annotations

import string
from collections.abc import Callable
from decimal import Decimal

TEXTS = {"over": "over {limit}"}
_MOST_TIMES = 100  # a scale of chance comes from few samples; what lies beyond says nothing more


def number(value: float) -> str:
    """A number with three leading digits, whole from a hundred on.

    >>> number(0.0412), number(73421.5), number(0.00004694), number(-3.14159)
    ('0.0412', '73,422', '0.000047', '−3.14')
    """
    value += 0.0  # minus zero is zero
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}".replace("-", "−")
    if abs(value) < 1e-6:
        return f"{value:.2g}".replace("-", "−", 1)  # more zeros than a reader can count
    text = f"{value:.3g}" if abs(value) >= 1e-3 else f"{Decimal(f'{value:.2g}'):f}"
    return text.replace("-", "−", 1)


def times(value: float) -> str:
    """How many times as large, capped: 3.2, 44, over 100."""
    if value > _MOST_TIMES:
        return TEXTS["over"].format(limit=_MOST_TIMES)
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


class Sentence(string.Formatter):
    """`str.format` with two more formats for facts that are numbers: `{x:number}` and `{x:times}`."""

    def format_field(self, value: object, format_spec: str) -> str:
        """One fact in its format."""
        said = _FORMATS.get(format_spec)
        return said(value) if said is not None and isinstance(value, (int, float)) else format(value, format_spec)


_FORMATS: dict[str, Callable[[float], str]] = {"number": number, "times": times}
