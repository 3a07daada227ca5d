"""Turns a facilitator's answer in its situation into a grade of 0 to 100, with the words that each part rests on.

Grounds that cap the grade come first, then the required criteria, rescaled to 100, then bonuses of ten points at most.
When it misleads: it reads words, not tone. A fine answer in unforeseen words can score weak; people who grade such
answers agree only moderately with each other, so the grade is for practice and never for comparing persons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondstory.blameless.rehearsal.caps import Cap, caps, conceded, hidden
from secondstory.blameless.rehearsal.criteria import Mark, marks
from secondstory.blameless.rehearsal.situation import Answer, Situation
from secondstory.blameless.rehearsal.weights import MOST_BONUS, weights
from secondstory.model.rehearsal import Criterion
from secondstory.model.utterance import Label, Span, SpeakerRole, Utterance, Verdict

GOOD, WEAK = 75, 40

Judge = Callable[[Utterance], Verdict]
"""The coach, that reads blame in an answer which no word list knows."""

_BLAMING = frozenset({Label.BLAMES_PERSON, Label.BLAMES_TEAM, Label.ASKS_FOR_NAME})
_CLEAR = 2


@dataclass(frozen=True)
class Score:
    """A grade with its grounds. Good from 75, bad below 40."""

    grade: int
    marks: tuple[Mark, ...]  # in the order of Criterion
    caps: tuple[Cap, ...]  # the lowest ceiling first
    words: int
    required: tuple[Criterion, ...]

    def met(self, criterion: Criterion) -> float:
        """How far a criterion is met, 0 to 1."""
        return next(mark.met for mark in self.marks if mark.criterion is criterion)


def score(situation: Situation, text: str, judge: Judge) -> Score:
    """Grade one answer. The same answer in the same situation has the same grade."""
    answer = Answer(text.strip(), situation)
    judged = _judged(answer, judge)
    found = marks(answer, (*conceded(answer), *hidden(answer), *judged))
    limits = caps(answer, judged)
    counted = weights(situation.moment)
    met = {mark.criterion: mark.met for mark in found}
    whole = sum(points for _, points in counted.required)
    grade = 100 * sum(met[one] * points for one, points in counted.required) / whole
    extra = sum(points for _, points in counted.bonus)
    grade += MOST_BONUS * sum(met[one] * points for one, points in counted.bonus) / extra if extra else 0
    grade = min(100, grade, *(cap.ceiling for cap in limits))
    return Score(round(grade), found, limits, len(answer.words), tuple(one for one, _ in counted.required))


def _judged(answer: Answer, judge: Judge) -> tuple[Span, ...]:
    """The words in which the coach clearly reads blame; none where it is not clear."""
    verdict = judge(Utterance(answer.text, (answer.situation.cue,), speaker_role=SpeakerRole.FACILITATOR))
    if verdict.severity < _CLEAR or not _BLAMING & set(verdict.labels):
        return ()
    return (verdict.target or Span(0, max(1, len(answer.text))),)
