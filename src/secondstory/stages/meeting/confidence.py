"""How sure, in words: likelihood on one ladder with its range printed, and confidence in the evidence beside it.

Idea: the ladder of ICD 203 (US Office of the Director of National Intelligence, 2015), never below 1 or above 99 %.
Misleads where the share it is given was never compared with outcomes. Reference for printing the range in the
sentence: Wintle et al. 2019, PLOS ONE 14(3) e0213522.
"""

from __future__ import annotations

from secondstory.model.card import Line, LinePart
from secondstory.stages.meeting.dossier import Dossier
from secondstory.texts import say
from secondstory.texts.cards import LADDER


def likelihood(share: float) -> str:
    """A share in [0, 1] as a word with its range; on a border the less extreme word.

    >>> likelihood(0.82), likelihood(1.0), likelihood(0.2)
    ('very likely (80–95 %)', 'almost certain (95–99 %)', 'unlikely (20–45 %)')
    """
    percent = share * 100
    if percent < 50:
        word, low, high = next(rung for rung in LADDER if percent < rung[2])
    else:
        word, low, high = next((rung for rung in LADDER if percent <= rung[2]), LADDER[-1])
    return say("cards.likelihood", word=word, low=low, high=high)


def evidence_line(dossier: Dossier, lines: tuple[Line, ...]) -> Line:
    """Confidence in the evidence, in a sentence of its own: high for independent measured signals, low for gaps."""
    rests_on = {i for line in lines for i in line.evidence_ids}
    window = dossier.impact.window
    hidden = [gap for gap in dossier.telemetry_gaps if gap.window is None or (window and gap.window.overlaps(window))]
    level = "gaps" if hidden else "high" if len(rests_on) > 1 else "one"
    return Line(LinePart.CONFIDENCE, say(f"cards.evidence_{level}"), tuple(sorted(rests_on)))
