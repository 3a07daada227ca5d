"""Signals become onsets: when each left its own band and came back, kept only where chance is an unlikely reason."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.onsets import LEAST_REFERENCE, Excursion, find_excursion
from secondstory.algorithms.statistics import discoveries, median, robust_band
from secondstory.model.findings import EvidenceBody
from secondstory.model.signal import Grid, Signal, SignalKind
from secondstory.model.timeline import Onset
from secondstory.model.window import EPOCH, Moment, Provenance, epoch_us

_FALSE_SHARE = 0.01  # of the onsets told, at most this share is expected to be chance
_UPWARDS = (SignalKind.ERRORS, SignalKind.LATENCY, SignalKind.SATURATION)
_MILLISECOND = {"ms": 1.0, "s": 0.001, "us": 1000.0, "µs": 1000.0, "ns": 1_000_000.0}


def find_onsets(evidence: EvidenceBody) -> tuple[Onset, ...]:
    """The onsets of all signals that left their band in the window; sorted by (earliest, latest, signal key)."""
    grid = evidence.grid
    window = grid.mask(evidence.window)
    reference = evidence.normal_steps
    starts = _stretch_starts(grid)
    found: list[tuple[Signal, Excursion]] = []
    for signal in evidence.signals:
        direction = 1 if signal.kind in _UPWARDS else 0
        floor = least_spread(signal, reference)
        excursion = find_excursion(signal.values, reference, window, starts=starts, direction=direction, floor=floor)
        if excursion is not None:
            found.append((signal, excursion))
    # Signals that never left their band were tested as well; leaving them out of the count would make chance look rare.
    chances = np.ones(len(evidence.signals))
    chances[: len(found)] = [excursion.chance for _, excursion in found]
    held = discoveries(chances, _FALSE_SHARE)[: len(found)]
    onsets = [_onset(signal, excursion, grid) for (signal, excursion), holds in zip(found, held, strict=True) if holds]
    return tuple(sorted(onsets, key=lambda onset: (onset.moment.earliest, onset.moment.latest, onset.signal_key)))


def usual_band(signal: Signal, reference: npt.NDArray[np.bool_]) -> tuple[float, float] | None:
    """What a signal keeps between when nothing is wrong; None where too little is known of its usual time."""
    normal = signal.values[reference & ~np.isnan(signal.values)]
    if normal.size < LEAST_REFERENCE:
        return None
    band = robust_band(normal, least_spread(signal, reference))
    return _possible(signal, band.low), band.high


def least_spread(signal: Signal, reference: npt.NDArray[np.bool_]) -> float:
    """The least spread of a signal's band, in its unit: about a third of the smallest change that would mean anything.

    Half a percentage point of failures, a point and a half of a utilisation, a fiftieth of a limit, half a row or
    request per step, a millisecond; else three per cent of the usual value. Where the usual value is zero and the unit
    tells nothing, one per cent of the highest value.
    """
    known = signal.values[~np.isnan(signal.values)]
    normal = signal.values[reference & ~np.isnan(signal.values)]
    usual = abs(median(normal)) if normal.size else 0.0
    share = 0.05 if signal.kind is SignalKind.RESOURCE else 0.03
    least = share * usual
    if signal.unit == "1/s":
        least = max(least, 0.5 / signal.grid.step_s)
    if signal.kind is SignalKind.LATENCY:
        least = max(least, _MILLISECOND.get(signal.unit or "", 0.0))
    if signal.kind is SignalKind.ERRORS:
        least = max(least, 0.005 * _whole(signal))
    if signal.kind is SignalKind.RESOURCE:
        least = max(least, 0.015 * _whole(signal))
    if signal.limit is not None:
        least = max(least, 0.02 * abs(signal.limit))
    return least or 0.01 * float(np.abs(known).max(initial=0.0)) or 1e-9


def _whole(signal: Signal) -> float:
    """What a signal that is a share is a share of: 1 or 100; 0 for any other signal."""
    if signal.unit == "%" or "%" in signal.indicator or signal.indicator.startswith("100-"):
        return 100.0
    return 1.0 if signal.unit == "1" or signal.indicator.startswith("1-") else 0.0


def _stretch_starts(grid: Grid) -> npt.NDArray[np.int64]:
    pieces = [epoch_us(piece.start) for piece in grid.pieces]
    return np.searchsorted(grid.starts_us, pieces).astype(np.int64)


def _onset(signal: Signal, excursion: Excursion, grid: Grid) -> Onset:
    return Onset(
        signal_key=signal.key,
        service=signal.service,
        peer=signal.peer,
        indicator=signal.indicator,
        kind=signal.kind,
        moment=_between(grid, excursion.last_inside, excursion.start),
        strength=excursion.strength,
        before=excursion.before,
        during=excursion.during,
        band_low=_possible(signal, excursion.band.low),
        band_high=excursion.band.high,
        recovered=None if excursion.first_back is None else _between(grid, excursion.last, excursion.first_back),
        evidence_id=signal.evidence_id,
        unit=signal.unit,
    )


def _possible(signal: Signal, low: float) -> float:
    """The band's lower edge: what was never negative does not become so by being usual."""
    return max(low, 0.0) if float(np.nanmin(signal.values)) >= 0 else low


def _between(grid: Grid, before: int | None, after: int) -> Moment:
    """From the start of the last step of one state to the end of the first step of the other.

    A change late in a step may leave that step's value as it was, so both steps belong to the interval.
    """
    latest = grid.time(after) + timedelta(seconds=grid.step_s)
    if before is not None:
        return Moment(grid.time(before), latest, Provenance.MEASURED)
    begun = max(epoch_us(piece.start) for piece in grid.pieces if piece.start <= grid.time(after))
    return Moment(EPOCH + timedelta(microseconds=begun), latest, Provenance.MEASURED)
