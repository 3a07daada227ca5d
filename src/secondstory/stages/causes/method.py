"""The contract of a cause method: from what is known of an incident to a ranking with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from secondstory.algorithms.deviation import Steps
from secondstory.model.causes import MethodRun, Ranked
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.signal import Signal
from secondstory.model.timeline import TimelineBody
from secondstory.model.window import Window


class Weighs(StrEnum):
    """What a method's scores do in the fusion."""

    ANOMALY = "anomaly"  # scores from 0 upwards on one scale (log of calibrated deviation): may name a service
    CONTEXT = "context"  # scores in [-1, 1]: raise or lower what anomalies have named, and name nothing themselves


@dataclass(frozen=True, eq=False)
class Deviation:
    """One signal's departure from its band. `service` is the one that it is booked on: for an edge, the callee."""

    signal: Signal
    service: str
    score: float  # in calibrated scales; above 1 is more than chance reaches
    shift: float  # in the signal's unit, signed
    centre: float
    together: float  # how closely it moves with the symptom, 0..1; 1 where that cannot be told
    strength: float  # the comparable number that rankings use


@dataclass(frozen=True, eq=False)
class View:
    """All that a method may look at. `anomaly` is what the anomaly methods found; empty while they run."""

    case: Case
    evidence: EvidenceBody
    timeline: TimelineBody
    suspect: Window  # from the earliest time the fault may have begun to the window's end
    steps: Steps  # the same, and the fault-free ones, on the evidence's grid
    candidates: tuple[str, ...]
    deviations: tuple[Deviation, ...]  # strongest first
    symptom: Deviation | None  # what the people outside saw
    operations: Evidence | None = None  # answer to an OperationQuery over `suspect`
    patterns: Evidence | None = None  # answer to a LogPatternQuery over `suspect`
    sequences: Evidence | None = None  # answer to a TracePatternQuery over `suspect`
    versions: Evidence | None = None  # answer to a MetricSignalQuery by version
    anomaly: tuple[tuple[str, float], ...] = ()

    def own(self, service: str) -> tuple[Signal, ...]:
        """The signals that a service gives, its calls among them, in the order of the evidence."""
        return self._by_service.get(service, ())

    def called(self, service: str) -> tuple[Signal, ...]:
        """The signals of calls to a service, in the order of the evidence."""
        return self._by_peer.get(service, ())

    @cached_property
    def _by_service(self) -> dict[str, tuple[Signal, ...]]:
        return _grouped(self.evidence.signals, lambda signal: signal.service)

    @cached_property
    def _by_peer(self) -> dict[str, tuple[Signal, ...]]:
        return _grouped(self.evidence.signals, lambda signal: signal.peer)


def _grouped(signals: tuple[Signal, ...], by: Callable[[Signal], str | None]) -> dict[str, tuple[Signal, ...]]:
    groups: dict[str, list[Signal]] = {}
    for signal in signals:
        name = by(signal)
        if name is not None:
            groups.setdefault(name, []).append(signal)
    return {name: tuple(group) for name, group in groups.items()}


@dataclass(frozen=True)
class Method:
    """A way to rank causes: one file with `EXTENSION`. `needs` names the data without which it says "no data"."""

    name: str
    summary: str
    needs: str
    weighs: Weighs
    rank: Callable[[View], MethodRun]


def ran(name: str, ranking: list[Ranked]) -> MethodRun:
    """What a method hands back: best first, ties by name."""
    ordered = sorted(ranking, key=lambda place: (-place.score, place.service, place.indicator))
    return MethodRun(name, "ran", "", tuple(ordered))


def no_data(name: str, why: str) -> MethodRun:
    """What a method hands back that has nothing to go by."""
    return MethodRun(name, "no data", why, ())
