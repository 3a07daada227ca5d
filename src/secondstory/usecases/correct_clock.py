"""Corrects the clock of a source, and shows beforehand what that would move."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.errors import BadInput
from secondstory.model.timeline import MilestoneKind, TimelineBody, TimelineEvent
from secondstory.model.window import EPOCH, Moment
from secondstory.ports import World
from secondstory.stages.timeline import MOST_SECONDS, fold_timeline, source_of, system_of
from secondstory.texts import say
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.incident_record import cleaned
from secondstory.usecases.timeline_now import amended, found_timeline

_LISTED = 50
_DAY_S = 86_400
Moves = Sequence[tuple[TimelineEvent, TimelineEvent]]  # as they are, as they would be


@dataclass(frozen=True)
class MovedEvent:
    """An event of the source, with its time now and its time with the correction."""

    key: str
    title: str
    before: Moment
    after: Moment


@dataclass(frozen=True)
class Overtaken:
    """Two events whose order changes: `event` came `before` (else after) `other`, and would no longer."""

    event: str
    other: str
    before: bool


@dataclass(frozen=True)
class Crossing:
    """An event that would lie on the other side of a milestone."""

    event: str
    milestone: MilestoneKind
    before: bool  # it lay before the milestone


@dataclass(frozen=True)
class MovedMilestone:
    """A milestone that was read from what moves."""

    kind: MilestoneKind
    before: Moment
    after: Moment


@dataclass(frozen=True)
class SkewPreview:
    """What a correction would do. Lists name the first ones by time; the counts are of all."""

    source: str
    seconds: float
    moved: tuple[MovedEvent, ...]
    moved_count: int
    overtaken: tuple[Overtaken, ...]
    overtaken_count: int
    crossings: tuple[Crossing, ...]
    milestones: tuple[MovedMilestone, ...]


def preview_skew(actor: Actor, world: World, incident_id: str, source: str, seconds: float) -> SkewPreview:
    """The effect of adding `seconds` to every time of a source; nothing is written."""
    require(actor, Verb.READ, incident_id)
    decisions, now = amended(world, incident_id)
    _checked(now, source, seconds)
    given = _decision(incident_id, source, seconds)
    then = fold_timeline(found_timeline(world, incident_id), (*decisions, given))
    before = {event.key: event for event in now.events}
    moved = [
        (before[one.key], one) for one in then.events if one.key in before and before[one.key].moment != one.moment
    ]
    overtaken, overtaken_count = _overtaken(moved, now.events)
    return SkewPreview(
        source=source,
        seconds=seconds,
        moved=tuple(MovedEvent(old.key, old.title, old.moment, new.moment) for old, new in moved[:_LISTED]),
        moved_count=len(moved),
        overtaken=overtaken,
        overtaken_count=overtaken_count,
        crossings=_crossings(moved, now, then)[:_LISTED],
        milestones=tuple(
            MovedMilestone(old.kind, old.moment, new.moment)
            for old, new in zip(now.milestones, then.milestones, strict=True)
            if old.moment is not None and new.moment is not None and old.moment != new.moment
        ),
    )


def correct_clock(actor: Actor, world: World, incident_id: str, correction: tuple[str, float], why: str) -> Decision:
    """Accept a correction: `correction` is the source and the seconds to add. 0 takes its correction away."""
    require(actor, Verb.DECIDE, incident_id)
    source, seconds = correction
    _checked(amended(world, incident_id)[1], source, seconds)
    (reason,) = cleaned(world, (why,))
    return decide(actor, world, incident_id, Verdict(f"source/{source}", DecisionVerb.MARK, f"{seconds:.6f}", reason))


def _checked(now: TimelineBody, source: str, seconds: float) -> None:
    known = {found for event in now.events for found in (source_of(event), system_of(event)) if found is not None}
    known |= {one.source for one in now.corrections}
    if source not in known:
        raise BadInput(
            say("amending.no_clock", source=source),
            say("amending.no_clock_next", known=", ".join(sorted(known)[:_LISTED])),
        )
    if not math.isfinite(seconds) or abs(seconds) > MOST_SECONDS:
        most = int(MOST_SECONDS // _DAY_S)
        raise BadInput(say("amending.no_seconds", most=most, seconds=seconds), say("amending.no_seconds_next"))


def _decision(incident_id: str, source: str, seconds: float) -> Decision:
    """As it would be appended, later than all that was said."""
    last = datetime.max.replace(tzinfo=EPOCH.tzinfo)
    return Decision("~", incident_id, f"source/{source}", DecisionVerb.MARK, f"{seconds:.6f}", "", "-", last)


def _overtaken(moved: Moves, events: Sequence[TimelineEvent]) -> tuple[tuple[Overtaken, ...], int]:
    """Pairs of an event that moves and one that stays and would come to lie on its other side: the first, and all."""
    moving = {old.key for old, _ in moved}
    staying = [event for event in events if event.key not in moving]
    times = [event.moment.earliest for event in staying]
    found: list[Overtaken] = []
    count = 0
    for old, new in moved:
        was, will = old.moment.earliest, new.moment.earliest
        # What lies at the very time that the event has, or comes to have, is not overtaken.
        first, end = bisect_right(times, min(was, will)), bisect_left(times, max(was, will))
        count += max(0, end - first)
        room = _LISTED - len(found)
        found += [Overtaken(old.title, other.title, was < will) for other in staying[first : min(end, first + room)]]
    return tuple(found), count


def _crossings(moved: Moves, now: TimelineBody, then: TimelineBody) -> tuple[Crossing, ...]:
    found = []
    for before, after in zip(now.milestones, then.milestones, strict=True):
        if before.moment is None or after.moment is None:
            continue
        for old, new in moved:
            was = old.moment.latest < before.moment.earliest, old.moment.earliest > before.moment.latest
            will = new.moment.latest < after.moment.earliest, new.moment.earliest > after.moment.latest
            if (was[0] and will[1]) or (was[1] and will[0]):
                found.append(Crossing(old.title, before.kind, was[0]))
    return tuple(found)
