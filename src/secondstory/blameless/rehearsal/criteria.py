"""The eight criteria: each turns an answer into a share of 0 to 1 and the words that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondstory.blameless.rehearsal import words
from secondstory.blameless.rehearsal.situation import Answer
from secondstory.model.rehearsal import Criterion, HardMoment
from secondstory.model.utterance import Span

_FULL_WORDS, _HALF_WORDS = 35, 60
_LECTURE_WORDS = 45


@dataclass(frozen=True)
class Mark:
    """How far a criterion is met, 0 to 1, and the words for it; where it is missed, the words against it."""

    criterion: Criterion
    met: float
    spans: tuple[Span, ...] = ()


def marks(answer: Answer, blamed: tuple[Span, ...]) -> tuple[Mark, ...]:
    """All eight, in the order of Criterion. `blamed` are words that concede blame, found elsewhere."""
    found = (_acknowledges(answer), _turns(answer), _evidence(answer), _voice(answer))
    return (*found, _no_blame(answer, blamed), _no_lecture(answer), _calm(answer), _short(answer))


def _acknowledges(answer: Answer) -> Mark:
    """The first sentence takes up the cue, a stake or a fact, and no «but» follows it."""
    if not answer.sentences:
        return Mark(Criterion.ACKNOWLEDGES, 0.0)
    spoiled = (*answer.spans(words.SHAMES), *answer.spans(words.HEAT), *answer.spans(words.TURNED_DOWN))
    if spoiled:
        return Mark(Criterion.ACKNOWLEDGES, 0.0, spoiled[:1])
    return _ACKNOWLEDGED.get(answer.situation.moment, _takes_up)(answer)


def _takes_up(answer: Answer) -> Mark:
    first = answer.sentences[0]
    grounds = [span for span in answer.cue_words if _inside(span, first)]
    grounds += [fact.span for fact in answer.facts if _inside(fact.span, first) and (fact.whole or fact.is_figure)]
    hollow = answer.within(words.HOLLOW, first) is not None
    if grounds and not hollow:
        return Mark(Criterion.ACKNOWLEDGES, 1.0, (first,))
    weak = grounds or [fact.span for fact in answer.facts if _inside(fact.span, first)]
    return Mark(Criterion.ACKNOWLEDGES, 0.5 if weak else 0.0, (first,) if weak else ())


def _supports(answer: Answer) -> Mark:
    """Thanks for an act, relief, a choice, or a condition in place of the confession."""
    spoiled = (*answer.spans(words.DENIES), *answer.spans(words.DIGS))
    found = answer.spans(words.SUPPORT)
    if spoiled or not found:
        return Mark(Criterion.ACKNOWLEDGES, 0.0, spoiled[:1])
    relief = answer.spans(words.RELIEF)
    if len(answer.words) < 4:
        return Mark(Criterion.ACKNOWLEDGES, 1.0 if relief else 0.5, found[:1])
    told = any(fact.whole for fact in answer.facts)
    share = (
        0.5 + 0.25 * bool(relief) + 0.25 * (told or len(relief) > 1 or bool(answer.within(words.CARE, _all(answer))))
    )
    return Mark(Criterion.ACKNOWLEDGES, share, found)


def _meets_need(answer: Answer) -> Mark:
    """For a demand: what the asker stands for, or which decision they face."""
    first = answer.sentences[0]
    found = answer.spans(words.STAKE)
    hollow = answer.within(words.HOLLOW, first) is not None
    if found or (answer.spans(words.DECLINES) and answer.spans(words.ACCOUNTS)):
        return Mark(Criterion.ACKNOWLEDGES, 0.5 if hollow else 1.0, found[:1] or (first,))
    return _takes_up(answer)


def _gives_time(answer: Answer) -> Mark:
    found = answer.spans(words.TIME_GIVEN)
    return Mark(Criterion.ACKNOWLEDGES, 1.0, found[:1]) if found else _takes_up(answer)


_ACKNOWLEDGED: dict[HardMoment, Callable[[Answer], Mark]] = {
    HardMoment.SELF_BLAME: _supports,
    HardMoment.DEMAND: _meets_need,
    HardMoment.SILENCE: _gives_time,
}


def _turns(answer: Answer) -> Mark:
    """A question whose object is a tool, a page, a check, a limit or a time; or accountability laid on repairs."""
    if answer.situation.moment is HardMoment.DEMAND:
        return _lays_on_repairs(answer)
    asked = [span for span in answer.questions if not answer.within(words.JUSTIFY, span)]
    for question in asked:
        named = [fact.span for fact in answer.facts if _inside(fact.span, question)]
        thing = answer.within(words.SYSTEM, question) or answer.within(words.RECORD, question)
        if (named or thing) and answer.within(words.ASKS, question):
            return Mark(Criterion.SYSTEM, 1.0, (question,))
    stated = answer.spans(words.SYSTEM) or answer.spans(words.RECORD) or tuple(one.span for one in answer.facts)
    if asked and stated:
        return Mark(Criterion.SYSTEM, 0.75, (asked[0],))
    return Mark(Criterion.SYSTEM, 0.25 if stated else 0.0, stated[:1])


def _lays_on_repairs(answer: Answer) -> Mark:
    found = answer.spans(words.ACCOUNTS)
    asked = [span for span in answer.questions if answer.within(words.ACCOUNTS, span)]
    told = any(fact.whole for fact in answer.facts)
    share = 0.4 * bool(found) + 0.3 * told + 0.3 * bool(asked)
    spans = tuple(asked) or tuple(fact.span for fact in answer.facts if fact.whole) or found
    return Mark(Criterion.SYSTEM, share, spans[:2])


def _evidence(answer: Answer) -> Mark:
    """Cites or asks for a record: what the room has, with its time or figure, or a panel or log by name."""
    if answer.situation.moment is HardMoment.FACT_QUESTION:
        return _answers(answer)
    whole = [fact.span for fact in answer.facts if fact.whole]
    record = answer.spans(words.RECORD)
    if whole:
        figure = any(fact.is_figure for fact in answer.facts) or bool(record) or len(whole) > 1
        return Mark(Criterion.EVIDENCE, 1.0 if figure else 0.75, tuple(whole))
    part = [fact.span for fact in answer.facts]
    share = 0.75 if part and record else 0.5 if part or record else 0.0
    return Mark(Criterion.EVIDENCE, share, (*part, *record)[:2])


def _answers(answer: Answer) -> Mark:
    """An honest question gets an answer, a figure, what is not known, and when it will be."""
    stated = [span for span in answer.sentences if span not in answer.questions]
    facts = [fact for fact in answer.facts if any(_inside(fact.span, one) for one in stated)]
    whole = [fact for fact in facts if fact.whole]
    if not facts:
        return Mark(Criterion.EVIDENCE, 0.0)
    share = 0.35 + 0.2 * bool(whole) + 0.2 * any(fact.is_figure for fact in whole)
    share += 0.15 * bool(answer.spans(words.UNKNOWN)) + 0.1 * bool(answer.spans(words.NEXT))
    return Mark(Criterion.EVIDENCE, min(share, 1.0), tuple(fact.span for fact in whole or facts))


def _voice(answer: Answer) -> Mark:
    """A second role is addressed, or a round, cards or a queue let others in."""
    formats = answer.spans(words.FORMATS)
    asked = answer.addressed if answer.situation.moment is not HardMoment.DEMAND or answer.questions else ()
    if not asked and not formats and answer.situation.is_silent and answer.questions:
        return Mark(Criterion.VOICE, 0.75, answer.questions[:1])  # nobody holds the floor: a question invites them all
    return Mark(Criterion.VOICE, 1.0 if asked or formats else 0.0, (asked or formats)[:2])


def _no_blame(answer: Answer, blamed: tuple[Span, ...]) -> Mark:
    named = tuple(
        Span(match.start(), match.end())
        for match in answer.words
        if match.group().split("'")[0].split("’")[0] in answer.situation.named
    )
    against = (*blamed, *named)
    return Mark(Criterion.NO_BLAME, 0.0 if blamed else 0.4 if named else 1.0, against)


def _no_lecture(answer: Answer) -> Mark:
    norms, theory = answer.spans(words.NORM), answer.spans(words.THEORY)
    if theory or len(norms) > 1:
        return Mark(Criterion.NO_LECTURE, 0.0, norms)
    share = 0.5 if norms and len(answer.words) > _LECTURE_WORDS else 1.0
    return Mark(Criterion.NO_LECTURE, share, norms if share < 1 else ())


def _calm(answer: Answer) -> Mark:
    heat = answer.spans(words.HEAT)
    shouts = tuple(Span(at, at + 1) for at, sign in enumerate(answer.text) if sign == "!")
    return Mark(Criterion.CALM, 0.0 if heat or len(shouts) > 1 else 0.5 if shouts else 1.0, (*heat, *shouts))


def _short(answer: Answer) -> Mark:
    count, asked = len(answer.words), len(answer.questions)
    full = _HALF_WORDS if answer.situation.moment is HardMoment.FACT_QUESTION else _FULL_WORDS
    by_length = 1.0 if count <= full else 0.5 if count <= _HALF_WORDS else 0.0
    by_questions = 1.0 if asked <= 1 else 0.5 if asked == 2 else 0.0
    return Mark(Criterion.SHORT, min(by_length, by_questions))


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _all(answer: Answer) -> Span:
    return Span(0, max(1, len(answer.text)))
