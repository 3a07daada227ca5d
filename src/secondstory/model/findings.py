"""The evidence document's body: what the warehouse told, arranged for the stages that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from secondstory.model.evidence import EvidenceRef
from secondstory.model.gap import Gap
from secondstory.model.signal import Grid, Signal
from secondstory.model.subject import subject_key
from secondstory.model.window import Window


@dataclass(frozen=True)
class Occurrence:
    """A deploy, alert, chat line and the like, as recorded.

    `key` = occurrence/<kind>/<service>/<digest of time and title>.
    """

    key: str
    time: datetime
    kind: str
    service: str | None
    title: str
    body: str
    actor: str | None
    url: str | None
    attributes: tuple[tuple[str, str], ...]
    evidence_id: str


@dataclass(frozen=True)
class Edge:
    """caller calls callee; `calls` None where the edge is only declared."""

    caller: str
    callee: str
    calls: float | None
    evidence_id: str | None


@dataclass(frozen=True)
class LogPattern:
    """A shape of log lines, counted in the window and in the reference."""

    key: str
    service: str
    pattern: str
    severity: str
    rows: int
    reference_rows: int
    traces: int
    reference_traces: int
    first_time: datetime | None
    sample: str
    evidence_id: str


@dataclass(frozen=True)
class Coverage:
    """How much one table holds of one service."""

    table: str
    service: str
    rows: int
    first_time: datetime
    last_time: datetime
    side_by_side_s: float = 0.0  # the longest time that instances of two versions ran at once


@dataclass(frozen=True)
class EvidenceBody:
    """What is known, and what is not. `reference` is the fault-free baseline, `grid` the steps of all signals."""

    window: Window
    reference: tuple[Window, ...]
    grid: Grid
    services: tuple[str, ...]
    entry_services: tuple[str, ...]
    signals: tuple[Signal, ...]  # sorted by key
    edges: tuple[Edge, ...]
    occurrences: tuple[Occurrence, ...]  # sorted by (time, key)
    patterns: tuple[LogPattern, ...]
    coverage: tuple[Coverage, ...]
    gaps: tuple[Gap, ...]
    redactions: tuple[tuple[str, int], ...]
    evidence: tuple[EvidenceRef, ...]

    @cached_property
    def normal_steps(self) -> npt.NDArray[np.bool_]:
        """True for the steps that lie wholly inside the reference and not in the window; shape (grid.count,)."""
        normal = np.zeros(self.grid.count, np.bool_)
        for piece in self.reference:
            normal |= self.grid.mask(piece)
        return normal & ~self.grid.mask(self.window)

    def signal(self, service: str, indicator: str) -> Signal | None:
        """A service's own signal by its indicator."""
        return self._by_key.get(subject_key("signal", service, indicator))

    @cached_property
    def _by_key(self) -> dict[str, Signal]:
        return {signal.key: signal for signal in self.signals}
