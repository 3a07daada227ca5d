"""Turns a score into what is said about it: what worked, in its own words; a better wording; one thing to try next."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.blameless.rehearsal.caps import Ground
from secondstory.blameless.rehearsal.criteria import Mark
from secondstory.blameless.rehearsal.scoring import Score
from secondstory.blameless.rehearsal.situation import Answer, Situation
from secondstory.blameless.rehearsal.weights import weights
from secondstory.blameless.rehearsal.wordings import better_wording
from secondstory.model.rehearsal import Criterion, HardMoment
from secondstory.model.utterance import Span
from secondstory.texts import catalogue, say

_MOST_WORKED = 2
_QUOTE_WORDS = 9
_AIM = {HardMoment.FACT_QUESTION: 60}
_AIM_WORDS = 35


@dataclass(frozen=True)
class Underline:
    """Characters [start, end) of the answer that a criterion rests on."""

    start: int
    end: int


@dataclass(frozen=True)
class Noted:
    """One criterion as it is shown: met is yes, partly, no or unasked; `says` quotes the words, or says what lacks."""

    criterion: Criterion
    title: str
    state: str
    says: str
    spans: tuple[Underline, ...]


@dataclass(frozen=True)
class Feedback:
    """What is said about one answer."""

    noted: tuple[Noted, ...]
    worked: tuple[str, ...]  # two at most
    better: str
    try_next: str


def feedback(situation: Situation, craft: str, text: str, score: Score) -> Feedback:
    """All that is said about an answer, from its score alone."""
    answer = Answer(text, situation)
    return Feedback(
        noted=tuple(_noted(answer, score, mark) for mark in score.marks),
        worked=_worked(answer, score),
        better=better_wording(situation, craft),
        try_next=_try_next(situation.moment, score),
    )


def _noted(answer: Answer, score: Score, mark: Mark) -> Noted:
    state = "yes" if mark.met >= 1 else "partly" if mark.met > 0 else "no"
    if state == "no" and mark.criterion not in score.required:
        state = "unasked"
    said = _says(answer, mark, state)
    lines = tuple(Underline(span.start, span.end) for span in mark.spans)
    return Noted(mark.criterion, say(f"rehearsal.criterion_{mark.criterion}"), state, said, lines)


def _says(answer: Answer, mark: Mark, state: str) -> str:
    facts = {"count": len(answer.words), "questions": len(answer.questions), "aim": _aim(answer)}
    quote = _quote(answer, mark.spans)
    if state == "unasked":
        return say("rehearsal.unasked")
    if state == "no":
        spoiled = "_spoiled" if quote and mark.criterion is Criterion.ACKNOWLEDGES else ""
        reason = say(f"rehearsal.missed_{mark.criterion}{spoiled}", **facts)
        return f"{say('rehearsal.quoted', words=quote)}: {reason}" if quote else reason
    if state == "partly" and mark.criterion is Criterion.SHORT:
        return say("rehearsal.missed_short", **facts)
    if quote:
        return say("rehearsal.partly" if state == "partly" else "rehearsal.quoted", words=quote)
    met = f"rehearsal.met_{mark.criterion}" + (
        "_one" if mark.criterion is Criterion.SHORT and len(answer.words) == 1 else ""
    )
    return say(met, **facts) if state == "yes" and met in catalogue() else say("rehearsal.partly_bare")


def _worked(answer: Answer, score: Score) -> tuple[str, ...]:
    """The two required criteria that count most and are met; a capped answer is praised for nothing that it spoils."""
    points = weights(answer.situation.moment)
    worth = dict((*points.required, *points.bonus))
    met = [mark for mark in score.marks if mark.criterion in worth and mark.met >= 1 and (mark.spans or not score.caps)]
    best = sorted(met, key=lambda mark: -worth[mark.criterion])[:_MOST_WORKED]
    facts = {"count": len(answer.words)}
    return tuple(
        say(f"rehearsal.worked_{mark.criterion}", words=_quote(answer, mark.spans), **facts)
        for mark in met
        if mark in best
    )


def _try_next(moment: HardMoment, score: Score) -> str:
    if score.caps:
        ground = score.caps[0].ground
        return _best(f"next_{ground}", moment) if ground is not Ground.GENERIC else say("rehearsal.next_generic")
    met = {mark.criterion: mark.met for mark in score.marks}
    lost = [(points * (1 - met[one]), one) for one, points in weights(moment).required if met[one] < 1]
    if not lost:
        missing = [one for one, _ in weights(moment).bonus if met[one] < 1]
        return _best(f"next_{missing[0]}", moment) if missing else say("rehearsal.next_nothing")
    return _best(f"next_{max(lost, key=lambda one: one[0])[1]}", moment)


def _best(key: str, moment: HardMoment) -> str:
    """The sentence for this moment where there is one, else the general one."""
    own = f"rehearsal.{key}_{moment}"
    return say(own if own in catalogue() else f"rehearsal.{key}")


def _quote(answer: Answer, spans: tuple[Span, ...]) -> str:
    if not spans:
        return ""
    words = answer.quote(max(spans, key=lambda span: span.end - span.start)).rstrip(".?!").split()
    return " ".join(words[:_QUOTE_WORDS]) + (" …" if len(words) > _QUOTE_WORDS else "")


def _aim(answer: Answer) -> int:
    return _AIM.get(answer.situation.moment, _AIM_WORDS)
