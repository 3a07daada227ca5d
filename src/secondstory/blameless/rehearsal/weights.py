"""How much each criterion counts in each moment: required, a bonus, or not asked for.

Eight criteria with 15, 20, 15, 10, 15, 10, 5 and 10 points. Where turning to the system would be the wrong move, its
twenty points go to the move that the moment asks for: the answer itself, support, or another voice.
"""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.rehearsal import Criterion, HardMoment

_POINTS = dict(zip(Criterion, (15, 20, 15, 10, 15, 10, 5, 10), strict=True))
_ALWAYS = (Criterion.NO_BLAME, Criterion.NO_LECTURE, Criterion.CALM, Criterion.SHORT)
_REQUIRED = {
    HardMoment.ACCUSATION: (Criterion.ACKNOWLEDGES, Criterion.SYSTEM, Criterion.EVIDENCE),
    HardMoment.THREATENED: (Criterion.ACKNOWLEDGES, Criterion.SYSTEM, Criterion.EVIDENCE),
    HardMoment.SELF_BLAME: (Criterion.ACKNOWLEDGES,),
    HardMoment.FACT_QUESTION: (Criterion.EVIDENCE,),
    HardMoment.DEMAND: (Criterion.ACKNOWLEDGES, Criterion.SYSTEM),
    HardMoment.SILENCE: (Criterion.EVIDENCE, Criterion.VOICE),
}
_INSTEAD_OF_SYSTEM = {
    HardMoment.SELF_BLAME: Criterion.ACKNOWLEDGES,
    HardMoment.FACT_QUESTION: Criterion.EVIDENCE,
    HardMoment.SILENCE: Criterion.VOICE,
}
MOST_BONUS = 10


@dataclass(frozen=True)
class Weights:
    """Points by criterion. Required ones are rescaled to 100; all bonuses together add `MOST_BONUS` at most."""

    required: tuple[tuple[Criterion, int], ...]
    bonus: tuple[tuple[Criterion, int], ...]


def weights(moment: HardMoment) -> Weights:
    """What counts in this moment, in the order of the criteria."""
    wanted = {*_REQUIRED[moment], *_ALWAYS}
    instead = _INSTEAD_OF_SYSTEM.get(moment)
    moved = _POINTS[Criterion.SYSTEM] if instead is not None else 0
    points = {one: _POINTS[one] + (moved if one is instead else 0) for one in Criterion}
    rest = [one for one in Criterion if one not in wanted and (one is not Criterion.SYSTEM or instead is None)]
    return Weights(
        tuple((one, points[one]) for one in Criterion if one in wanted), tuple((one, points[one]) for one in rest)
    )
