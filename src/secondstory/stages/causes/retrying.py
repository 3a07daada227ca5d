"""Calls out for each request in, during against before: how much retries multiply what reaches a callee."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondstory.algorithms.deviation import SMOOTH_STEPS, Floats
from secondstory.model.signal import Signal
from secondstory.stages.causes.method import View
from secondstory.stages.causes.stretches import before, during, middle, requests_in, traffic, words_of
from secondstory.stages.causes.weighing import known, whole_of

RETRYING = 1.5  # calls out for each request in, against before
STORM = 5.0  # clients commonly try three to five times in all; beyond that the retries are the load
STEPS = 5  # looked at together: retries come a while after their request
MOST = 0.5  # of the calls fail: retries that mostly succeed are doing what they are for
_RETRIES = frozenset(("retry", "retries"))
BUSY = 0.5  # of the usual requests in: below, calls for requests that came earlier make any ratio


@dataclass(frozen=True)
class AmplifiedEdge:
    """An edge on which calls for each request grew so many times, while calls failed."""

    ends: tuple[str, str]  # caller, callee
    times: float
    signal_keys: tuple[str, ...]


def calls_amplified(view: View, service: str) -> float:
    """Calls out for each request in, during against before; 1 where either cannot be told."""
    inwards, outwards = traffic(view, service, inwards=True), traffic(view, service, inwards=False)
    if not inwards or not outwards:
        return 1.0
    now = [middle(during(view, signal)) for signal in (*outwards, inwards[0])]
    earlier = [middle(before(view, signal)) for signal in (*outwards, inwards[0])]
    if not earlier[-1] or not now[-1] or not sum(earlier[:-1]):
        return 1.0
    return (sum(sorted(now[:-1])) / now[-1]) / (sum(sorted(earlier[:-1])) / earlier[-1])


def amplified_edges(view: View, service: str) -> tuple[AmplifiedEdge, ...]:
    """Edges from or to a service whose calls grew STORM times against the caller's requests while they failed.

    The most grown come first.
    """
    ends = (*view.own(service), *view.called(service))
    failing = {
        (signal.service, signal.peer): signal.key
        for signal in ends
        if signal.peer is not None and _mostly_fails(view, signal)
    }
    found = [_amplified(view, ends, key) for ends, key in sorted(failing.items())]
    found += [_counted(view, signal) for signal in ends if signal.peer and _RETRIES & words_of(signal)]
    storming = [edge for edge in found if edge is not None and edge.times >= STORM]
    return tuple(sorted(storming, key=lambda edge: (-edge.times, edge.ends)))


def _mostly_fails(view: View, signal: Signal) -> bool:
    """A share of failed calls that is small in fault-free time and at least half in several suspected steps."""
    whole = whole_of(signal)
    if not whole:
        return False
    failed = np.count_nonzero(during(view, signal) >= MOST * whole)
    return bool(failed >= SMOOTH_STEPS and middle(before(view, signal)) < MOST * whole)


def _amplified(view: View, ends: tuple[str, str], failing_key: str) -> AmplifiedEdge | None:
    caller, callee = ends
    inwards = requests_in(view, caller)
    outwards = [signal for signal in traffic(view, caller, inwards=False) if signal.peer == callee]
    if inwards is None or not outwards:
        return None
    return AmplifiedEdge(ends, _grown(view, outwards[0].values, inwards), (outwards[0].key, failing_key))


def _counted(view: View, signal: Signal) -> AmplifiedEdge | None:
    """The same from a client's own count of retries, which needs no spans."""
    inwards = requests_in(view, signal.service)
    if inwards is None or signal.peer is None or signal.unit != "1/s":
        return None
    least = BUSY * middle(known(inwards[view.steps.calm])) * STEPS
    now_in, again = (_short_sums(values[view.steps.suspect]) for values in (inwards, signal.values))
    if not now_in.size or not least:
        return None
    times = 1 + float((again / np.maximum(now_in, least)).max())
    return AmplifiedEdge((signal.service, signal.peer), times, (signal.key,))


def _grown(view: View, outwards: Floats, inwards: Floats) -> float:
    """The highest ratio of calls to requests over a few steps of the suspected stretch, against the usual ratio."""
    requests, calls = (middle(known(values[view.steps.calm])) for values in (inwards, outwards))
    if not requests or not calls:
        return 1.0
    least = BUSY * requests * STEPS
    now_in, now_out = (_short_sums(values[view.steps.suspect]) for values in (inwards, outwards))
    if not now_in.size:
        return 1.0
    return float((now_out / np.maximum(now_in, least)).max()) / (calls / requests)


def _short_sums(values: Floats) -> Floats:
    if values.size < STEPS:
        return np.zeros(0)
    sums: Floats = np.lib.stride_tricks.sliding_window_view(np.nan_to_num(values), STEPS).sum(axis=1)
    return sums
