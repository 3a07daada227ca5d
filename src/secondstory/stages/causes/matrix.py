"""Sets hypotheses against predictions: what separates them, who is least contradicted, and what would change that.

Ranked by least inconsistency: evidence that fits a hypothesis fits others as well, evidence that does not fit rules it
out (R. J. Heuer, Psychology of Intelligence Analysis, 1999, chapter 8). The weight against a hypothesis is a range: at
least what failed, at most that and all that nobody could tell. Misleads where rows repeat each other.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from secondstory.model.causes import Hypothesis, Part, Standing
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb
from secondstory.model.matrix import Cell, Column, Flip, Matrix, PredictionRow, Result
from secondstory.model.sightings import Sightings
from secondstory.stages.causes.circumstances import circumstance_rows
from secondstory.stages.causes.objection import objection_to
from secondstory.stages.causes.particulars import particular_rows
from secondstory.stages.causes.predictions import Bench, signal_rows
from secondstory.stages.causes.standpoint import Calls
from secondstory.texts import say

MOST_ROWS = 16  # a meeting reads no more; rows that say least are counted, not shown
MOST_FLIPS = 5
TOLD = (Result.HELD, Result.FAILED)


def build_matrix(
    facts: Sightings,
    hypotheses: tuple[Hypothesis, ...],
    marks: dict[str, Decision],
    contributions: tuple[Contribution, ...],
) -> Matrix:
    """The matrix of these hypotheses, in their order; `marks` are the standing decisions on cells, by subject."""
    bench = Bench(facts, Calls(facts.edges, facts.entry_services), hypotheses)
    competing = tuple(one.key for one in hypotheses if competes(one))
    built = [_marked(row, marks) for row in (*signal_rows(bench), *circumstance_rows(bench), *particular_rows(bench))]
    told = [_separating(row, competing) for row in built if any(one.result is not Result.SILENT for one in row.cells)]
    told.sort(key=lambda row: (-row.separates, -_told(row), row.key))
    by_people = [row for row in told if any(one.decision_ids for one in row.cells)]
    rows = tuple(row for place, row in enumerate(told) if place < MOST_ROWS or row in by_people)
    columns = _columns(rows, hypotheses, contributions)
    order = sorted((one for one in columns if one.place), key=lambda one: one.place)
    flips = _flips(rows, hypotheses, order)
    return Matrix(
        rows=rows,
        columns=columns,
        flips=flips[:MOST_FLIPS],
        steadiness=_steadiness(hypotheses, order, flips),
        objection=objection_to(rows, hypotheses, order),
        left_out=len(told) - len(rows),
    )


def competes(hypothesis: Hypothesis) -> bool:
    """Only those that say where it began compete for the first place; what people rejected does not."""
    return hypothesis.part is Part.INITIATING and hypothesis.standing is not Standing.REJECTED


def name_of(hypothesis: Hypothesis) -> str:
    """What a hypothesis is called in a sentence."""
    if hypothesis.part is Part.TRIGGER:
        return hypothesis.indicator
    return f"{hypothesis.service} → {hypothesis.peer}" if hypothesis.peer else hypothesis.service


def _marked(row: PredictionRow, marks: dict[str, Decision]) -> PredictionRow:
    """The row with cells as people marked them; the machine's own result stays beside."""
    return replace(row, cells=tuple(_as_marked(cell, marks.get(cell.subject)) for cell in row.cells))


def _as_marked(cell: Cell, mark: Decision | None) -> Cell:
    if mark is None or mark.verb is not DecisionVerb.MARK:
        return cell
    return replace(cell, result=Result(mark.text), decision_ids=(mark.id,), reason=mark.why)


def _told(row: PredictionRow) -> int:
    return sum(1 for cell in row.cells if cell.result in TOLD)


def _separating(row: PredictionRow, competing: tuple[str, ...]) -> PredictionRow:
    """How many pairs of competing hypotheses the row tells apart, of the most that one row could."""
    cells = [cell for cell in row.cells if cell.hypothesis in competing]
    apart = sum(1 for a, b in combinations(cells, 2) if a.result is not b.result and {a.result, b.result} <= {*TOLD})
    most = (len(cells) // 2) * ((len(cells) + 1) // 2)
    return replace(row, separates=row.weight * apart / most if most else 0.0)


def _columns(
    rows: tuple[PredictionRow, ...], hypotheses: tuple[Hypothesis, ...], contributions: tuple[Contribution, ...]
) -> tuple[Column, ...]:
    votes = _votes(contributions)
    sums = {one.key: _sums(rows, one.key) for one in hypotheses}
    machine = sorted((one for one in hypotheses if competes(one)), key=lambda one: (-one.score, one.key))
    fused = {one.key: place for place, one in enumerate(machine, start=1)}
    # Equal weights against: what held more, then what the methods put first.
    ordered = sorted(fused, key=lambda key: (round(sums[key][0], 6), -round(sums[key][2], 6), fused[key]))
    place = {key: index for index, key in enumerate(ordered, start=1)}
    return tuple(
        Column(one.key, *sums[one.key], place.get(one.key, 0), fused.get(one.key, 0), *votes.get(one.key, (0, 0)))
        for one in hypotheses
    )


def _sums(rows: tuple[PredictionRow, ...], key: str) -> tuple[float, float, float]:
    """Weights of what failed, of that and what is untold, and of what held."""
    cells = [(row.weight, cell.result) for row in rows for cell in row.cells if cell.hypothesis == key]
    failed = sum(weight for weight, result in cells if result is Result.FAILED)
    untold = sum(weight for weight, result in cells if result is Result.UNTOLD)
    held = sum(weight for weight, result in cells if result is Result.HELD)
    return failed, failed + untold, held


def _votes(contributions: tuple[Contribution, ...]) -> dict[str, tuple[int, int]]:
    """Votes by subject; a person's last vote counts, and an empty one takes it back."""
    last: dict[tuple[str, str], str] = {}
    for one in sorted(contributions, key=lambda each: (each.at, each.id)):
        if one.kind is ContributionKind.VOTE:
            last[one.subject, one.actor_id] = one.text
    subjects = {subject for subject, _ in last}
    texts = {subject: [text for (about, _), text in last.items() if about == subject] for subject in subjects}
    return {subject: (said.count("for"), said.count("against")) for subject, said in texts.items()}


def _flips(
    rows: tuple[PredictionRow, ...], hypotheses: tuple[Hypothesis, ...], order: list[Column]
) -> tuple[Flip, ...]:
    """Single cells that, told otherwise, put another hypothesis first; what nobody could tell comes first."""
    if len(order) < 2:
        return ()
    names = {one.key: name_of(one) for one in hypotheses}
    found: list[tuple[bool, float, Flip]] = []
    for row in rows:
        for cell in row.cells:
            becomes, first = _turned(row, cell, order)
            if becomes is None or first is None:
                continue
            sentence = say(
                "matrix.flip",
                title=row.title,
                becomes=say(f"matrix.becomes_{becomes.value}"),
                hypothesis=names[cell.hypothesis],
                first=names[first],
            )
            flip = Flip(row.key, cell.hypothesis, becomes, first, sentence, row.ask)
            found.append((cell.result is not Result.UNTOLD, -row.weight, flip))
    found.sort(key=lambda item: (item[0], item[1], item[2].row, item[2].hypothesis))
    return tuple(flip for _, _, flip in found)


def _turned(row: PredictionRow, cell: Cell, order: list[Column]) -> tuple[Result | None, str | None]:
    """What the cell would have to become to change the first place, and who would be first then."""
    leader, second = order[0], order[1]
    if cell.hypothesis == leader.hypothesis and cell.result in (Result.HELD, Result.UNTOLD):
        changes = leader.against_low + row.weight > second.against_low
        return (Result.FAILED, second.hypothesis) if changes else (None, None)
    own = next((one for one in order[1:] if one.hypothesis == cell.hypothesis), None)
    if own is None or cell.result is not Result.FAILED:
        return None, None
    changes = own.against_low - row.weight < leader.against_low
    return (Result.HELD, own.hypothesis) if changes else (None, None)


def _steadiness(hypotheses: tuple[Hypothesis, ...], order: list[Column], flips: tuple[Flip, ...]) -> str:
    if len(order) < 2:
        return say("matrix.steady_alone")
    names = {one.key: name_of(one) for one in hypotheses}
    first, second = order[0], order[1]
    if round(first.against_low, 6) == round(second.against_low, 6):
        return say("matrix.tied", first=names[first.hypothesis], second=names[second.hypothesis])
    if flips:
        return say("matrix.unsteady", count=len(flips))
    return say(
        "matrix.steady",
        first=names[first.hypothesis],
        second=names[second.hypothesis],
        first_against=first.against_low,
        second_against=second.against_low,
    )
