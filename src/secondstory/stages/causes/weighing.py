"""Turns signals into deviations that can be compared: on whom each is booked, and how much it says of the incident."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.deviation import SMOOTH_STEPS, Deviations, Floats, Mask, Steps, deviations, median_of_rows
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Alarm, Case
from secondstory.model.signal import Grid, Signal, SignalKind
from secondstory.model.telemetry import OccurrenceKind
from secondstory.model.window import Window, epoch_us
from secondstory.stages.causes.carrying import Loads, loads_of
from secondstory.stages.causes.method import Deviation

DIRECTION = {  # 1: up is bad; 0: both directions may tell something
    SignalKind.ERRORS: 1,
    SignalKind.LATENCY: 1,
    SignalKind.SATURATION: 1,
    SignalKind.RESOURCE: 1,
    SignalKind.LOGS: 1,
    SignalKind.TRAFFIC: 0,
    SignalKind.OTHER: 0,
}
WEIGHT = {  # failing and slow is what an outage is made of; traffic mostly follows it
    SignalKind.ERRORS: 1.0,
    SignalKind.LATENCY: 1.0,
    SignalKind.SATURATION: 1.0,
    SignalKind.RESOURCE: 0.8,
    SignalKind.LOGS: 0.8,
    SignalKind.OTHER: 0.6,
    SignalKind.TRAFFIC: 0.4,
}
STARTING = 0.15  # a process that just started fills caches and compiles code: what it uses says little of what is wrong
SYMPTOMS = (SignalKind.ERRORS, SignalKind.LATENCY)
EDGE_BOOKED_ON_CALLEE = SYMPTOMS  # what a caller sees of a callee is the callee's doing

SECONDS = {"s": 1.0, "seconds": 1.0, "ms": 1e-3, "milliseconds": 1e-3, "us": 1e-6, "µs": 1e-6, "min": 60.0}
FAILURE_FLOOR = 0.002  # share of failed requests that matters; 99.8 % is a common promise
RELATIVE_FLOOR = 0.05  # of the usual level: nobody acts on less
HALF_FAILURE = 0.01  # share of failures that counts half of a total failure
CAP = math.log1p(100.0)  # beyond a hundredfold, more is not more certain
ODD_SAMPLE = 0.5  # share of its weight that a deviation keeps though a single step shows it
ALONE = 0.5  # share of a deviation's weight that it keeps though it does not move with the symptom
OTHER_SYMPTOM = 0.5  # slowness explains failures, and failures slowness, less often than their own kind
FEWEST_PAIRED = 4  # points below which moving together is chance


def weigh(case: Case, evidence: EvidenceBody, steps: Steps) -> tuple[tuple[Deviation, ...], Deviation | None]:
    """All deviations, strongest first, and the one that is the symptom."""
    usable = tuple(signal for signal in evidence.signals if signal.version is None)
    if not usable:
        return (), None
    found = _measure(usable, steps)
    symptom = _symptom(case, evidence, usable, found)
    probes = frozenset(case.system.probes)
    felt = _felt(evidence, usable, symptom, steps)
    seen = [_deviation(signal, found, row, felt) for row, signal in enumerate(usable) if found.score[row] > 0]
    ordered = sorted(seen, key=lambda deviation: (-deviation.strength, deviation.signal.key))
    of_symptom = [deviation for deviation in seen if symptom is not None and deviation.signal is usable[symptom]]
    ranked = tuple(deviation for deviation in ordered if deviation.service not in probes)
    return ranked, of_symptom[0] if of_symptom else None


def steps_of(evidence: EvidenceBody, suspect: Window, calm: tuple[Window, ...]) -> Steps:
    """The fault-free, watched and suspected steps of the evidence's grid."""
    grid = evidence.grid
    watched = _touching(grid, evidence.window)
    inside = _touching(grid, suspect) & watched
    quiet = np.zeros(grid.count, np.bool_)
    for piece in calm:
        quiet |= _touching(grid, piece)
    return Steps(quiet & ~inside, watched, inside)


def _touching(grid: Grid, window: Window) -> npt.NDArray[np.bool_]:
    """Steps that begin inside the window, or hold its start."""
    starts = grid.starts_us
    last = starts + grid.step_s * 1_000_000
    touching: npt.NDArray[np.bool_] = (last > epoch_us(window.start)) & (starts < epoch_us(window.end))
    return touching


def _measure(signals: tuple[Signal, ...], steps: Steps) -> Deviations:
    values = np.array([_plausible(signal, steps) for signal in signals])
    level = np.abs(np.nan_to_num(median_of_rows(values[:, steps.calm]), nan=1.0))
    wholes = np.array([whole_of(signal) for signal in signals])
    # A signal that rests at zero has no level to take a share of; its own largest value stands in.
    largest = np.nanmax(np.abs(np.nan_to_num(values)), axis=1)
    level = np.where(level > 0, level, np.where(largest > 0, largest, 1.0))
    return deviations(
        values,
        steps,
        direction=np.array([DIRECTION[signal.kind] for signal in signals]),
        floor=np.where(wholes > 0, FAILURE_FLOOR * wholes, RELATIVE_FLOOR * level),
        group=[f"{signal.kind.value} {signal.name or signal.indicator}" for signal in signals],
    )


def _plausible(signal: Signal, steps: Steps) -> Floats:
    """The values without waits that began before the suspected stretch did: what waited that long waited for others."""
    unit_s = SECONDS.get((signal.unit or "").lower())
    if signal.kind is not SignalKind.LATENCY or unit_s is None:
        return signal.values
    longest_s = int(steps.suspect.sum()) * signal.grid.step_s
    believed: Floats = np.where(signal.values * unit_s > longest_s, np.nan, signal.values)
    return believed


def _symptom(case: Case, evidence: EvidenceBody, signals: tuple[Signal, ...], found: Deviations) -> int | None:
    """The row that the alarm speaks of; else the strongest failure or slowness where requests come in."""
    outside = frozenset((*case.system.entry_services, *evidence.entry_services))
    promised = frozenset(case.system.slis)
    best: tuple[int, float] | None = None
    chosen = None
    for row, signal in enumerate(signals):
        alarmed = _alarm_match(case.incident.alarm, signal)
        if signal.kind not in SYMPTOMS or signal.peer is not None or not found.score[row] > (0 if alarmed else 1):
            continue
        nearness = max(
            alarmed,
            1 if signal.service in outside or (signal.service, signal.name) in promised else 0,
        )
        place = (nearness, float(found.score[row]))
        if nearness and (best is None or place > best):
            best, chosen = place, row
    return chosen


def _alarm_match(alarm: Alarm | None, signal: Signal) -> int:
    """3: service, indicator and attributes of the alarm; 2: service and indicator; 0: another signal."""
    if alarm is None or alarm.service != signal.service or alarm.indicator not in (signal.name, signal.indicator):
        return 0
    return 3 if all(value in signal.indicator for _, value in alarm.attributes) else 2


@dataclass(frozen=True, eq=False)
class _Felt:
    """What was felt outside, and what it takes to compare a signal with it."""

    symptom: Signal | None
    alike: dict[str, Signal]  # signals of the symptom's service, by indicator
    loads: Loads
    watched: Mask
    starting: frozenset[str]  # services of which processes started while we watched

    def beside(self, signal: Signal, together: float) -> float:
        """How far the signal can have to do with what was felt, 0..1: by counting requests, else by moving together."""
        counted = None
        if self.symptom is not None and signal.kind in SYMPTOMS:
            counted = self.loads.share(signal, self.alike.get(signal.indicator, self.symptom))
        return ALONE + (1 - ALONE) * together if counted is None else counted


def _felt(evidence: EvidenceBody, signals: tuple[Signal, ...], symptom: int | None, steps: Steps) -> _Felt:
    chosen = signals[symptom] if symptom is not None else None
    own = [signal for signal in signals if chosen is not None and signal.service == chosen.service]
    alike = {signal.indicator: signal for signal in own if signal.peer is None}
    starting = frozenset(
        occurrence.service
        for occurrence in evidence.occurrences
        if occurrence.service and occurrence.kind == OccurrenceKind.DEPLOY and evidence.window.holds(occurrence.time)
    )
    return _Felt(chosen, alike, loads_of(signals, steps.calm, steps.suspect), steps.watched, starting)


def weight_of(signal: Signal, *, starting: bool) -> float:
    """What an outage is made of, by the signal's kind; `starting` where the process that it tells of just started."""
    if signal.kind is SignalKind.LOGS and not any(severity in signal.indicator for severity in ("error", "fatal")):
        return WEIGHT[SignalKind.TRAFFIC]  # what a service says in passing follows what it is asked
    return STARTING if starting and signal.kind is SignalKind.RESOURCE else WEIGHT[signal.kind]


def _deviation(signal: Signal, found: Deviations, row: int, felt: _Felt) -> Deviation:
    score, shift, centre = float(found.score[row]), float(found.shift[row]), float(found.centre[row])
    symptom = felt.symptom
    together = 1.0 if symptom is None else _together(signal.values[felt.watched], symptom.values[felt.watched])
    # What chance reaches as well is no more than a hint.
    strength = min(math.log1p(score) * min(1.0, score), CAP) * _size(shift, centre, whole_of(signal))
    strength *= weight_of(signal, starting=signal.service in felt.starting)
    strength *= felt.beside(signal, together) * _lasting(signal, found, row, felt.loads.suspect)
    if symptom is not None and signal.kind in SYMPTOMS and signal.kind is not symptom.kind:
        strength *= OTHER_SYMPTOM
    booked = signal.peer if signal.peer is not None and signal.kind in EDGE_BOOKED_ON_CALLEE else signal.service
    return Deviation(signal, booked, score, shift, centre, together, strength)


def _lasting(signal: Signal, found: Deviations, row: int, suspect: Mask) -> float:
    """What is left of a deviation that only one step of several shows: one odd sample is hardly a fault."""
    beyond = np.abs(signal.values[suspect] - found.centre[row]) > found.scale[row]
    return ODD_SAMPLE if beyond.size > SMOOTH_STEPS and int(beyond.sum()) < 2 else 1.0


def _size(shift: float, centre: float, whole: float) -> float:
    """How large a shift is for a person, 0..1, beside how unusual it is."""
    if whole:
        return abs(shift) / (abs(shift) + HALF_FAILURE * whole)
    return math.sqrt(abs(shift) / (abs(shift) + abs(centre))) if shift else 0.0


def whole_of(signal: Signal) -> float:
    """What a share of failures is a share of, 1 or 100; 0 where the signal is no such share."""
    if signal.kind is not SignalKind.ERRORS:
        return 0.0
    turned = signal.indicator.partition("-")[0]  # evidence writes "100-" or "1-" before a share of successes
    if turned in ("1", "100"):
        return float(turned)
    return {"1": 1.0, "%": 100.0, "percent": 100.0}.get((signal.unit or "").lower(), 0.0)


def _together(values: Floats, symptom: Floats) -> float:
    """Correlation over the watched steps, negative as 0; 0 where there is too little to tell."""
    known = ~np.isnan(values) & ~np.isnan(symptom)
    if int(known.sum()) < FEWEST_PAIRED:
        return 0.0
    ours, theirs = values[known] - values[known].mean(), symptom[known] - symptom[known].mean()
    size = math.sqrt(float((ours**2).sum()) * float((theirs**2).sum()))
    return max(0.0, min(1.0, float((ours * theirs).sum()) / size)) if size > 0 else 0.0


def known(values: Floats) -> Floats:
    """The values that are not missing."""
    present: Floats = values[~np.isnan(values)]
    return present
