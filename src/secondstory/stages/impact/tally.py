"""Answers of counting queries become good and bad per step in the units of an objective: requests or slices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.sampling import sampling_variance
from secondstory.model.evidence import Evidence
from secondstory.model.query import EndpointQuery, OutcomeQuery
from secondstory.model.signal import Floats
from secondstory.model.system import Budgeting, Objective
from secondstory.model.table import Table

_INF = math.inf


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts per step, in order; steps without requests are absent. Seconds count from the start of the query.

    `total` and `bad` have shape (steps,) and are requests by sample weight, or slices of time; `variance` is that of
    `bad` where only some requests were kept.
    """

    evidence_id: str
    step_s: float
    starts_s: Floats
    total: Floats
    bad: Floats
    variance: Floats


def outcome_tally(query: OutcomeQuery, evidence: Evidence, objective: Objective) -> Tally | None:
    """Requests of the objective's service; None where the answer does not tell what it asks for."""
    if objective.slow_ms is not None and query.slow_ms != objective.slow_ms:
        return None
    table = evidence.result
    services = np.array(table.texts("service"), dtype=object)
    rows = np.flatnonzero(services == objective.service)
    what = "slow" if objective.indicator == "latency" else "failed"
    bad, seen = np.nan_to_num(table.numbers(what)), numbers_if_told(table, f"{what}_seen")
    times = [cast("datetime", row["time"]) for row in table.records()]
    starts = np.array([(times[at] - query.window.start).total_seconds() for at in rows.tolist()], np.float64)
    amounts = (table.numbers("total"), bad, sampling_variance(bad, seen))
    return _by_step(evidence.id, query.step_s, starts, *(what[rows] for what in amounts))


def endpoint_tally(query: EndpointQuery, evidence: Evidence, objective: Objective) -> Tally:
    """Requests of the objective's service or endpoint, by how long they took where it promises that."""
    rows = [
        row
        for row in evidence.result.records()
        if row["service"] == objective.service and objective.endpoint in (None, row["endpoint"])
    ]
    starts = np.array([(cast("datetime", row["time"]) - query.window.start).total_seconds() for row in rows])
    total = np.array([_number(row["requests"]) for row in rows])
    if objective.slow_ms is None:
        bad, seen = (np.array([_number(row.get(what)) for row in rows]) for what in ("failed", "failed_seen"))
    else:
        limit = objective.slow_ms
        slow = [_INF if row["up_to_ms"] is None else _number(row["up_to_ms"]) for row in rows]
        bad = np.where(np.array(slow) > limit, total, 0.0)
        seen = np.array([_number(row.get("seen")) for row in rows])
    variance = sampling_variance(bad.astype(np.float64), seen.astype(np.float64))
    return _by_step(evidence.id, query.step_s, starts.astype(np.float64), total, bad, variance)


def in_units(tally: Tally, objective: Objective) -> Tally | None:
    """The tally in what the objective's budget counts; None where its slices are shorter than the steps.

    Slices count from the start of the tally. A slice without requests is not counted: nobody was there to be harmed.
    """
    if objective.budgeting is Budgeting.REQUESTS or objective.slice is None:
        return tally
    length = objective.slice.total_seconds()
    if length < tally.step_s:
        return None
    index = np.floor_divide(tally.starts_s, length).astype(np.int64)
    names, place = np.unique(index, return_inverse=True)
    total, bad, steps = (
        np.bincount(place, weights=what, minlength=names.size) for what in (tally.total, tally.bad, np.ones(place.size))
    )
    share = np.divide(bad, total, out=np.zeros(names.size), where=total > 0)
    if objective.budgeting is Budgeting.SLICES:
        share = (1 - share < (objective.slice_target_ratio or 1.0)).astype(np.float64)
    # A slice counts one; each of its steps carries an equal part, so that a phase may cut through it.
    part = 1 / steps[place]
    # Whether a sampled slice was good is itself a guess; its share of good requests is the best one.
    return Tally(tally.evidence_id, tally.step_s, tally.starts_s, part, share[place] * part, np.zeros(part.size))


def numbers_if_told(table: Table, column: str) -> Floats:
    """A column of numbers; all unknown where evidence that was frozen by an earlier version lacks it."""
    return table.numbers(column) if column in table.arrow.column_names else np.full(table.rows, np.nan)


def _by_step(evidence_id: str, step_s: float, starts: Floats, total: Floats, bad: Floats, variance: Floats) -> Tally:
    """One entry a step, in order; several rows of a step are added up."""
    steps, place = np.unique(starts, return_inverse=True)
    sums = [_sums(place, np.nan_to_num(what), steps.size) for what in (total, bad, variance)]
    return Tally(evidence_id, step_s, steps, *sums)


def _sums(place: npt.NDArray[np.int64], amounts: Floats, size: int) -> Floats:
    """Exact sums whatever the order of rows."""
    groups: list[list[float]] = [[] for _ in range(size)]
    for at, amount in zip(place.tolist(), amounts.tolist(), strict=True):
        groups[at].append(amount)
    return np.array([math.fsum(group) for group in groups], np.float64)


def total_of(amounts: Sequence[float] | Floats) -> float:
    """An exact sum, whatever the order."""
    return math.fsum(np.asarray(amounts, np.float64).tolist())


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
