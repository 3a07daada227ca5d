"""What a hypothesis expects of one group of signals, and whether that is what was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from secondstory.model.causes import Hypothesis
from secondstory.model.matrix import Cell, Result
from secondstory.model.sightings import Departure, Sightings, Watched
from secondstory.model.signal import SignalKind
from secondstory.model.subject import subject_key
from secondstory.model.window import Moment, wall_time
from secondstory.texts import say
from secondstory.texts.measures import measure

KNOWN_ENOUGH = 0.5  # of the steps: less and what stayed in its band may have left it unseen


@dataclass(frozen=True)
class Expectation:
    """Some signal leaves its band between two moments, or none does up to `by`; either end may be open.

    `kinds` empty: signals of any kind.
    """

    leaves: bool
    prediction: str
    not_before: Moment | None = None
    by: Moment | None = None
    kinds: tuple[SignalKind, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What a group of signals did: who left, who stayed, and how much is known of those that stayed."""

    left: tuple[Departure, ...]
    stayed: tuple[str, ...]
    known_before_ratio: float
    known_after_ratio: float
    evidence_ids: tuple[str, ...]

    def rising(self) -> Seen:
        """The same where only what rose has left its band."""
        left = tuple(one for one in self.left if one.strength > 0)
        fell = tuple(one.indicator for one in self.left if one.strength <= 0)
        return replace(self, left=left, stayed=tuple(sorted((*self.stayed, *fell))))

    def without(self, indicator: str) -> Seen:
        """The same without the signals of an indicator."""
        left = tuple(one for one in self.left if one.indicator != indicator)
        return replace(self, left=left, stayed=tuple(one for one in self.stayed if one != indicator))


def seen_of(groups: tuple[Watched, ...]) -> Seen:
    """Several groups as one."""
    left = sorted((one for group in groups for one in group.left), key=lambda one: (one.moment, one.signal_key))
    return Seen(
        left=tuple(left),
        stayed=tuple(indicator for group in groups for indicator in group.stayed),
        known_before_ratio=max((group.known_before_ratio for group in groups), default=0.0),
        known_after_ratio=max((group.known_after_ratio for group in groups), default=0.0),
        evidence_ids=tuple(sorted({each for group in groups for each in group.evidence_ids})),
    )


def tested(facts: Sightings, row: str, hypothesis: Hypothesis, expected: Expectation | None, seen: Seen) -> Cell:
    """The cell of a hypothesis on a row of signals. What it was made from is left out; nothing left: it is circular."""
    if expected is None:
        return cell(row, hypothesis, Result.SILENT)
    looked = replace(seen, left=tuple(one for one in seen.left if not _made_from(hypothesis, one)))
    if not looked.left and not looked.stayed and seen.left:
        text = say("matrix.circular", indicator=hypothesis.indicator)
        return cell(row, hypothesis, Result.SILENT, (expected.prediction, text), circular=True)
    result, departure = _judged(expected, looked)
    if departure is not None:
        told = departed(facts, departure)
        return cell(row, hypothesis, result, (expected.prediction, told), (departure.evidence_id,))
    told = say("matrix.stayed", count=len(looked.stayed)) if result is not Result.UNTOLD else _unknown(looked)
    return cell(row, hypothesis, result, (expected.prediction, told), looked.evidence_ids)


def _made_from(hypothesis: Hypothesis, one: Departure) -> bool:
    """The machine makes a hypothesis from a signal of its service, or of calls to it; a person from what was told."""
    ours = one.service == hypothesis.service if one.peer is None else one.peer == hypothesis.service
    return ours and one.indicator == hypothesis.indicator and not hypothesis.decision_ids


def cell(
    row: str,
    hypothesis: Hypothesis,
    result: Result,
    words: tuple[str, str] = ("", ""),
    evidence_ids: tuple[str, ...] = (),
    *,
    circular: bool = False,
) -> Cell:
    """A cell as the data leave it, before people look at it. `words`: what is predicted, what was seen."""
    subject = subject_key("cell", row, hypothesis.key)
    return Cell(hypothesis.key, subject, result, result, *words, circular, evidence_ids)


def _judged(expected: Expectation, seen: Seen) -> tuple[Result, Departure | None]:
    if not expected.leaves:
        over = expected.by.earliest if expected.by is not None else None
        # Recovering has its own turmoil: queues empty, caches fill. What departs only then harmed nobody.
        harmed = [one for one in seen.left if over is None or one.moment.earliest < over]
        if harmed:
            return Result.FAILED, harmed[0]
        if seen.left:
            return Result.HELD, seen.left[0]
        known = bool(seen.stayed) and min(seen.known_before_ratio, seen.known_after_ratio) >= KNOWN_ENOUGH
        return (Result.HELD if known else Result.UNTOLD), None
    in_time = [one for one in seen.left if _after(expected.not_before, one) and _before(expected.by, one)]
    if in_time:
        return Result.HELD, in_time[0]
    if seen.left:
        return Result.FAILED, seen.left[0]
    # It had to show up to the deadline: what is known later does not matter.
    share = seen.known_before_ratio if expected.by is not None else min(seen.known_before_ratio, seen.known_after_ratio)
    return (Result.FAILED if seen.stayed and share >= KNOWN_ENOUGH else Result.UNTOLD), None


def _after(begin: Moment | None, departure: Departure) -> bool:
    return begin is None or departure.moment.latest >= begin.earliest


def _before(deadline: Moment | None, departure: Departure) -> bool:
    return deadline is None or departure.moment.earliest <= deadline.latest


def _unknown(seen: Seen) -> str:
    if not seen.stayed and not seen.left:
        return say("matrix.no_signal")
    return say("matrix.too_little_known", share=f"{min(seen.known_before_ratio, seen.known_after_ratio) * 100:.0f}")


def departed(facts: Sightings, one: Departure) -> str:
    """The departure as a sentence."""
    return say(
        "matrix.departed",
        indicator=one.indicator,
        when=between(facts, one.moment),
        before=measure(one.before, one.unit),
        during=measure(one.during, one.unit),
    )


def between(facts: Sightings, moment: Moment) -> str:
    """A moment in the incident's zone, to the second: 10:50:33–10:50:43."""
    first, last = clock(facts, moment.earliest), clock(facts, moment.latest)
    return first if first == last else f"{first}–{last}"


def clock(facts: Sightings, time: datetime) -> str:
    """A time of day in the incident's zone."""
    return f"{wall_time(time, facts.time_zone):%H:%M:%S}"
