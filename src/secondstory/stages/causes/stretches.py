"""A signal's values in the suspected stretch and in fault-free time, and a service's traffic."""

from __future__ import annotations

import numpy as np

from secondstory.algorithms.deviation import Floats
from secondstory.model.signal import Signal, SignalKind
from secondstory.stages.causes.method import View
from secondstory.stages.causes.weighing import known


def during(view: View, signal: Signal) -> Floats:
    """Known values of the suspected stretch."""
    return known(signal.values[view.steps.suspect])


def before(view: View, signal: Signal) -> Floats:
    """Known values of fault-free time."""
    return known(signal.values[view.steps.calm])


def middle(values: Floats) -> float:
    """The median; 0 where nothing is known."""
    return float(np.median(values)) if values.size else 0.0


def traffic(view: View, service: str, *, inwards: bool) -> tuple[Signal, ...]:
    """Signals of requests in, or of calls out, the busiest first: parts of the traffic may cease on their own."""
    found = [
        signal
        for signal in view.evidence.signals
        if signal.kind is SignalKind.TRAFFIC and signal.service == service and (signal.peer is None) is inwards
    ]
    return tuple(sorted(found, key=lambda signal: (-middle(before(view, signal)), signal.key)))
