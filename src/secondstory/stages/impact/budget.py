"""What the incident took from each objective's error budget, by phase and window; the period's traffic is a range."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from secondstory.algorithms.burn import burn_rate
from secondstory.algorithms.sampling import sampling_range
from secondstory.model.budget import Definition, PeriodBurn, PhasePart, Span
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import Burn, Figure
from secondstory.model.subject import subject_key
from secondstory.model.system import Budgeting, Objective
from secondstory.model.window import Window
from secondstory.stages.impact.definitions import define
from secondstory.stages.impact.periods import periods_of
from secondstory.stages.impact.phases import burn_of_parts
from secondstory.stages.impact.tally import Tally, in_units, total_of
from secondstory.stages.impact.windows import Lead, burn_windows
from secondstory.texts import say


@dataclass(frozen=True, eq=False)
class Measured:
    """What was counted for one objective: while users were hit, and with the time before; `lead` None = no more."""

    objective: Objective
    tally: Tally
    lead: Tally | None
    share_of_service: float = 1.0  # the part of the service's requests that the objective speaks of


def find_burns(
    measured: tuple[Measured, ...], evidence: EvidenceBody, hit: Window, parts: tuple[PhasePart, ...], lead: Window
) -> tuple[tuple[Burn, ...], tuple[str, ...]]:
    """A burn for each objective whose service was measured, in the order given; a sentence for each of the others."""
    burns, unknowns = [], []
    for one in measured:
        objective = one.objective
        names = {"objective": objective.name, "service": objective.service}
        rates = _usual_rates(evidence, objective.service)
        counted = in_units(one.tally, objective)
        if counted is None:
            unknowns.append(say("impact.slice_too_short", **names, step_s=f"{one.tally.step_s:g}"))
        elif rates is None or not total_of(counted.total):
            unknowns.append(say("impact.objective_unmeasured", **names))
        else:
            burns.append(_burn(one, counted, rates, (hit, lead), parts))
    return tuple(burns), tuple(unknowns)


def _burn(
    one: Measured, counted: Tally, rates: _Rates, windows: tuple[Window, Window], parts: tuple[PhasePart, ...]
) -> Burn:
    objective, (hit, before) = one.objective, windows
    total, bad = total_of(counted.total), total_of(counted.bad)
    least, most = sampling_range(bad, total_of(counted.variance))
    per_s = _per_second(objective, rates, one.share_of_service)
    periods = tuple(_period(objective, period, counted, per_s, hit) for period in periods_of(objective, hit))
    budget = _budget(objective, periods_of(objective, hit)[-1], per_s)
    ids = tuple(sorted({counted.evidence_id, rates.evidence_id}))
    lead = _lead(one, hit, before, per_s)
    spent = Figure(
        key=subject_key("figure", "budget_spent", objective.name),
        value=bad / budget.value,
        low=least / budget.high,
        high=most / budget.low,
        unit="ratio",
        sample_size=round(total),
        basis=_basis(objective, per_s),
        evidence_ids=ids,
    )
    return Burn(
        objective=objective.name,
        service=objective.service,
        target_ratio=objective.target_ratio,
        period_days=objective.period.total_seconds() / 86400,
        total=round(total),
        bad=round(bad),
        spent=spent,
        burn_rate=burn_rate(bad, total, objective.target_ratio),
        evidence_ids=tuple(sorted({*ids, lead.tally.evidence_id})),
        indicator=objective.indicator,
        endpoint=objective.endpoint,
        slow_ms=objective.slow_ms,
        unit="requests" if objective.budgeting is Budgeting.REQUESTS else "slices",
        budget=budget,
        phases=burn_of_parts(parts, hit, counted, budget),
        windows=burn_windows(objective, lead, hit),
        periods=periods,
        definitions=tuple(Definition(term, sentence) for term, sentence in define(objective, periods, budget)),
        proposed=objective.proposed,
    )


@dataclass(frozen=True)
class _Rates:
    """Requests per second of a service in the reference, and the evidence that tells."""

    per_s: Span
    evidence_id: str


def _usual_rates(evidence: EvidenceBody, service: str) -> _Rates | None:
    """None where nothing was measured. Low and high are the outer tenths of the steps.

    The observed traffic is all that is known of the whole period.
    """
    signal = evidence.signal(service, "request_rate")
    if signal is None:
        return None
    known = np.sort(signal.values[evidence.normal_steps & ~np.isnan(signal.values)])
    if not known.size or not known[-1]:
        return None
    mean = math.fsum(known.tolist()) / known.size
    low, high = (float(edge) for edge in np.quantile(known, (0.1, 0.9)))
    return _Rates(Span(min(max(low, mean / 10), mean), mean, max(high, mean)), signal.evidence_id)


def _per_second(objective: Objective, rates: _Rates, share: float) -> Span:
    """What the objective counts, per second of usual time; slices come at a fixed pace."""
    if objective.budgeting is not Budgeting.REQUESTS and objective.slice is not None:
        pace = 1 / objective.slice.total_seconds()
        return Span(pace, pace, pace)
    return Span(rates.per_s.low * share, rates.per_s.value * share, rates.per_s.high * share)


def _budget(objective: Objective, period: Window, per_s: Span) -> Span:
    allowed = period.seconds * (1 - objective.target_ratio)
    return Span(per_s.low * allowed, per_s.value * allowed, per_s.high * allowed)


def _period(objective: Objective, period: Window, counted: Tally, per_s: Span, hit: Window) -> PeriodBurn:
    """What fell into one period. A step on the border of two belongs to both by its parts."""
    first, last = ((time - hit.start).total_seconds() for time in (period.start, period.end))
    ends = counted.starts_s + counted.step_s
    inside = np.clip(np.minimum(ends, last) - np.maximum(counted.starts_s, first), 0.0, None) / counted.step_s
    # The harm ends with the period that is rolled back from its end, though its last step may reach beyond.
    part = counted.bad if objective.calendar is None else counted.bad * inside
    bad = total_of(part)
    share = bad / total_of(counted.bad) if bad else 0.0
    least, most = sampling_range(bad, total_of(counted.variance) * share)
    budget = _budget(objective, period, per_s)
    kind = "rolling" if objective.calendar is None else "calendar"
    return PeriodBurn(period, kind, bad, Span(least / budget.high, bad / budget.value, most / budget.low))


def _lead(one: Measured, hit: Window, before: Window, per_s: Span) -> Lead:
    if one.lead is not None and (counted := in_units(one.lead, one.objective)) is not None:
        return Lead(before.start, counted, per_s)
    return Lead(hit.start, in_units(one.tally, one.objective) or one.tally, per_s)


def _basis(objective: Objective, per_s: Span) -> str:
    if objective.budgeting is not Budgeting.REQUESTS and objective.slice is not None:
        return say("impact.basis_budget_slices", length=f"{objective.slice.total_seconds():g}")
    return say("impact.basis_budget", low=f"{per_s.low:.3g}", high=f"{per_s.high:.3g}")
