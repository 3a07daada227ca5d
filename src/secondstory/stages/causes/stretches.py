"""A signal's values in the suspected stretch and in fault-free time, and a service's traffic."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from secondstory.algorithms.deviation import Floats
from secondstory.algorithms.statistics import median
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
    return median(values) if values.size else 0.0


def requests_in(view: View, service: str) -> Floats | None:
    """Requests that a service gets, well answered or not, on the whole grid; None where nothing tells.

    A metric's series are split by outcome, and those that failed are no traffic signals: they are added up by name.
    """
    inwards = traffic(view, service, inwards=True)
    if not inwards:
        return None
    whole = next((signal for signal in inwards if not signal.name), None)
    if whole is not None:
        return whole.values
    parts = [
        signal.values
        for signal in view.own(service)
        if (signal.name, signal.unit) == (inwards[0].name, inwards[0].unit)
        and signal.kind in (SignalKind.TRAFFIC, SignalKind.ERRORS)
        and signal.peer is None
        and signal.version is None
    ]
    unknown = np.logical_and.reduce([np.isnan(values) for values in parts])
    total: Floats = np.where(unknown, np.nan, np.nansum(parts, axis=0))
    return total


def traffic(view: View, service: str, *, inwards: bool) -> tuple[Signal, ...]:
    """Signals of requests in, or of calls out, the busiest first: parts of the traffic may cease on their own."""
    found = [
        signal for signal in view.own(service) if signal.kind is SignalKind.TRAFFIC and (signal.peer is None) is inwards
    ]
    return tuple(sorted(found, key=lambda signal: (-middle(before(view, signal)), signal.key)))


def words_of(signal: Signal) -> frozenset[str]:
    """The lower-case words of what a signal is called."""
    return _words(signal.name or signal.indicator)


@lru_cache(maxsize=4096)  # a few hundred names, asked about every service
def _words(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z]+", name.lower()))
