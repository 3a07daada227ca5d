"""Competing hypotheses: what each predicted and what became of it, who is least contradicted, and the case against."""

from __future__ import annotations

from secondstory.model.causes import Hypothesis, Part, Standing
from secondstory.model.matrix import Cell, Column, Matrix, PredictionRow
from secondstory.model.report import Block, Bullets, Claim, Paragraph, Row, Rows, Section
from secondstory.stages.report.claims import frame, hypothesis_title, inference, once, opening
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, quoted, readable
from secondstory.stages.report.story import Story
from secondstory.texts import say


def matrix_section(story: Story) -> Section | None:
    """The hypotheses by letter, the predictions, then what would change the ranking and what to ask of the leader."""
    matrix = story.causes.matrix
    if matrix is None:
        return None
    hypotheses = story.causes.hypotheses
    blocks: list[Block] = [Paragraph((frame(say("competing.matrix_lead")),)), _ranking(hypotheses, matrix)]
    blocks.append(_predictions(matrix))
    if matrix.left_out:
        blocks.append(Paragraph((frame(say("competing.rows_left_out", count=matrix.left_out)),), voice="note"))
    blocks.extend(_marks(hypotheses, matrix))
    changing = (frame(matrix.steadiness), *(frame(f"{flip.sentence} {flip.ask}") for flip in matrix.flips))
    blocks.append(Paragraph((frame(say("competing.matrix_changing")), *changing)))
    if matrix.objection is not None:
        blocks.append(Paragraph((frame(clean(readable(matrix.objection.question))),)))
        blocks.append(Bullets(tuple(_doubt(d.sentence, d.evidence_ids) for d in matrix.objection.doubts)))
    return Section("matrix", say("competing.section_matrix"), tuple(blocks))


def _letter(place: int) -> str:
    """A, B, … Z, A2, …: short heads for the columns."""
    round_, letter = divmod(place, 26)
    return chr(ord("A") + letter) + (str(round_ + 1) if round_ else "")


def _ranking(hypotheses: tuple[Hypothesis, ...], matrix: Matrix) -> Rows:
    columns = ("hypothesis", "place", "against_range", "by_methods", "votes", "standing")
    pairs = zip(hypotheses, matrix.columns, strict=True)
    rows = tuple(_ranked(place, one, column, matrix) for place, (one, column) in enumerate(pairs))
    return Rows(say("competing.caption_ranking"), tuple(say(f"competing.column_{name}") for name in columns), rows)


def _ranked(place: int, one: Hypothesis, column: Column, matrix: Matrix) -> Row:
    words = f"{opening(hypothesis_title(one))}. {quoted(one.words)}" if one.words else opening(hypothesis_title(one))
    low, high = f"{column.against_low:.1f}", f"{column.against_high:.1f}"
    votes = say("competing.votes", yes=column.votes_for, no=column.votes_against)
    standing = say(f"competing.is_{one.standing.value}") if one.standing is not Standing.PROPOSED else ""
    cited = [cell for row in matrix.rows for cell in row.cells if cell.hypothesis == one.key]
    ids = once(tuple(i for cell in cited for i in cell.evidence_ids))[:3]
    return Row(
        (
            f"{_letter(place)}. {words}",
            str(column.place) if column.place else say(f"report.part_{one.part.value}"),
            low if low == high else say("report.range", low=low, high=high),
            str(column.fused_place) if column.fused_place and one.part is not Part.TRIGGER else "",
            votes if column.votes_for or column.votes_against else "",
            standing,
        ),
        ids,
        key=one.key,
    )


def _predictions(matrix: Matrix) -> Rows:
    heads = tuple(_letter(place) for place in range(len(matrix.columns)))
    rows = tuple(_prediction(row) for row in matrix.rows)
    columns = (say("competing.column_prediction"), say("competing.column_separates"), *heads)
    return Rows(say("competing.caption_predictions"), columns, rows)


def _prediction(row: PredictionRow) -> Row:
    told = clean(readable(f"{row.title}: {row.observed}"))
    return Row((told, f"{row.separates:.2f}", *(_result(cell) for cell in row.cells)), row.evidence_ids, key=row.key)


def _result(cell: Cell) -> str:
    word = say(f"competing.result_{cell.result.value}")
    return say("competing.marked", result=word) if cell.decision_ids else word


def _marks(hypotheses: tuple[Hypothesis, ...], matrix: Matrix) -> list[Block]:
    """Where people disagree with what the data say, with their reasons."""
    letters = {one.key: _letter(place) for place, one in enumerate(hypotheses)}
    claims: list[Claim] = []
    for row in matrix.rows:
        for cell in row.cells:
            if cell.decision_ids:
                facts = {
                    "title": clean(row.title, TITLE_LENGTH),
                    "hypothesis": letters[cell.hypothesis],
                    "result": say(f"competing.result_{cell.result.value}"),
                    "machine": say(f"competing.result_{cell.machine.value}"),
                }
                claims.append(frame(say("competing.mark", **facts, why=quoted(cell.reason))))
    return [Bullets(tuple(claims))] if claims else []


def _doubt(sentence: str, evidence_ids: tuple[str, ...]) -> Claim:
    return inference(clean(readable(sentence)), evidence_ids)
