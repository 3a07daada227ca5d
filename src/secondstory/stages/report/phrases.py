"""Numbers and intervals as the words and digits that a person reads."""

from __future__ import annotations

import re
import unicodedata

from secondstory.model.impact import Figure
from secondstory.texts import catalogue, say
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number

_INDICATOR = re.compile(r"\b[a-z][\w.]*\{[^{}\s]*\}|\b[a-z]\w*(?:\.\w+){2,}|\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
_LONG_KEY = re.compile(r"(?<=[{,])[\w.]*\.(\w+=)")  # of `db.client.connection.state=used` a reader needs `state=used`
TITLE_LENGTH = 200
CLAIM_LENGTH = 600


def figure_value(figure: Figure, *, bare: bool = False) -> str:
    """The figure's own number; `bare` leaves the unit to a sentence that names what is counted."""
    return number(figure.value) if bare else measure(figure.value, figure.unit)


def figure_range(figure: Figure, *, bare: bool = False) -> str:
    """The figure's interval, or the word that it was counted exactly."""
    if figure.low == figure.high:
        return say("report.exact")
    if bare:
        return say("report.range", low=number(figure.low), high=number(figure.high))
    low, high = measure(figure.low, figure.unit).split(), measure(figure.high, figure.unit).split()
    same_unit = len(low) == len(high) == 2 and low[1] == high[1]  # 58 to 60 %, not 58 % to 60 %
    return say("report.range", low=low[0] if same_unit else " ".join(low), high=" ".join(high))


def weight(share: float) -> str:
    """A share of belief as whole per cent that claims neither certainty nor nothing."""
    if 0 < share < 0.005:
        return say("report.under_one")
    return say("report.over_ninety_nine") if share >= 0.995 else f"{share * 100:.0f}"


def listed(parts: tuple[str, ...]) -> str:
    """A list as a phrase: a; a and b; a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return say("report.list_end", first=", ".join(parts[:-1]), last=parts[-1])


def code(text: str) -> str:
    """Something that a machine recorded, set apart by back-ticks; formats turn these into their own form."""
    return f"`{clean(text, TITLE_LENGTH).replace('`', 'ʼ')}`"


def readable(sentence: str) -> str:
    """A sentence in which indicators stand in words where we have them, else set apart and without long keys."""
    first = _INDICATOR.match(sentence)
    text = _INDICATOR.sub(lambda found: indicator_words(found[0]), sentence.replace("`", "ʼ"))
    return text[:1].upper() + text[1:] if first is not None else text


def indicator_words(indicator: str) -> str:
    """An indicator in words where we have them, else as recorded, its attributes' keys cut to their last word."""
    key = f"report.indicator_{indicator}"
    return say(key) if key in catalogue() else code(_LONG_KEY.sub(r"\1", indicator))


def quoted(text: str) -> str:
    """Recorded words inside our sentence."""
    return f"“{clean(text, TITLE_LENGTH).replace('`', 'ʼ')}”"


def clean(text: str, length: int = CLAIM_LENGTH) -> str:
    """Text in one line, without control or direction characters, cut at `length` with a note of what was cut."""
    line = " ".join("".join(c for c in text[: length * 4] if c.isspace() or not _unsafe(c)).split())
    if len(line) <= length and len(text) <= length * 4:
        return line
    return line[:length].rstrip() + say("report.cut", left=f"{len(text) - min(len(line), length):,}")


def _unsafe(character: str) -> bool:
    # Cc control, Cf format (direction marks, joiners), Cs surrogates, Co private use, Cn unassigned
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")
