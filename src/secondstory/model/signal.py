"""A signal: one number per step of one service's indicator, with the band it keeps when nothing is wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from secondstory.model.window import EPOCH, Window, epoch_us, format_time

Floats = npt.NDArray[np.float64]


class SignalKind(StrEnum):
    """What an indicator measures; it decides which direction is bad."""

    TRAFFIC = "traffic"  # how much is asked
    ERRORS = "errors"  # share or rate of failures: upwards is bad
    LATENCY = "latency"  # upwards is bad
    SATURATION = "saturation"  # how full a limited thing is: upwards is bad
    RESOURCE = "resource"  # CPU, memory, disk, network
    LOGS = "logs"  # rows of a severity or pattern
    OTHER = "other"


@dataclass(frozen=True)
class Grid:
    """The steps that signals share: `pieces` are disjoint and in order, each cut into steps from its own start.

    Telemetry of one outage is mostly one piece; a baseline recorded elsewhere in time makes several.
    """

    pieces: tuple[Window, ...]
    step_s: int

    @cached_property
    def starts_us(self) -> npt.NDArray[np.int64]:
        """Start of every step in microseconds since 1970 UTC; shape (count,), rising, read-only."""
        step_us = self.step_s * 1_000_000
        runs = [np.arange(epoch_us(piece.start), epoch_us(piece.end), step_us) for piece in self.pieces]
        starts = np.concatenate(runs).astype(np.int64) if runs else np.zeros(0, np.int64)
        starts.setflags(write=False)
        return starts

    @property
    def count(self) -> int:
        """Number of steps."""
        return int(self.starts_us.size)

    def time(self, step: int) -> datetime:
        """Start of a step."""
        return EPOCH + timedelta(microseconds=int(self.starts_us[step]))

    def mask(self, window: Window) -> npt.NDArray[np.bool_]:
        """True for the steps that lie wholly inside `window`; shape (count,)."""
        last = self.starts_us + self.step_s * 1_000_000
        inside: npt.NDArray[np.bool_] = (self.starts_us >= epoch_us(window.start)) & (last <= epoch_us(window.end))
        return inside


@dataclass(frozen=True, eq=False)
class Signal:
    """Values of shape (grid.count,), float64, read-only; a step without data is NaN, never zero."""

    key: str  # subject key: signal/<service>/<indicator>[/<peer>]
    service: str
    indicator: str  # the metric's name with its attributes and statistic, or request_rate, error_ratio, …
    kind: SignalKind
    unit: str | None
    grid: Grid
    values: Floats
    evidence_id: str
    name: str = ""  # the bare metric name, where there is one
    peer: str | None = None  # the callee, for a signal of an edge
    version: str | None = None
    limit: float | None = None  # a known ceiling of a saturation signal, in the signal's unit

    def __post_init__(self) -> None:
        if self.values.shape != (self.grid.count,):
            raise ValueError(f"{self.key}: {self.values.shape} values for {self.grid.count} steps")
        if self.values.flags.writeable:
            raise ValueError(f"{self.key}: values must be read-only")

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the values, 64 hex digits; any NaN hashes alike."""
        clean = np.where(np.isnan(self.values), np.nan, self.values + 0.0).astype("<f8")
        return hashlib.sha256(clean.tobytes()).hexdigest()

    def summary(self) -> SignalSummary:
        """The signal as a document holds it."""
        known = self.values[~np.isnan(self.values)]
        return SignalSummary(
            key=self.key,
            service=self.service,
            indicator=self.indicator,
            kind=self.kind.value,
            unit=self.unit,
            peer=self.peer,
            version=self.version,
            start=format_time(self.grid.pieces[0].start),
            step_s=self.grid.step_s,
            steps=self.grid.count,
            known_steps=int(known.size),
            lowest=float(known.min()) if known.size else None,
            median=float(np.median(known)) if known.size else None,
            highest=float(known.max()) if known.size else None,
            values_hash=self.hash,
            evidence_id=self.evidence_id,
        )


@dataclass(frozen=True)
class SignalSummary:
    """A signal without its values, which are named by hash and reachable through the evidence id."""

    key: str
    service: str
    indicator: str
    kind: str
    unit: str | None
    peer: str | None
    version: str | None
    start: str  # RFC 3339
    step_s: int
    steps: int
    known_steps: int
    lowest: float | None
    median: float | None
    highest: float | None
    values_hash: str
    evidence_id: str


def frozen_values(values: Floats) -> Floats:
    """A read-only float64 copy of `values`, fit for a `Signal`."""
    copy = np.array(values, dtype=np.float64)
    copy.setflags(write=False)
    return copy
