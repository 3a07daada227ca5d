"""Signs that instances stop unbidden: the orchestrator's word, restart counts, silence, memory climbing and falling."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.deviation import SMOOTH_STEPS, Floats
from secondstory.model.findings import Occurrence
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.telemetry import CHANGES, OccurrenceKind
from secondstory.model.window import Moment, Provenance
from secondstory.stages.causes.method import View
from secondstory.stages.causes.stretches import during, middle, requests_in, words_in, words_of
from secondstory.stages.causes.weighing import known

ROLL_OUT = timedelta(minutes=5)  # replicas come and go for a while after a deploy
SILENT = 0.1  # of the usual traffic
MISSED = 12  # requests that should have come: chance keeps so many away once in ten thousand stretches
CLIMBED = 0.3  # of its usual level: memory moves by less for many reasons
STEADY = 0.01  # of its usual level in each step: a jump that is held is no climb
FELL = 0.5  # of what it climbed: a restart gives nearly all back, a collector's run some
UNBIDDEN = frozenset(
    (
        "BackOff",
        "CrashLoopBackOff",
        "Error",
        "OOMKilling",
        "OOMKilled",
        "SystemOOM",
        "Evicted",
        "Preempted",
        "NodeNotReady",
    )
)
"""Reasons, in the words of Kubernetes, for which an instance goes down unbidden; others tell of orderly work."""
_RESTARTS = frozenset(("restart", "restarts"))
_MEMORY = frozenset(("memory", "mem", "heap", "rss"))


def stops(view: View, service: str) -> int:
    """How often instances stopped unbidden in the suspected stretch, by the orchestrator's events or its count."""
    counted = (_grown(view, signal) for signal in counters_of_stops(view, service))
    return max(len(_unbidden(view, service)), *counted, 0)


def first_stop(view: View, service: str) -> tuple[Moment, str] | None:
    """When the first instance stopped unbidden, and the evidence that tells; None where none did."""
    found = [(Moment.at(one.time, Provenance.RECORDED), one.evidence_id) for one in _unbidden(view, service)]
    for signal in counters_of_stops(view, service):
        if _grown(view, signal):
            found.append((_growth(view, signal), signal.evidence_id))
    return min(found, key=lambda one: (one[0].latest, one[1]), default=None)


def counters_of_stops(view: View, service: str) -> tuple[Signal, ...]:
    """The service's own counts of restarts."""
    return tuple(one for one in view.own(service) if one.version is None and _RESTARTS & words_of(one))


def _unbidden(view: View, service: str) -> list[Occurrence]:
    own = [occurrence for occurrence in view.evidence.occurrences if occurrence.service == service]
    changes = [occurrence.time for occurrence in own if occurrence.kind in {kind.value for kind in CHANGES}]
    found = []
    for occurrence in own:
        if occurrence.kind != OccurrenceKind.ORCHESTRATOR.value or not view.suspect.holds(occurrence.time):
            continue
        reason = dict(occurrence.attributes).get("reason")
        rolled_out = any(timedelta() <= occurrence.time - change <= ROLL_OUT for change in changes)
        if reason in UNBIDDEN or (reason is None and not rolled_out):
            found.append(occurrence)
    return found


def _grown(view: View, signal: Signal) -> int:
    """By how much a count of restarts grew; a counter is a rate by now."""
    values = during(view, signal)
    if not values.size:
        return 0
    if _is_rate(signal):
        return round(float(values.sum()) * signal.grid.step_s)
    return max(0, round(float(values.max() - values[0])))


def _growth(view: View, signal: Signal) -> Moment:
    """The step in which a count that grew did so first."""
    steps = np.flatnonzero(view.steps.suspect & ~np.isnan(signal.values))
    values = signal.values[steps]
    grew = steps[np.flatnonzero(values > (0.0 if _is_rate(signal) else values[0]))[0]]
    start = signal.grid.time(int(grew))
    return Moment(start, start + timedelta(seconds=signal.grid.step_s), Provenance.MEASURED)


def _is_rate(signal: Signal) -> bool:
    return signal.indicator.partition("{")[0].endswith(".rate")


def unanswered(view: View, service: str) -> int:
    """How often its requests ceased for a while, though its callers kept calling as far as one can tell."""
    served = requests_in(view, service)
    if served is None:
        return 0
    silent = _silent(view, served)
    calls = [
        signal.values
        for signal in view.called(service)
        if signal.kind is SignalKind.TRAFFIC and signal.service != service
    ]
    if not calls:
        return 0  # a service that nobody calls any more is quiet too, for another's sake
    silent &= ~np.logical_and.reduce([_silent(view, values) for values in calls])
    return int(np.count_nonzero(np.diff(np.concatenate(([0], silent.astype(np.int8)))) == 1))


def _silent(view: View, rate: Floats) -> npt.NDArray[np.bool_]:
    """True where a stretch ends in which hardly any of the usual traffic came; shape (suspected steps,).

    The stretch is so long that MISSED requests should have come, where `rate` is requests a second.
    """
    usual, values = known(rate[view.steps.calm]), rate[view.steps.suspect]
    quiet = np.zeros(values.size, np.bool_)
    if usual.size < SMOOTH_STEPS or np.isnan(values).all() or middle(usual) <= 0:
        return quiet
    width = max(SMOOTH_STEPS, math.ceil(MISSED / (middle(usual) * view.evidence.grid.step_s)))
    if values.size < width:
        return quiet
    level = np.where(np.isnan(values), np.inf, values)
    runs = np.lib.stride_tricks.sliding_window_view(level, width).mean(axis=1)
    quiet[width - 1 :] = runs < SILENT * middle(usual)
    return quiet


def is_memory(signal: Signal) -> bool:
    """Whether a resource signal measures memory in use."""
    return signal.kind is SignalKind.RESOURCE and bool(_MEMORY & words_of(signal))


def speaks_of_memory(indicator: str) -> bool:
    """Whether the metric of an indicator is one of memory."""
    return bool(_MEMORY & words_in(indicator.partition("{")[0]))


def grows_and_falls(values: Floats, usual: float, *, ended: bool) -> bool:
    """Whether values climb by CLIMBED of the usual in at least three steps, and then fall back or the process ends."""
    lowest = climbed = 0.0
    steps = 0
    for number, value in enumerate(values):
        rising = number > 0 and value - values[number - 1] > STEADY * usual
        if rising:
            steps, climbed = steps + 1, value - lowest
        fallen = ended or lowest + climbed - value >= FELL * climbed
        if steps >= SMOOTH_STEPS and climbed >= CLIMBED * usual and fallen:
            return True
        if not rising:
            lowest, climbed, steps = float(value), 0.0, 0
    return False
