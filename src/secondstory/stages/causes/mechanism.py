"""Tells from a service's signals and occurrences how it fails, the most particular mechanism that they show first."""

from __future__ import annotations

from collections.abc import Callable

from secondstory.model.causes import Mechanism
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.telemetry import OccurrenceKind
from secondstory.stages.causes.changes import changes_before
from secondstory.stages.causes.method import Deviation, View
from secondstory.stages.causes.restarting import grows_and_falls, is_memory, stops, unanswered
from secondstory.stages.causes.retrying import amplified_edges
from secondstory.stages.causes.stretches import during

FULL = 0.95  # of its limit: a sampled gauge seldom catches the very last slot
LOOPING = 2  # unbidden stops from which it is no single crash
SETTINGS = (OccurrenceKind.CONFIG.value, OccurrenceKind.FLAG.value)

Own = tuple[Deviation, ...]
Told = tuple[Mechanism, Deviation | None]


def mechanism_of(view: View, service: str) -> Told:
    """The mechanism, and the deviation that shows it best; None where only logs, spans or occurrences speak."""
    own = tuple(deviation for deviation in view.deviations if deviation.service == service and deviation.score > 1)
    for tell in TELLING:
        told = tell(view, service, own)
        if told is not None:
            return told
    by_kind = {
        SignalKind.ERRORS: Mechanism.ERRORS,
        SignalKind.LATENCY: Mechanism.LATENCY,
        SignalKind.SATURATION: Mechanism.RESOURCE_EXHAUSTED,
        SignalKind.RESOURCE: Mechanism.RESOURCE_EXHAUSTED,
        SignalKind.TRAFFIC: Mechanism.TRAFFIC,
    }
    return (by_kind.get(own[0].signal.kind, Mechanism.UNKNOWN), own[0]) if own else (Mechanism.UNKNOWN, None)


def _full_pool(view: View, _: str, own: Own) -> Told | None:
    """A saturation signal at its limit, in a service where something else waits, fails or slows down as well."""
    full = [d for d in own if d.signal.kind is SignalKind.SATURATION and d.shift > 0 and _reaches_limit(view, d.signal)]
    return (Mechanism.POOL_EXHAUSTED, full[0]) if full and len(own) > 1 else None


def _reaches_limit(view: View, signal: Signal) -> bool:
    if signal.limit is None or signal.limit <= 0:
        return False
    values = during(view, signal)
    return bool(values.size) and float(values.max()) >= FULL * signal.limit


def _memory_leak(view: View, service: str, own: Own) -> Told | None:
    """Memory climbs steadily and falls back; or climbs, and instances stop unbidden."""
    climbing = [d for d in own if is_memory(d.signal) and d.shift > 0]
    ended = stops(view, service) > 0
    leaking = [d for d in climbing if grows_and_falls(during(view, d.signal), d.centre, ended=ended)]
    return (Mechanism.MEMORY_LEAK, leaking[0]) if leaking else None


def _crash(view: View, service: str, own: Own) -> Told | None:
    times = max(stops(view, service), unanswered(view, service))
    if not times:
        return None
    return (Mechanism.CRASH_LOOP if times >= LOOPING else Mechanism.CRASH), (own[0] if own else None)


def _retry_storm(view: View, service: str, own: Own) -> Told | None:
    """More calls along an edge than usual retries explain, while that edge fails; told of both its ends."""
    edges = amplified_edges(view, service)
    if not edges:
        return None
    shown = [d for d in view.deviations if d.signal.key in edges[0].signal_keys]
    return Mechanism.RETRY_STORM, (shown[0] if shown else own[0] if own else None)


def _bad_configuration(view: View, service: str, own: Own) -> Told | None:
    """Its setting or flag was changed before, it fails, and nothing of it runs short."""
    changed = any(c.service == service and c.occurrence.kind in SETTINGS for c in changes_before(view))
    failing = [d for d in view.deviations if d.signal.service == service and d.signal.kind is SignalKind.ERRORS]
    failing = [d for d in failing if d.score > 1]
    if not changed or not failing:
        return None
    short = [d for d in own if d.signal.kind is SignalKind.RESOURCE and d.strength > failing[0].strength]
    return None if short else (Mechanism.BAD_CONFIGURATION, failing[0])


def _slow_dependency(view: View, service: str, own: Own) -> Told | None:
    """It is slow to its callers, more than it fails itself, and none of what it calls is slow."""
    waited = [d for d in own if d.signal.kind is SignalKind.LATENCY and d.signal.peer == service and d.shift > 0]
    failing = [d for d in own if d.signal.kind is SignalKind.ERRORS and d.signal.peer is None]
    slow_below = any(
        d.signal.service == service
        and d.signal.peer is not None
        and d.signal.kind is SignalKind.LATENCY
        and d.score > 1
        for d in view.deviations
    )
    if not waited or slow_below or (failing and failing[0].strength > waited[0].strength):
        return None
    return Mechanism.SLOW_DEPENDENCY, waited[0]


TELLING: tuple[Callable[[View, str, Own], Told | None], ...] = (
    _full_pool,
    _memory_leak,
    _crash,
    _retry_storm,
    _bad_configuration,
    _slow_dependency,
)
