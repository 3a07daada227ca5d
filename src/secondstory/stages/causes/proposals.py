"""Turns decisions to add a hypothesis into hypotheses that are tested like the machine's own."""

from __future__ import annotations

from secondstory.model.causes import Argument, Hypothesis
from secondstory.model.codec import decode
from secondstory.model.decision import Decision
from secondstory.model.errors import BadInput
from secondstory.model.matrix import Matrix, Result
from secondstory.model.proposal import Proposal
from secondstory.model.sightings import Sightings
from secondstory.model.signal import SignalKind
from secondstory.model.window import Moment

METHOD = "prediction"
_TELLING = (SignalKind.ERRORS, SignalKind.LATENCY, SignalKind.SATURATION)


def proposed(decision: Decision, facts: Sightings | None) -> Hypothesis | None:
    """The hypothesis that a decision adds; None where its text is none, or its key is not that of its nature.

    It has no score: the methods did not weigh it. What speaks for it comes from its predictions.
    """
    try:
        proposal = decode(decision.text.encode(), Proposal)
    except BadInput:
        return None
    if proposal.key != decision.subject:
        return None
    return Hypothesis(
        key=decision.subject,
        service=proposal.service,
        indicator=proposal.indicator,
        mechanism=proposal.mechanism,
        part=proposal.part,
        score=0.0,
        confidence=0.0,
        onset=_first_sign(facts, proposal.service) if facts is not None else None,
        change_key=None,
        arguments_for=(),
        arguments_against=(),
        peer=proposal.peer or None,
        words=proposal.words,
        decision_ids=(decision.id,),
    )


def argued(hypothesis: Hypothesis, matrix: Matrix) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """What its predictions say for and against a person's hypothesis, as arguments."""
    cells = [(row, cell) for row in matrix.rows for cell in row.cells if cell.hypothesis == hypothesis.key]

    def side(result: Result) -> tuple[Argument, ...]:
        return tuple(
            Argument(METHOD, f"{cell.prediction} {cell.observed}", row.weight, cell.evidence_ids or row.evidence_ids)
            for row, cell in cells
            if cell.result is result and (cell.evidence_ids or row.evidence_ids)
        )

    return side(Result.HELD), side(Result.FAILED)


def _first_sign(facts: Sightings, service: str) -> Moment | None:
    watched = [one for one in facts.watched if one.service == service and one.kind in _TELLING]
    return min((each.moment for one in watched for each in one.left), default=None, key=lambda moment: moment.latest)
