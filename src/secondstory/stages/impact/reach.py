"""Which services the outage reached: the first failure or latency onset of each, and how far from the entry it lies."""

from __future__ import annotations

import numpy as np

from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import ServiceReach
from secondstory.model.signal import SignalKind
from secondstory.model.timeline import Onset
from secondstory.model.window import Window

_HARM = (SignalKind.ERRORS, SignalKind.LATENCY)


def find_reach(evidence: EvidenceBody, onsets: tuple[Onset, ...]) -> tuple[ServiceReach, ...]:
    """In order of onset. What a caller saw of a callee counts for neither: only a service's own signals do."""
    first: dict[str, Onset] = {}
    for onset in onsets:
        if onset.kind in _HARM and onset.peer is None:
            first.setdefault(onset.service, onset)
    failing = {onset.service: onset for onset in onsets if onset.indicator == "error_ratio" and onset.peer is None}
    hops = hops_from(evidence.entry_services, tuple((edge.caller, edge.callee) for edge in evidence.edges))
    return tuple(
        _reached(evidence, failing.get(service, onset), onset, hops.get(service)) for service, onset in first.items()
    )


def hops_from(entries: tuple[str, ...], edges: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """The least number of calls from an entry service to each service that it can reach."""
    hops = dict.fromkeys(entries, 0)
    frontier = set(entries)
    while frontier:
        frontier = {callee for caller, callee in edges if caller in frontier and callee not in hops}
        distance = max(hops.values(), default=0) + 1
        hops |= dict.fromkeys(frontier, distance)
    return hops


def _reached(evidence: EvidenceBody, harm: Onset, onset: Onset, hops: int | None) -> ServiceReach:
    ratio = evidence.signal(onset.service, "error_ratio")
    before: float | None = None
    during: float | None = None
    if ratio is not None:
        known = ~np.isnan(ratio.values)
        # Slowness may begin and end before the first failure, so the failures' own stretch comes first.
        end = harm.recovered.latest if harm.recovered is not None else evidence.window.end
        since = evidence.grid.mask(Window(harm.moment.earliest, end))
        usual = evidence.normal_steps
        before = float(np.median(ratio.values[known & usual])) if (known & usual).any() else None
        during = float(np.median(ratio.values[known & since])) if (known & since).any() else None
    ids = {onset.evidence_id} | ({ratio.evidence_id} if ratio is not None else set())
    return ServiceReach(
        service=onset.service,
        indicator=onset.indicator,
        moment=onset.moment,
        hops_from_entry=hops,
        error_ratio_before=before,
        error_ratio_during=during,
        evidence_ids=tuple(sorted(ids)),
    )
