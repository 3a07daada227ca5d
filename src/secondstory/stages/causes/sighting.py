"""Arranges what the signals, the changes and the logs did, so that any hypothesis can be tested without the signals."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import numpy as np

from secondstory.algorithms.onsets import LEAST_REFERENCE
from secondstory.model.findings import Edge
from secondstory.model.sightings import (
    ChangeSeen,
    Departure,
    NewLines,
    Repeated,
    Sightings,
    Stopped,
    Symptom,
    Watched,
)
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.telemetry import CHANGES, OccurrenceKind
from secondstory.model.timeline import Onset
from secondstory.model.window import Window
from secondstory.stages.causes.mechanism import FULL
from secondstory.stages.causes.method import View
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.stages.causes.restarting import counters_of_stops, first_stop, stops
from secondstory.stages.causes.retrying import amplified_edges

MOST_LINES = 3  # new log lines kept of each service; one is enough to hold or fail a prediction
SEVERE = ("error", "fatal")


def arrange(view: View) -> Sightings:
    """What a view holds, in a few hundred lines of text: the same view gives the same sightings."""
    evidence = view.evidence
    symptom = _symptom(view)
    changes = {kind.value for kind in CHANGES}
    counters = [one for service in evidence.services for one in counters_of_stops(view, service)]
    rows = [pattern.service for pattern in evidence.patterns if pattern.reference_rows > 0]
    return Sightings(
        window=evidence.window,
        step_s=evidence.grid.step_s,
        time_zone=view.case.incident.time_zone,
        symptom=symptom,
        edges=tuple(sorted({(edge.caller, edge.callee) for edge in evidence.edges if edge.caller != edge.callee})),
        edges_evidence_id=_first_id(evidence.edges),
        entry_services=tuple(sorted({*view.case.system.entry_services, *evidence.entry_services})),
        watched=_watched(view, symptom),
        changes=tuple(
            ChangeSeen(one.key, one.service, one.title, one.time, one.evidence_id)
            for one in evidence.occurrences
            if one.kind in changes and one.service and evidence.window.holds(one.time)
        ),
        new_lines=_new_lines(view),
        logged=tuple(sorted(set(rows))),
        stopped=tuple(one for service in evidence.services if (one := _stopped(view, service)) is not None),
        stops_told=evidence.services if _orchestrated(view) else tuple(sorted({one.service for one in counters})),
        stops_evidence_ids=tuple(sorted({*_orchestrated(view), *(one.evidence_id for one in counters)})),
        repeated=tuple(
            Repeated(*edge.ends, edge.times, _evidence_of(view, edge.signal_keys)) for edge in amplified_edges(view)
        ),
    )


def _evidence_of(view: View, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({signal.evidence_id for signal in view.evidence.signals if signal.key in keys}))


def _stopped(view: View, service: str) -> Stopped | None:
    first = first_stop(view, service)
    return None if first is None else Stopped(service, stops(view, service), *first)


def _orchestrated(view: View) -> tuple[str, ...]:
    """Evidence of an orchestrator's events, of any service: who tells of some would have told of others."""
    told = (one for one in view.evidence.occurrences if one.kind == OccurrenceKind.ORCHESTRATOR.value)
    return tuple(sorted({one.evidence_id for one in told}))


def _first_id(edges: tuple[Edge, ...]) -> str | None:
    return min((edge.evidence_id for edge in edges if edge.evidence_id is not None), default=None)


def _symptom(view: View) -> Symptom | None:
    """The onset of the signal that the methods explain; where it has none, the first sign of the service it is of."""
    if view.symptom is None:
        return None
    signal = view.symptom.signal
    own = next((onset for onset in view.timeline.onsets if onset.signal_key == signal.key), None)
    onset = own or first_onsets(view).get(signal.service)
    if onset is None:
        return None
    return Symptom(signal.service, onset.indicator, onset.moment, onset.recovered, onset.evidence_id)


def _watched(view: View, symptom: Symptom | None) -> tuple[Watched, ...]:
    onsets = {onset.signal_key: onset for onset in view.timeline.onsets}
    groups: dict[tuple[str, str, SignalKind], list[Signal]] = defaultdict(list)
    for signal in view.evidence.signals:
        if signal.version is None and _can_tell(view, signal):
            groups[signal.service, signal.peer or "", signal.kind].append(signal)
    before, after = _stretches(view.evidence.window, symptom)
    return tuple(
        Watched(
            service=service,
            peer=peer or None,
            kind=kind,
            left=tuple(
                sorted(
                    (_departure(view, signal, onsets[signal.key]) for signal in signals if signal.key in onsets),
                    key=lambda one: (one.moment.latest, one.moment.earliest, one.signal_key),
                )
            ),
            stayed=tuple(sorted(signal.indicator for signal in signals if signal.key not in onsets)),
            known_before_ratio=_known_share(signals, onsets, before),
            known_after_ratio=_known_share(signals, onsets, after),
            evidence_ids=tuple(sorted({signal.evidence_id for signal in signals})),
        )
        for (service, peer, kind), signals in sorted(groups.items())
    )


def _can_tell(view: View, signal: Signal) -> bool:
    known = ~np.isnan(signal.values)
    return int(np.count_nonzero(known & view.evidence.normal_steps)) >= LEAST_REFERENCE


def _stretches(window: Window, symptom: Symptom | None) -> tuple[Window | None, Window | None]:
    """The incident up to the symptom, and from it on until it was over; the whole incident where there is none."""
    if symptom is None:
        return window, window
    begun, over = symptom.moment, symptom.recovered
    end = max(over.earliest, begun.latest) if over is not None else window.end
    return _part(window, window.start, begun.latest), _part(window, begun.earliest, end)


def _part(window: Window, start: datetime, end: datetime) -> Window | None:
    return window.clip(Window(start, end)) if start < end else None


def _known_share(signals: list[Signal], onsets: dict[str, Onset], stretch: Window | None) -> float:
    """Of the best known signal that stayed: a prediction fails only on what was measured at that time."""
    stayed = [signal for signal in signals if signal.key not in onsets]
    if stretch is None or not stayed:
        return 0.0
    inside = stayed[0].grid.mask(stretch)
    count = int(np.count_nonzero(inside))
    return max(int(np.count_nonzero(~np.isnan(one.values[inside]))) / count for one in stayed) if count else 0.0


def _departure(view: View, signal: Signal, onset: Onset) -> Departure:
    values = signal.values[view.steps.suspect]
    known = values[~np.isnan(values)]
    limit = signal.limit
    return Departure(
        signal_key=signal.key,
        service=signal.service,
        peer=signal.peer,
        indicator=signal.indicator,
        moment=onset.moment,
        recovered=onset.recovered,
        strength=onset.strength,
        before=onset.before,
        during=onset.during,
        unit=onset.unit,
        full=bool(limit is not None and limit > 0 and known.size and float(known.max()) >= FULL * limit),
        evidence_id=signal.evidence_id,
    )


def _new_lines(view: View) -> tuple[NewLines, ...]:
    found: dict[str, list[NewLines]] = defaultdict(list)
    new = (p for p in view.evidence.patterns if p.rows > 0 and p.reference_rows == 0 and p.severity in SEVERE)
    for one in sorted(new, key=lambda pattern: (-pattern.rows, pattern.key)):
        if len(found[one.service]) < MOST_LINES:
            line = NewLines(one.service, one.pattern, one.rows, one.first_time, one.evidence_id)
            found[one.service].append(line)
    return tuple(line for service in sorted(found) for line in found[service])
