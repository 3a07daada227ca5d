"""Outcomes of requests as figures: how many, failed, slow, beyond the usual, and how many users met a failure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from secondstory.algorithms.sampling import sampling_range, sampling_variance
from secondstory.algorithms.statistics import median_interval, wilson_interval
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import Figure
from secondstory.model.query import OutcomeQuery
from secondstory.model.subject import subject_key
from secondstory.model.window import Window
from secondstory.stages.impact.tally import numbers_if_told
from secondstory.texts import say
from secondstory.texts.measures import measure

_LEAST_IN_STEP = 10  # requests; a share of fewer says little
_Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Counts:
    """Requests of each service while users were hit; `slow_ms` None: nobody said what slow is."""

    evidence_id: str
    slow_ms: float | None
    services: tuple[str, ...]
    total: tuple[float, ...]
    failed: tuple[float, ...]
    slow: tuple[float, ...]
    steps: tuple[_Steps, ...]  # (total, failed) of each step, by service
    seen: tuple[float, ...]  # spans that stand for `total`
    variances: tuple[tuple[float, float, float], ...]  # of total, failed and slow, where only some spans were kept

    def of(self, names: tuple[str, ...], what: tuple[float, ...]) -> float:
        """The sum of one count over some services."""
        return math.fsum(value for service, value in zip(self.services, what, strict=True) if service in names)

    def range_of(self, names: tuple[str, ...], place: int) -> tuple[float, float, float]:
        """Value, low and high of total (0), failed (1) or slow (2) over some services."""
        value = self.of(names, (self.total, self.failed, self.slow)[place])
        return value, *sampling_range(value, self.of(names, tuple(each[place] for each in self.variances)))

    def kept(self, names: tuple[str, ...]) -> float:
        """The share of requests that was kept as spans, 0..1."""
        return min(1.0, self.of(names, self.seen) / self.of(names, self.total))


def count_requests(query: OutcomeQuery, evidence: Evidence) -> Counts:
    """The answer of an outcome query summed up by service."""
    table = evidence.result
    services = table.texts("service")
    columns = {name: np.nan_to_num(table.numbers(name)) for name in ("total", "failed", "slow")}
    spans = [numbers_if_told(table, name) for name in ("seen", "failed_seen", "slow_seen")]
    doubts = [sampling_variance(counts, seen) for counts, seen in zip(columns.values(), spans, strict=True)]
    seen = np.where(np.isnan(spans[0]), columns["total"], spans[0])
    rows = {name: [at for at, service in enumerate(services) if service == name] for name in query.services}
    sums = {
        column: tuple(math.fsum(values[rows[name]].tolist()) for name in query.services)
        for column, values in columns.items()
    }
    steps = tuple(
        tuple(zip(columns["total"][rows[name]].tolist(), columns["failed"][rows[name]].tolist(), strict=True))
        for name in query.services
    )
    return Counts(
        evidence.id,
        query.slow_ms,
        query.services,
        sums["total"],
        sums["failed"],
        sums["slow"],
        steps,
        seen=tuple(math.fsum(seen[rows[name]].tolist()) for name in query.services),
        variances=tuple(
            (total, failed, slow)
            for name in query.services
            for total, failed, slow in [[math.fsum(doubt[rows[name]].tolist()) for doubt in doubts]]
        ),
    )


def request_figures(evidence: EvidenceBody, counts: tuple[Counts, ...]) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Requests at the entry: total, failed, their share, what exceeds the usual, the worst step, slow ones."""
    entries, first = evidence.entry_services, counts[0]
    total, failed = first.of(entries, first.total), first.of(entries, first.failed)
    ids = (first.evidence_id,)
    if not total:
        return (), (say("impact.no_requests"),)
    kept = first.kept(entries)
    counted = say("impact.basis_counted") if kept == 1 else say("impact.basis_sampled", share=measure(kept, "1"))
    seen = round(first.of(entries, first.seen))
    figures = [
        Figure(subject_key("figure", name), *first.range_of(entries, place), "requests", seen, counted, ids)
        for place, name in enumerate(("requests_total", "requests_failed"))
    ]
    figures.append(_share("failed_share", (failed, total, kept), say("impact.basis_wilson"), ids))
    unknowns = []
    usual = _usual_failures(evidence)
    if usual is None:
        unknowns.append(say("impact.no_reference"))
    else:
        figures.append(_excess(first.range_of(entries, 1), total, usual, ids))
    if (peak := _peak(first, entries, evidence.grid.step_s)) is not None:
        figures.append(peak)
    for count in counts:
        if count.slow_ms is not None:
            basis = say("impact.basis_slow", slow_ms=f"{count.slow_ms:g}")
            key = subject_key("figure", "requests_slow", f"{count.slow_ms:g}ms")
            slow = count.range_of(entries, 2)
            figures.append(Figure(key, *slow, "requests", seen, basis, (count.evidence_id,)))
    if all(count.slow_ms is None for count in counts):
        unknowns.append(say("impact.slow_not_defined"))
    return tuple(figures), tuple(unknowns)


def latency_figures(evidence: EvidenceBody, window: Window) -> tuple[Figure, ...]:
    """For each entry service the usual p95 of a step, before and after, and the one while users were hit."""
    figures = []
    inside = evidence.grid.mask(window)
    normal = evidence.normal_steps
    for service in evidence.entry_services:
        signal = evidence.signal(service, "latency_p95_ms")
        for when, mask in (("before", normal), ("during", inside)):
            known = signal.values[mask & ~np.isnan(signal.values)] if signal is not None else np.zeros(0)
            if signal is not None and known.size:
                value, low, high = median_interval(known)
                key = subject_key("figure", f"latency_p95_{when}", service)
                basis = say("impact.basis_latency", step_s=evidence.grid.step_s)
                figures.append(Figure(key, value, low, high, "ms", int(known.size), basis, (signal.evidence_id,)))
    return tuple(figures)


def user_figures(
    evidence: Evidence, counts: Counts, entries: tuple[str, ...]
) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Distinct users who came and who met a failure; a range where some requests name no user."""
    rows = [row for row in evidence.result.records() if row["service"] in entries]
    named = math.fsum(_number(row["requests_with_user"]) for row in rows)
    requests = math.fsum(_number(row["requests"]) for row in rows)
    if not named:
        return (), (say("impact.users_unknown"),)
    failed = counts.of(entries, counts.failed)
    without = max(0.0, 1 - named / requests)
    unknowns = (say("impact.users_partly", share=f"{without:.0%}"),) if without >= 0.005 else ()
    figures = []
    for key, column, strangers in (
        ("users_total", "users", requests * without),
        ("users_hit", "users_failed", failed * without),
    ):
        by_service = [_number(row[column]) for row in rows]
        # The same user may come through several entries; a request without a user may be one more user.
        low, high = max(by_service), math.fsum(by_service) + (math.ceil(strangers) if unknowns else 0)
        basis = say("impact.basis_users")
        figures.append(Figure(subject_key("figure", key), low, low, high, "users", round(named), basis, (evidence.id,)))
    return tuple(figures), unknowns


def _usual_failures(evidence: EvidenceBody) -> tuple[float, float, tuple[str, ...]] | None:
    """(failed, total, evidence ids) at the entry in the reference; None where nothing was measured there."""
    normal = evidence.normal_steps
    failed, total, ids = [], [], set()
    for service in evidence.entry_services:
        rate, ratio = evidence.signal(service, "request_rate"), evidence.signal(service, "error_ratio")
        if rate is None or ratio is None:
            continue
        known = normal & ~np.isnan(rate.values) & ~np.isnan(ratio.values)
        requests = rate.values[known] * evidence.grid.step_s
        total += requests.tolist()
        failed += (requests * ratio.values[known]).tolist()
        ids |= {rate.evidence_id, ratio.evidence_id}
    requests_seen = math.fsum(total)
    return (math.fsum(failed), requests_seen, tuple(sorted(ids))) if requests_seen else None


def _excess(
    failed: tuple[float, float, float], total: float, usual: tuple[float, float, tuple[str, ...]], ids: tuple[str, ...]
) -> Figure:
    share = usual[0] / usual[1]
    low_share, high_share = wilson_interval(usual[0], usual[1])
    parts = zip(failed, (share, high_share, low_share), strict=True)
    value, low, high = (max(0.0, count - part * total) for count, part in parts)
    basis = say("impact.basis_excess", share=measure(share, "ratio"), requests=f"{usual[1]:,.0f}")
    evidence_ids = tuple(sorted({*ids, *usual[2]}))
    return Figure(
        subject_key("figure", "excess_failures"), value, low, high, "requests", round(total), basis, evidence_ids
    )


def _peak(counts: Counts, entries: tuple[str, ...], step_s: int) -> Figure | None:
    steps = [
        (failed / total, total, failed)
        for service, line in zip(counts.services, counts.steps, strict=True)
        for total, failed in line
        if service in entries and total >= _LEAST_IN_STEP
    ]
    if not steps:
        return None
    _, total, failed = max(steps)
    basis = say("impact.basis_peak", step_s=step_s, least=_LEAST_IN_STEP)
    return _share("failed_share_peak", (failed, total, counts.kept(entries)), basis, (counts.evidence_id,))


def _share(name: str, counts: tuple[float, float, float], basis: str, ids: tuple[str, ...]) -> Figure:
    """`counts`: hits, total, and the share of them that was kept: only what was kept is a draw."""
    hits, total, kept = counts
    value = hits / total
    low, high = wilson_interval(hits * kept, total * kept)
    low, high = min(low, value), max(high, value)  # products of floats are not exact
    return Figure(subject_key("figure", name), value, low, high, "ratio", round(total * kept), basis, ids)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
