"""The matrix of hypotheses and predictions: what each expects, what was seen, and what that does to the ranking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What became of one prediction of one hypothesis."""

    HELD = "held"
    FAILED = "failed"
    UNTOLD = "untold"  # the data cannot tell; the cell says why and what would
    SILENT = "silent"  # the hypothesis predicts nothing here, or was made from this very signal


@dataclass(frozen=True)
class Cell:
    """One hypothesis on one row. `machine` is the result before a person marked it with a reason."""

    hypothesis: str  # key
    subject: str  # key that a decision on this cell names
    result: Result
    machine: Result
    prediction: str  # what must be seen if the hypothesis is right; "" where it is silent
    observed: str  # what was seen, or why nothing can be told
    circular: bool  # the hypothesis was made from this signal, so it does not count
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...] = ()
    reason: str = ""  # of the person who marked it

    def __post_init__(self) -> None:
        told = self.machine in (Result.HELD, Result.FAILED)
        if told and not self.evidence_ids:
            raise ValueError(f"a prediction that {self.machine.value} rests on evidence: {self.prediction!r}")
        if self.result is not self.machine and not self.decision_ids:
            raise ValueError(f"only a decision changes a result: {self.subject}")


@dataclass(frozen=True)
class PredictionRow:
    """One thing that was looked at, and what it says of each hypothesis, in the order of the matrix's columns."""

    key: str
    title: str
    observed: str
    weight: float  # 0..1, how far a source of this kind is trusted
    separates: float  # 0..1, how much of all that could be told apart it tells apart, times the weight
    cells: tuple[Cell, ...]
    evidence_ids: tuple[str, ...]
    signal_keys: tuple[str, ...]  # to draw; the most telling first
    ask: str  # the one query that would tell where it is not told yet


@dataclass(frozen=True)
class Column:
    """A hypothesis in the ranking by least inconsistency.

    `against_low` adds the weights of failed predictions; `against_high` those that cannot be told as well. `place`
    counts from 1; 0 for what does not compete to be where it began. `fused_place` is the methods' ranking.
    """

    hypothesis: str  # key
    against_low: float
    against_high: float
    held: float
    place: int
    fused_place: int
    votes_for: int = 0
    votes_against: int = 0


@dataclass(frozen=True)
class Flip:
    """A cell that, told otherwise, puts another hypothesis first, and the one query that would tell."""

    row: str  # key
    hypothesis: str  # key
    becomes: Result
    first: str  # key of the hypothesis that would lead
    sentence: str
    ask: str


@dataclass(frozen=True)
class Doubt:
    """One sentence of the case against the leader, with what it rests on."""

    sentence: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class Objection:
    """The strongest case against the leader: a question to ask of it, and the sentences behind the question."""

    leader: str  # key
    rival: str | None  # key
    question: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Matrix:
    """Rows that separate most come first; columns in the order of the hypotheses. `left_out` rows say the least."""

    rows: tuple[PredictionRow, ...]
    columns: tuple[Column, ...]
    flips: tuple[Flip, ...]
    steadiness: str  # what would change the ranking, in a sentence
    objection: Objection | None
    left_out: int = 0
    orphaned_contributions: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Keys of the competing hypotheses, the least inconsistent first."""
        return tuple(one.hypothesis for one in sorted(self.columns, key=lambda one: one.place) if one.place)
