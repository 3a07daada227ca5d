"""Takes the other side: the strongest case against the leading hypothesis, from the matrix alone."""

from __future__ import annotations

from secondstory.model.causes import Hypothesis
from secondstory.model.matrix import Cell, Column, Doubt, Objection, PredictionRow, Result
from secondstory.texts import say

MOST_DOUBTS = 5
UNDONE = "prediction/undone/"


def objection_to(
    rows: tuple[PredictionRow, ...], hypotheses: tuple[Hypothesis, ...], order: list[Column]
) -> Objection | None:
    """What a good opponent would say: what failed, what was never tested, and what the best rival stands on."""
    if not order:
        return None
    by_key = {one.key: one for one in hypotheses}
    leader = by_key[order[0].hypothesis]
    rival = by_key[order[1].hypothesis] if len(order) > 1 else None
    own = [(row, cell) for row in rows for cell in row.cells if cell.hypothesis == leader.key]
    held = [row for row, cell in own if cell.result is Result.HELD]
    facts = _facts(held)
    question = say(
        "matrix.objection_question" if facts else "matrix.objection_open", leader=_named(leader), facts=facts
    )
    doubts = [*_failed(own), *_untold(own), *_circular(own), *_rival(rows, rival, order)]
    return Objection(leader.key, rival.key if rival is not None else None, question, tuple(doubts[:MOST_DOUBTS]))


def _facts(held: list[PredictionRow]) -> str:
    """What held and tells most, with figures; and the change that ended it, where one did."""
    departed = [row for row in held if row.signal_keys]
    telling = min(departed, key=lambda row: (-row.separates, row.key), default=None)
    ended = next((row for row in held if row.key.startswith(UNDONE)), None)
    told = [f"{telling.title} ({telling.observed.rstrip('.')})"] if telling is not None else []
    return ". ".join([*told, ended.title] if ended is not None else told)


def _named(hypothesis: Hypothesis) -> str:
    return f"{hypothesis.service} → {hypothesis.peer}" if hypothesis.peer else hypothesis.service


def _failed(own: list[tuple[PredictionRow, Cell]]) -> list[Doubt]:
    return [
        Doubt(say("matrix.objection_failed", prediction=cell.prediction, observed=cell.observed), cell.evidence_ids)
        for row, cell in sorted(own, key=lambda pair: (-pair[0].weight, pair[0].key))
        if cell.result is Result.FAILED
    ]


def _untold(own: list[tuple[PredictionRow, Cell]]) -> list[Doubt]:
    return [
        Doubt(say("matrix.objection_untold", prediction=cell.prediction, observed=cell.observed), row.evidence_ids)
        for row, cell in own
        if cell.result is Result.UNTOLD
    ]


def _circular(own: list[tuple[PredictionRow, Cell]]) -> list[Doubt]:
    return [Doubt(cell.observed, row.evidence_ids) for row, cell in own if cell.circular]


def _rival(rows: tuple[PredictionRow, ...], rival: Hypothesis | None, order: list[Column]) -> list[Doubt]:
    """What the best rival has to say for itself."""
    if rival is None:
        return []
    held = [
        (row, cell) for row in rows for cell in row.cells if cell.hypothesis == rival.key and cell.result is Result.HELD
    ]
    told = {"rival": _named(rival), "against": order[1].against_low}
    if not held:
        return [Doubt(say("matrix.objection_rival_bare", **told), ())]
    row, cell = max(held, key=lambda pair: (pair[0].separates, pair[0].weight, pair[0].key))
    return [Doubt(say("matrix.objection_rival", prediction=cell.prediction, **told), row.evidence_ids)]
