"""Grounds on which an answer cannot be good, whatever else it holds: each with its ceiling, the lowest wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from secondstory.blameless.rehearsal import words
from secondstory.blameless.rehearsal.situation import Answer
from secondstory.model.rehearsal import HardMoment
from secondstory.model.utterance import Span

_COPIED_SHARE = 0.8
_SAME_SHARE = 0.8
_LECTURE_WORDS = 45
_BARE_WORDS = 3  # so few say nothing unless they are the offer that the moment calls for
_MOST_RECITED = 3  # so many words of the criteria, and more of them than facts, is a recital even beside a fact


class Ground(StrEnum):
    """Why an answer is capped."""

    NAME = "name"
    EMPTY = "empty"
    BARE = "bare"
    RECITED = "recited"
    HIDDEN_BLAME = "hidden_blame"
    FIGURE = "figure"
    PROMISE = "promise"
    WRONG_MOVE = "wrong_move"
    THERAPIST = "therapist"
    REPEATED = "repeated"
    LECTURE = "lecture"
    GENERIC = "generic"


_CEILING = {
    Ground.NAME: 10,
    Ground.EMPTY: 10,
    Ground.BARE: 20,
    Ground.RECITED: 20,
    Ground.HIDDEN_BLAME: 25,
    Ground.FIGURE: 30,
    Ground.PROMISE: 35,
    Ground.WRONG_MOVE: 40,
    Ground.THERAPIST: 45,
    Ground.REPEATED: 50,
    Ground.LECTURE: 50,
    Ground.GENERIC: 55,
}


@dataclass(frozen=True)
class Cap:
    """A ground with the highest grade that it leaves and the words that it rests on."""

    ground: Ground
    ceiling: int
    spans: tuple[Span, ...]


def caps(answer: Answer, blamed: tuple[Span, ...]) -> tuple[Cap, ...]:
    """All grounds that apply, the lowest ceiling first. `blamed` are words that blame, found by the coach."""
    found = []
    for ground, look in _LOOKS:
        spans = look(answer)
        if spans is not None:
            found.append(Cap(ground, _CEILING[ground], spans))
    if blamed and Ground.HIDDEN_BLAME not in {cap.ground for cap in found}:
        found.append(Cap(Ground.HIDDEN_BLAME, _CEILING[Ground.HIDDEN_BLAME], blamed))
    return tuple(sorted(found, key=lambda cap: cap.ceiling))


def conceded(answer: Answer) -> tuple[Span, ...]:
    """Words that give a person away or agree with the verdict on one."""
    return (*answer.spans(words.CONCEDES), *_revealed(answer))


def hidden(answer: Answer) -> tuple[Span, ...]:
    """Words that presuppose somebody's lapse."""
    by_name = [
        re.compile(rf"\b{re.escape(name.lower())}\b[^.?!]{{0,25}}?\b{words.LAPSE}\b|for {words.LAPSE}")
        for name in answer.situation.named
        if name.lower() in answer.lower
    ]
    return (*answer.spans(words.HIDDEN), *(span for pattern in by_name for span in answer.spans(pattern)))


def _revealed(answer: Answer) -> tuple[Span, ...]:
    """«It was …», «it is …'s»: a name in the place of whoever did it."""
    pattern = re.compile(r"\b[Ii]t(?:'s|’s| is| was)\s+([A-Z]\w+)(?:['’]s)?\b|\bname is ([A-Z]\w+)")
    roles = {word for role in answer.situation.roles for word in role.split()}
    return tuple(
        Span(match.start(), match.end())
        for match in pattern.finditer(answer.text)
        if not {name for name in match.groups() if name} & roles
    )


def _name(answer: Answer) -> tuple[Span, ...] | None:
    return conceded(answer) or None


def _empty(answer: Answer) -> tuple[Span, ...] | None:
    slots = re.compile(r"\{\w*\}|\[\w+\]|<\w+>")
    if not answer.words or answer.spans(slots):
        return answer.spans(slots)
    said, cue = answer.stems, set(answer.situation.cue_stems | answer.situation.named_stems)
    copied = len(said) > 3 and len(said & cue) >= _COPIED_SHARE * len(said)
    return (Span(0, len(answer.text)),) if copied else None


def _recited(answer: Answer) -> tuple[Span, ...] | None:
    spans = [span[0] for pattern in words.RECITED.values() if (span := answer.spans(re.compile(rf"\b(?:{pattern})")))]
    facts = [fact for fact in answer.facts if fact.whole]
    bare = len(spans) > 1 and not facts and not answer.cue_words
    much = len(spans) >= _MOST_RECITED and len(facts) < len(spans)
    return tuple(sorted(spans, key=lambda span: span.start)) if bare or much else None


def _hidden_blame(answer: Answer) -> tuple[Span, ...] | None:
    return hidden(answer) or None


def _figure(answer: Answer) -> tuple[Span, ...] | None:
    return answer.foreign_figures or None


def _promise(answer: Answer) -> tuple[Span, ...] | None:
    return answer.spans(words.PROMISE) or None


def _wrong_move(answer: Answer) -> tuple[Span, ...] | None:
    look = _WRONG.get(answer.situation.moment)
    return look(answer) if look is not None else None


def _unanswered(answer: Answer) -> tuple[Span, ...] | None:
    """An honest question is turned round, or put off."""
    stated = [span for span in answer.sentences if span not in answer.questions]
    told = any(fact.span.start >= one.start and fact.span.end <= one.end for fact in answer.facts for one in stated)
    return None if told or answer.spans(words.UNKNOWN) else answer.sentences[:1]


def _redirected(answer: Answer) -> tuple[Span, ...] | None:
    """Whoever blames themselves is asked on instead of supported, or is told that it is nothing."""
    wrong = (*answer.spans(words.DENIES), *answer.spans(words.DIGS))
    if wrong:
        return wrong
    return None if answer.spans(words.SUPPORT) or not answer.questions else answer.questions


def _closed(answer: Answer) -> tuple[Span, ...] | None:
    """A silence is filled, or one person is called out of it."""
    return answer.spans(words.CLOSES) or answer.spans(words.SHAMES) or None


def _preached(answer: Answer) -> tuple[Span, ...] | None:
    """A demand is met with a rule and nothing else."""
    norms = answer.spans(words.NORM)
    return norms if len(norms) > 1 and not answer.facts else None


_WRONG: dict[HardMoment, Callable[[Answer], tuple[Span, ...] | None]] = {
    HardMoment.FACT_QUESTION: _unanswered,
    HardMoment.SELF_BLAME: _redirected,
    HardMoment.SILENCE: _closed,
    HardMoment.DEMAND: _preached,
}


def _therapist(answer: Answer) -> tuple[Span, ...] | None:
    facts = [fact for fact in answer.facts if fact.whole]
    return None if facts else answer.spans(words.THERAPY) or None


def _repeated(answer: Answer) -> tuple[Span, ...] | None:
    for before in answer.situation.earlier[-2:]:
        old = Answer(before, answer.situation).stems
        if old and len(old & answer.stems) >= _SAME_SHARE * max(len(old), len(answer.stems)):
            return (Span(0, len(answer.text)),)
    return None


def _lecture(answer: Answer) -> tuple[Span, ...] | None:
    """Theory, or rule after rule: what stands beside it is no longer heard."""
    norms = answer.spans(words.NORM)
    return norms if len(norms) > 1 and (answer.spans(words.THEORY) or len(answer.words) > _LECTURE_WORDS) else None


def _generic(answer: Answer) -> tuple[Span, ...] | None:
    """It would fit any incident: no fact of the room, no word of the cue, and no offer that this moment calls for."""
    if answer.facts or answer.cue_words or not answer.text.strip() or _offers(answer):
        return None
    return (Span(0, len(answer.text)),)


def _bare(answer: Answer) -> tuple[Span, ...] | None:
    """A word or two that take up nothing."""
    if len(answer.words) > _BARE_WORDS or answer.facts or answer.questions or _offers(answer):
        return None
    return (Span(0, len(answer.text)),) if answer.text.strip() else None


def _offers(answer: Answer) -> bool:
    offer = _OFFERS.get(answer.situation.moment)
    return bool((offer is not None and answer.spans(offer)) or answer.spans(words.FIRM))


_OFFERS = {
    HardMoment.SELF_BLAME: re.compile(f"{words.SUPPORT.pattern}|{words.RELIEF.pattern}", words.SUPPORT.flags),
    HardMoment.SILENCE: re.compile(f"{words.FORMATS.pattern}|{words.TIME_GIVEN.pattern}", words.FORMATS.flags),
    HardMoment.DEMAND: words.ACCOUNTS,
}


_LOOKS: tuple[tuple[Ground, Callable[[Answer], tuple[Span, ...] | None]], ...] = (
    (Ground.NAME, _name),
    (Ground.EMPTY, _empty),
    (Ground.BARE, _bare),
    (Ground.RECITED, _recited),
    (Ground.HIDDEN_BLAME, _hidden_blame),
    (Ground.FIGURE, _figure),
    (Ground.PROMISE, _promise),
    (Ground.WRONG_MOVE, _wrong_move),
    (Ground.THERAPIST, _therapist),
    (Ground.REPEATED, _repeated),
    (Ground.LECTURE, _lecture),
    (Ground.GENERIC, _generic),
)
