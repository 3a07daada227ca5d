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
    if event.kind is EventKind.ADDED:
        return None
    return SIGNALS if event.kind is EventKind.SIGNAL else dict(event.attributes).get("occurrence", event.kind.value)


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


def shifted(event: TimelineEvent, corrections: Corrections) -> TimelineEvent:
    """The event at the time that its source's clock would have written, had it been right."""
    correction = corrections.get(source_of(event) or "")
    if correction is None:
        return event
    # A found event was not amended yet. A clock may have written tens of thousands, so nothing is copied twice.
    return replace(
        event,
        moment=moved(event.moment, correction),
        amended=Amended(recorded=event.moment, correction_s=correction.seconds),
        decision_ids=(*event.decision_ids, correction.decision_id),
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
        return Moment(moment.earliest + by, moment.latest + by, moment.provenance)
    except OverflowError:
        return moment
