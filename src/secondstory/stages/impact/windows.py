"""The highest burn rate over an hour, six hours, and the lookback of each alert, and when it crossed its threshold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from secondstory.algorithms.burn import trailing_sums
from secondstory.model.budget import BurnWindow, Span
from secondstory.model.signal import Floats
from secondstory.model.system import Budgeting, BurnAlert, Objective
from secondstory.model.window import Window
from secondstory.stages.impact.tally import Tally
from secondstory.texts import say
from secondstory.texts.durations import duration

_HOUR = timedelta(hours=1)
# The usual pair of fast and slow burn: 2 % of the budget in an hour, 5 % in six (SRE Workbook, chapter 5).
_USUAL = ((_HOUR, 0.02), (6 * _HOUR, 0.05))
LONGEST = timedelta(days=3)


@dataclass(frozen=True, eq=False)
class Lead:
    """Counts from `start` (before the harm) to the end of the harm, and what is usual, for time before `start`."""

    start: datetime
    tally: Tally
    usual_per_s: Span  # requests, or slices, per second


def lookback(objectives: tuple[Objective, ...]) -> timedelta:
    """How much time before the harm is needed for all windows, at most LONGEST."""
    asked = [alert.lookback for objective in objectives for alert in objective.alerts]
    return min(max([length for length, _ in _USUAL] + asked), LONGEST)


def burn_windows(objective: Objective, lead: Lead, hit: Window) -> tuple[BurnWindow, ...]:
    """The usual windows first, then the objective's own alerts."""
    alerts = [
        BurnAlert(
            duration(length.total_seconds()), round(share * (objective.period / length), 6), length, timedelta(0), ""
        )
        for length, share in _USUAL
        if length <= objective.period
    ]
    return tuple(_window(objective, lead, hit, alert) for alert in (*alerts, *objective.alerts))


def _window(objective: Objective, lead: Lead, hit: Window, alert: BurnAlert) -> BurnWindow:
    length_s = alert.lookback.total_seconds()
    tally = lead.tally
    bad, total = (trailing_sums(tally.starts_s, tally.step_s, what, length_s) for what in (tally.bad, tally.total))
    ends = tally.starts_s + tally.step_s
    # What lies before the record is taken as usual traffic without a bad request: that can only understate.
    lacking = np.clip(length_s - ends, 0.0, None)
    usual = lead.usual_per_s
    rates = [_rates(bad, total + lacking * rate, objective) for rate in (usual.high, usual.value, 0.0)]
    low, value, high = rates
    during = ends > (hit.start - lead.start).total_seconds()
    at = int(np.argmax(np.where(during, value, -1.0))) if during.any() else None
    hold_s = alert.hold.total_seconds()
    crossed = _crossed(ends[during], value[during], alert.threshold, hold_s, tally.step_s)
    recorded = 1.0 if at is None else 1 - min(1.0, float(lacking[at]) / length_s)
    return BurnWindow(
        name=alert.name,
        length_s=length_s,
        peak=Span(0.0, 0.0, 0.0) if at is None else Span(float(low[at]), float(value[at]), float(high[at])),
        peak_at=None if at is None else lead.start + timedelta(seconds=float(ends[at])),
        threshold=alert.threshold,
        hold_s=hold_s,
        crossed_at=None if crossed is None else lead.start + timedelta(seconds=crossed),
        recorded_ratio=recorded,
        basis=_basis(objective, alert, recorded),
    )


def _rates(bad: Floats, total: Floats, objective: Objective) -> Floats:
    shares = np.divide(bad, total, out=np.zeros(bad.size), where=total > 0)
    return np.asarray(shares / (1 - objective.target_ratio))


def _crossed(ends: Floats, rates: Floats, threshold: float, hold_s: float, step_s: float) -> float | None:
    """Seconds at which the rate had stood at the threshold for the hold; None where it never did.

    A step without requests breaks the hold, as it does for an alert without data.
    """
    least = threshold * (1 - 1e-9)  # shares are quotients of floats
    since: float | None = None
    before = -math.inf
    for end, rate in zip(ends.tolist(), rates.tolist(), strict=True):
        if rate < least or (since is not None and end - before > 2 * step_s):
            since = None
        if rate >= least:
            since = end if since is None else since
            if end - since >= hold_s:
                return float(end)
        before = end
    return None


def _basis(objective: Objective, alert: BurnAlert, recorded: float) -> str:
    most = 1 / (1 - objective.target_ratio)
    parts = []
    if recorded < 1:
        parts.append(say("impact.basis_lookback", share=f"{100 * (1 - recorded):.0f} %"))
    if objective.budgeting is not Budgeting.REQUESTS:
        parts.append(say("impact.basis_slices"))
    if alert.threshold > most:
        parts.append(say("impact.basis_unreachable", most=f"{most:.3g}", threshold=f"{alert.threshold:.3g}"))
    return " ".join(parts) or say("impact.basis_whole_lookback")
