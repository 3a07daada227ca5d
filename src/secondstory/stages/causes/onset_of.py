"""The onset that stands for each service: the earliest among its signals that say most."""

from __future__ import annotations

from secondstory.model.timeline import Onset
from secondstory.stages.causes.method import View

TELLING = 0.33  # share of the service's strongest deviation: weaker signals may be early by chance


def first_onsets(view: View) -> dict[str, Onset]:
    """By service, booked as its deviations are; services without a telling onset are absent."""
    strongest: dict[str, float] = {}
    for deviation in view.deviations:
        strongest.setdefault(deviation.service, deviation.strength)
    onsets = {onset.signal_key: onset for onset in view.timeline.onsets}
    found: dict[str, Onset] = {}
    for deviation in view.deviations:
        onset = onsets.get(deviation.signal.key)
        if onset is None or deviation.strength < TELLING * strongest[deviation.service]:
            continue
        so_far = found.get(deviation.service)
        if so_far is None or _order(onset) < _order(so_far):
            found[deviation.service] = onset
    return found


def _order(onset: Onset) -> tuple[object, object, str]:
    return onset.moment.latest, onset.moment.earliest, onset.signal_key
