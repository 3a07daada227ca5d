"""Signs that instances stop unbidden: the orchestrator's word, restart counts, silence, memory climbing and falling."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.deviation import SMOOTH_STEPS, Floats
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.telemetry import CHANGES, OccurrenceKind
from secondstory.stages.causes.method import View
from secondstory.stages.causes.stretches import during, middle, requests_in, words_of
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
    own = [occurrence for occurrence in view.evidence.occurrences if occurrence.service == service]
    changes = [occurrence.time for occurrence in own if occurrence.kind in {kind.value for kind in CHANGES}]
    told = 0
    for occurrence in own:
        if occurrence.kind != OccurrenceKind.ORCHESTRATOR.value or not view.suspect.holds(occurrence.time):
            continue
        reason = dict(occurrence.attributes).get("reason")
        rolled_out = any(timedelta() <= occurrence.time - change <= ROLL_OUT for change in changes)
        told += reason in UNBIDDEN or (reason is None and not rolled_out)
    counted = (_counted(view, signal) for signal in view.own(service))
    return max(told, *counted, 0)


def _counted(view: View, signal: Signal) -> int:
    """By how much a count of restarts grew; a counter is a rate by now."""
    if not _RESTARTS & words_of(signal) or signal.version is not None:
        return 0
    values = during(view, signal)
    if not values.size:
        return 0
    if signal.indicator.partition("{")[0].endswith(".rate"):
        return round(float(values.sum()) * signal.grid.step_s)
    return max(0, round(float(values.max() - values[0])))


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
