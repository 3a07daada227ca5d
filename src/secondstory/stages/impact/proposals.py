"""Fault-free requests become objectives that could be promised, where nobody gave one; each says its reasoning.

The idea: an objective is worth having when fault-free time keeps it with room to spare. So the target is the strictest
round number whose budget fault-free requests use by half at most, and the limit of latency is the smallest round
number that 95 % of them stay below in the same way. Counted are upper ends of 95 % intervals, so that few requests do
not promise much.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from secondstory.algorithms.statistics import wilson_interval
from secondstory.model.evidence import Evidence
from secondstory.model.system import Objective
from secondstory.texts import say

LIMITS_MS = (50.0, 100.0, 200.0, 300.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0)  # round numbers that people promise
_TARGETS = (0.9999, 0.9995, 0.999, 0.995, 0.99, 0.95, 0.9)
_WITHIN = 0.95  # the share of requests that a latency objective speaks of
_SPARE = 0.5  # fault-free time may use this much of the budget
_LEAST = 100  # requests; fewer promise nothing
_ENDPOINTS = 5  # of a service, those with most requests
PERIOD = timedelta(days=28)  # four whole weeks: the same number of each weekday in every period


@dataclass(frozen=True)
class _Usual:
    """Fault-free requests of a service or endpoint: how many, failed, and slower than each of LIMITS_MS."""

    requests: float
    failed: float
    slower: tuple[float, ...]


def propose(
    reference: Evidence, services: tuple[str, ...], given: tuple[Objective, ...]
) -> tuple[tuple[Objective, ...], tuple[str, ...]]:
    """Objectives for services and their main endpoints; what a service was given is not proposed again.

    Also sentences on services for which there is too little to propose from.
    """
    proposed: list[Objective] = []
    unknowns = []
    rows = reference.result.records()
    for service in services:
        wanted = {"availability", "latency"} - {one.indicator for one in given if one.service == service}
        own = [row for row in rows if row["service"] == service]
        whole = _usual(own)
        if wanted and whole.requests < _LEAST:
            count = f"{whole.requests:,.0f}"
            unknowns.append(say("impact.propose_too_few", service=service, count=count, least=_LEAST))
        found = [_of(service, None, whole)]
        found += [_of(service, name, _usual(row for row in own if row["endpoint"] == name)) for name in _busiest(own)]
        proposed += [one for pair in found for one in pair if one.indicator in wanted]
    return tuple(proposed), tuple(unknowns)


def _of(service: str, endpoint: str | None, usual: _Usual) -> list[Objective]:
    if usual.requests < _LEAST:
        return []
    found = (_available(service, endpoint, usual), _quick(service, endpoint, usual))
    return [one for one in found if one is not None]


def _busiest(rows: list[dict[str, object]]) -> list[str]:
    sizes: dict[str, list[float]] = {}
    for row in rows:
        if isinstance(row["endpoint"], str):
            sizes.setdefault(row["endpoint"], []).append(_number(row["requests"]))
    return sorted(sizes, key=lambda name: (-math.fsum(sizes[name]), name))[:_ENDPOINTS]


def _usual(rows: Iterable[dict[str, object]]) -> _Usual:
    kept = list(rows)
    limits = [_number(row["up_to_ms"]) if row["up_to_ms"] is not None else math.inf for row in kept]
    return _Usual(
        requests=math.fsum(_number(row["requests"]) for row in kept),
        failed=math.fsum(_number(row["failed"]) for row in kept),
        slower=tuple(
            math.fsum(_number(row["requests"]) for row, up_to in zip(kept, limits, strict=True) if up_to > limit)
            for limit in LIMITS_MS
        ),
    )


def _available(service: str, endpoint: str | None, usual: _Usual) -> Objective | None:
    most = wilson_interval(usual.failed, usual.requests)[1]
    target = next((one for one in _TARGETS if most <= _SPARE * (1 - one)), None)
    if target is None:
        return None
    reason = say(
        "impact.propose_availability",
        requests=f"{usual.requests:,.0f}",
        failed=f"{usual.failed:,.0f}",
        most=f"{most:.2%}",
        target=f"{target * 100:.6g}",
    )
    return Objective(
        _name(service, endpoint, "availability"),
        service,
        target,
        PERIOD,
        "availability",
        None,
        endpoint=endpoint,
        proposed=reason,
    )


def _quick(service: str, endpoint: str | None, usual: _Usual) -> Objective | None:
    shares = [wilson_interval(slower, usual.requests)[1] for slower in usual.slower]
    kept = [(limit, share) for limit, share in zip(LIMITS_MS, shares, strict=True) if share <= _SPARE * (1 - _WITHIN)]
    if not kept:
        return None
    limit, share = kept[0]
    requests = f"{usual.requests:,.0f}"
    reason = say("impact.propose_latency", requests=requests, limit=f"{limit:g}", most=f"{share:.2%}")
    name = _name(service, endpoint, "latency")
    return Objective(name, service, _WITHIN, PERIOD, "latency", limit, endpoint=endpoint, proposed=reason)


def _name(service: str, endpoint: str | None, indicator: str) -> str:
    return f"{service} {endpoint} {indicator}" if endpoint else f"{service} {indicator}"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
