"""Corrections of sources' clocks: every time that a source wrote moves by the same seconds, and says so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.timeline import Amended, ClockCorrection, EventKind, Onset, TimelineEvent
from secondstory.model.window import Moment

PREFIX = "source/"
SIGNALS = "signals"  # what is measured: metrics, traces and log counts share one grid
MOST_SECONDS = 31 * 86_400.0
Corrections = Mapping[str, ClockCorrection]


def source_of(event: TimelineEvent) -> str | None:
    """The source whose clock wrote an event's time: the kind of its record; None for what a person added."""
    kind = event.kind
    if kind is EventKind.ADDED:
        return None
    if kind is EventKind.SIGNAL:
        return SIGNALS
    for name, value in event.attributes:  # as a dict it would be built for each of tens of thousands
        if name == "occurrence":
            return value
    return kind.value


def system_of(event: TimelineEvent) -> str | None:
    """The one system within its source that wrote the event, as `kind/system`; None where the record names none."""
    if event.service is None or event.kind in (EventKind.ADDED, EventKind.SIGNAL):
        return None
    return f"{source_of(event)}/{event.service}"


def correction_in(decision: Decision) -> ClockCorrection | None:
    """The correction that a mark on a source holds; None where its text is no number of seconds that can be meant."""
    try:
        seconds = float(decision.text)
    except ValueError:
        return None
    if decision.verb is not DecisionVerb.MARK or not math.isfinite(seconds) or abs(seconds) > MOST_SECONDS:
        return None
    source = decision.subject.removeprefix(PREFIX)
    return ClockCorrection(source, seconds, decision.why, decision.actor_id, decision.id)


def shifted(events: tuple[TimelineEvent, ...], corrections: Corrections) -> dict[str, TimelineEvent]:
    """The events by key, each at the time that its clock would have written, had it been right.

    A system's own correction goes before that of its kind of record. What no correction is of stays as it is: there may
    be tens of thousands.
    """
    by_system = any("/" in source for source in corrections)
    told = {}
    for event in events:
        correction = corrections.get(system_of(event) or "") if by_system else None
        correction = correction or corrections.get(source_of(event) or "")
        told[event.key] = _shifted(event, correction) if correction is not None else event
    return told


def _shifted(event: TimelineEvent, correction: ClockCorrection) -> TimelineEvent:
    # A found event was not amended yet. A clock may have written tens of thousands, so nothing is copied twice.
    return TimelineEvent(
        key=event.key,
        moment=moved(event.moment, correction),
        kind=event.kind,
        service=event.service,
        title=event.title,
        body=event.body,
        actor=event.actor,
        evidence_ids=event.evidence_ids,
        decision_ids=(*event.decision_ids, correction.decision_id),
        attributes=event.attributes,
        amended=Amended(recorded=event.moment, correction_s=correction.seconds),
    )


def shifted_onset(onset: Onset, corrections: Corrections) -> Onset:
    """The onset, moved with the clock of what is measured."""
    correction = corrections.get(SIGNALS)
    if correction is None:
        return onset
    recovered = moved(onset.recovered, correction) if onset.recovered is not None else None
    return replace(onset, moment=moved(onset.moment, correction), recovered=recovered)


def moved(moment: Moment, correction: ClockCorrection) -> Moment:
    """The moment with the correction's seconds added; unmoved where that would leave the calendar."""
    by = timedelta(seconds=correction.seconds)
    try:
        earliest = moment.earliest + by
        latest = earliest if moment.latest == moment.earliest else moment.latest + by
        return Moment(earliest, latest, moment.provenance)
    except OverflowError:
        return moment
