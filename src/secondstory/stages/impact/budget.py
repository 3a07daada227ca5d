"""What the incident took from each objective's error budget, as a range because the period's traffic is not known."""

from __future__ import annotations

import math

import numpy as np

from secondstory.algorithms.burn import burn_rate, spent_share
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import Burn, Figure
from secondstory.model.subject import subject_key
from secondstory.model.system import Objective
from secondstory.stages.impact.outcomes import Counts
from secondstory.texts import say


def find_burns(
    objectives: tuple[Objective, ...], evidence: EvidenceBody, counts: tuple[Counts, ...]
) -> tuple[tuple[Burn, ...], tuple[str, ...]]:
    """A burn for each objective whose service was measured, by name; a sentence for each of the others."""
    if not objectives:
        return (), (say("impact.no_objective"),)
    burns, unknowns = [], []
    for objective in sorted(objectives, key=lambda one: (one.name, one.service)):
        count = next((one for one in counts if objective.slow_ms in (None, one.slow_ms)), counts[0])
        total = count.of((objective.service,), count.total)
        rates = _usual_rates(evidence, objective.service)
        if not total or rates is None:
            unknowns.append(say("impact.objective_unmeasured", objective=objective.name, service=objective.service))
            continue
        bad = count.of((objective.service,), count.slow if objective.indicator == "latency" else count.failed)
        burns.append(_burn(objective, (bad, total), rates, count.evidence_id))
    return tuple(burns), tuple(unknowns)


def _burn(
    objective: Objective,
    requests: tuple[float, float],
    rates: tuple[float, float, float, str],
    evidence_id: str,
) -> Burn:
    bad, total = requests
    usual, low, high, rate_id = rates
    ids = tuple(sorted({evidence_id, rate_id}))
    # Less traffic means a smaller budget, so the low rate gives the high share.
    value, least, most = (
        spent_share(bad, rate * objective.period.total_seconds(), objective.target_ratio) for rate in (usual, high, low)
    )
    return Burn(
        objective=objective.name,
        service=objective.service,
        target_ratio=objective.target_ratio,
        period_days=objective.period.total_seconds() / 86400,
        total=round(total),
        bad=round(bad),
        spent=Figure(
            key=subject_key("figure", "budget_spent", objective.name),
            value=value,
            low=least,
            high=most,
            unit="ratio",
            sample_size=round(total),
            basis=say("impact.basis_budget", low=f"{low:.3g}", high=f"{high:.3g}"),
            evidence_ids=ids,
        ),
        burn_rate=burn_rate(bad, total, objective.target_ratio),
        evidence_ids=ids,
    )


def _usual_rates(evidence: EvidenceBody, service: str) -> tuple[float, float, float, str] | None:
    """(mean, low, high, evidence id) of requests per second in the reference; None where nothing was measured.

    Low and high are the outer tenths of the steps: the observed traffic is all that is known of the whole period.
    """
    signal = evidence.signal(service, "request_rate")
    if signal is None:
        return None
    known = np.sort(signal.values[evidence.normal_steps & ~np.isnan(signal.values)])
    if not known.size or not known[-1]:
        return None
    mean = math.fsum(known.tolist()) / known.size
    low, high = (float(edge) for edge in np.quantile(known, (0.1, 0.9)))
    return mean, min(max(low, mean / 10), mean), max(high, mean), signal.evidence_id
