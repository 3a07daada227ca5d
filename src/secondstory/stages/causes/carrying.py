"""How much of what the symptom lost a signal can account for, counted in failed requests or in time that was waited.

Idea: a ratio says nothing of how many it is a ratio of. Two failures of twenty-four requests look worse than twenty of
a thousand, yet cannot be why twelve hundred requests failed at the entry. What a signal carries is its shift times the
requests of the same service and table, and what it accounts for is that beside the same of the service that felt it.
Misleads where one call stands for many requests (a batch, a cache that is filled once).
Reference: necessity and sufficiency of causes, Pearl (2000), Causality, chapter 9.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from secondstory.algorithms.deviation import Floats, Mask, median_of_rows
from secondstory.model.signal import Signal, SignalKind

Place = tuple[str, str, str | None]  # evidence id, service, peer


@dataclass(frozen=True, eq=False)
class Loads:
    """Requests by place and name of the metric that counts them, and which steps are fault-free or suspected."""

    by_place: dict[Place, dict[str, Floats]]
    calm: Mask
    suspect: Mask

    def share(self, signal: Signal, of: Signal) -> float | None:
        """What `signal` carries beside what `of` carries, 0..1; None where requests were not counted for both."""
        ours, theirs = self.by_place.get(_place(signal), {}), self.by_place.get(_place(of), {})
        counted = sorted(ours.keys() & theirs.keys())
        if not counted or signal.kind is not of.kind:
            return None
        carried, lost = self._carried(signal, ours[counted[0]]), self._carried(of, theirs[counted[0]])
        felt = lost > 0
        # Step by step, so that a second trouble later on in the window takes nothing from what explains the first.
        return float(np.mean(np.minimum(1.0, carried[felt] / lost[felt]))) if felt.any() else None

    def _carried(self, signal: Signal, requests: Floats) -> Floats:
        centre = median_of_rows(signal.values[None, self.calm])[0]
        worse: Floats = np.maximum(signal.values[self.suspect] - centre, 0.0) * requests[self.suspect]
        return np.nan_to_num(worse)


def loads_of(signals: tuple[Signal, ...], calm: Mask, suspect: Mask) -> Loads:
    """The requests that signals count."""
    found: dict[Place, dict[str, list[Floats]]] = defaultdict(lambda: defaultdict(list))
    for signal in signals:
        if signal.kind is SignalKind.TRAFFIC:
            found[_place(signal)][signal.name or signal.indicator].append(signal.values)
    added = {
        place: {name: np.nansum(np.array(rows), axis=0) for name, rows in names.items()}
        for place, names in found.items()
    }
    return Loads(added, calm, suspect)


def _place(signal: Signal) -> Place:
    return signal.evidence_id, signal.service, signal.peer
