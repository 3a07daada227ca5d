"""Tells from a service's signals how its failure shows: a full pool, a resource, a crash, errors, slowness, load."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from secondstory.algorithms.deviation import SMOOTH_STEPS, Floats
from secondstory.model.causes import Mechanism
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.telemetry import CHANGES, OccurrenceKind
from secondstory.stages.causes.method import Deviation, View
from secondstory.stages.causes.weighing import known

FULL = 0.95  # of its limit: a sampled gauge seldom catches the very last slot
RETRYING = 1.5  # calls out for each request in, against before
ROLL_OUT = timedelta(minutes=5)  # replicas come and go for a while after a deploy
SILENT = 0.1  # of the usual traffic
RESTARTING = (
    "BackOff",
    "CrashLoopBackOff",
    "OOMKilling",
    "OOMKilled",
    "SystemOOM",
    "Evicted",
    "Preempted",
    "NodeNotReady",
)
"""Reasons, in the words of Kubernetes, for which an instance goes down unbidden; others tell of orderly work."""


def mechanism_of(view: View, service: str) -> tuple[Mechanism, Deviation | None]:
    """The mechanism, and the deviation that shows it best; None where only logs or spans speak."""
    own = tuple(deviation for deviation in view.deviations if deviation.service == service and deviation.score > 1)
    pool = _full_pool(view, own)
    if pool is not None:
        return Mechanism.POOL_EXHAUSTED, pool
    if crashed(view, service):
        return Mechanism.CRASH, own[0] if own else None
    if not own:
        return Mechanism.UNKNOWN, None
    if own[0].signal.kind is SignalKind.TRAFFIC and calls_amplified(view, service) >= RETRYING:
        return Mechanism.RETRY_STORM, own[0]
    by_kind = {
        SignalKind.ERRORS: Mechanism.ERRORS,
        SignalKind.LATENCY: Mechanism.LATENCY,
        SignalKind.SATURATION: Mechanism.RESOURCE_EXHAUSTED,
        SignalKind.RESOURCE: Mechanism.RESOURCE_EXHAUSTED,
        SignalKind.TRAFFIC: Mechanism.TRAFFIC,
    }
    return by_kind.get(own[0].signal.kind, Mechanism.UNKNOWN), own[0]


def _full_pool(view: View, own: tuple[Deviation, ...]) -> Deviation | None:
    """A saturation signal at its limit, in a service where something else waits, fails or slows down as well."""
    full = [d for d in own if d.signal.kind is SignalKind.SATURATION and d.shift > 0 and _reaches_limit(view, d.signal)]
    if not full or len(own) < 2:
        return None
    return full[0]


def _reaches_limit(view: View, signal: Signal) -> bool:
    if signal.limit is None or signal.limit <= 0:
        return False
    values = _during(view, signal)
    return bool(values.size) and float(values.max()) >= FULL * signal.limit


def crashed(view: View, service: str) -> bool:
    """The orchestrator restarts the service unbidden in the suspected stretch, or its requests cease for a while."""
    own = [occurrence for occurrence in view.evidence.occurrences if occurrence.service == service]
    changes = [occurrence.time for occurrence in own if occurrence.kind in {kind.value for kind in CHANGES}]
    unbidden = any(
        occurrence.kind == OccurrenceKind.ORCHESTRATOR.value
        and dict(occurrence.attributes).get("reason", RESTARTING[0]) in RESTARTING
        and view.suspect.holds(occurrence.time)
        and not any(timedelta() <= occurrence.time - change <= ROLL_OUT for change in changes)
        for occurrence in own
    )
    return unbidden or any(_ceased(view, signal) for signal in _traffic(view, service, inwards=True)[:1])


def _ceased(view: View, signal: Signal) -> bool:
    before, during = _before(view, signal), _during(view, signal)
    if before.size < SMOOTH_STEPS or during.size < SMOOTH_STEPS:
        return False
    runs = np.lib.stride_tricks.sliding_window_view(during, SMOOTH_STEPS).max(axis=1)
    return float(runs.min()) < SILENT * float(np.median(before))


def calls_amplified(view: View, service: str) -> float:
    """Calls out for each request in, during against before; 1 where either cannot be told."""
    inwards, outwards = _traffic(view, service, inwards=True), _traffic(view, service, inwards=False)
    if not inwards or not outwards:
        return 1.0
    now = [_middle(_during(view, signal)) for signal in (*outwards, inwards[0])]
    before = [_middle(_before(view, signal)) for signal in (*outwards, inwards[0])]
    if not before[-1] or not now[-1] or not sum(before[:-1]):
        return 1.0
    return (sum(sorted(now[:-1])) / now[-1]) / (sum(sorted(before[:-1])) / before[-1])


def _traffic(view: View, service: str, *, inwards: bool) -> tuple[Signal, ...]:
    """Signals of requests in, or of calls out, the busiest first: parts of the traffic may cease on their own."""
    found = [
        signal
        for signal in view.evidence.signals
        if signal.kind is SignalKind.TRAFFIC and signal.service == service and (signal.peer is None) is inwards
    ]
    return tuple(sorted(found, key=lambda signal: (-_middle(_before(view, signal)), signal.key)))


def _during(view: View, signal: Signal) -> Floats:
    return known(signal.values[view.steps.suspect])


def _before(view: View, signal: Signal) -> Floats:
    return known(signal.values[view.steps.calm])


def _middle(values: Floats) -> float:
    return float(np.median(values)) if values.size else 0.0
