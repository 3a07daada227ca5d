"""Rows put together by labels: sums, means, extremes, counts, quantiles, and the highest or lowest few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from secondstory.algorithms.promql.ranges import quantile
from secondstory.algorithms.promql.rows import Floats, Labels, Mask, Row, anywhere, dropping, keeping, merged
from secondstory.algorithms.promql.syntax import NAME, Aggregation


def aggregated(asked: Aggregation, rows: tuple[Row, ...], parameter: Floats | None) -> tuple[Row, ...]:
    """One row a group, or for topk and bottomk the chosen rows as they are. `parameter` has shape (times,)."""
    groups: dict[Labels, list[Row]] = defaultdict(list)
    for row in rows:
        groups[_group(asked, row.labels)].append(row)
    if asked.op in ("topk", "bottomk"):
        assert parameter is not None  # the parser asks for it
        chosen = [row for members in groups.values() for row in _chosen(members, parameter, asked.op == "topk")]
        return merged(chosen)
    return merged(_one(asked.op, labels, members, parameter) for labels, members in groups.items())


def _group(asked: Aggregation, labels: Labels) -> Labels:
    return dropping(labels, (*asked.labels, NAME)) if asked.without else keeping(labels, asked.labels)


def _one(op: str, labels: Labels, members: list[Row], parameter: Floats | None) -> Row:
    """The members' values at each time as one; values are of shape (members, times)."""
    present = np.stack([row.present for row in members])
    values = np.stack([row.values for row in members])
    there = anywhere(present)
    if op == "quantile":
        assert parameter is not None  # the parser asks for it
        found = [
            quantile(values[present[:, at], at], float(parameter[at])) if there[at] else np.nan
            for at in range(there.size)
        ]
        return Row(labels, np.array(found), there)
    return Row(labels, _REDUCED[op](values, present), there)


def _sum(values: Floats, present: Mask) -> Floats:
    total: Floats = np.where(present, values, 0.0).sum(axis=0)
    return total


def _count(_: Floats, present: Mask) -> Floats:
    number: Floats = present.sum(axis=0).astype(np.float64)
    return number


def _mean(values: Floats, present: Mask) -> Floats:
    return _sum(values, present) / np.maximum(_count(values, present), 1)


def _variance(values: Floats, present: Mask) -> Floats:
    away = np.where(present, values - _mean(values, present), 0.0)
    return _sum(away * away, present) / np.maximum(_count(values, present), 1)


def _group_of(_: Floats, present: Mask) -> Floats:
    return np.ones(present.shape[1])


def _extreme(values: Floats, present: Mask, keep: Callable[[Floats, Floats], Floats]) -> Floats:
    """A value that is no number gives way to any that is one."""
    found = np.full(values.shape[1], np.nan)
    for row, there in zip(values, present, strict=True):
        found = np.where(there, keep(found, row), found)
    return found


_REDUCED: dict[str, Callable[[Floats, Mask], Floats]] = {
    "sum": _sum,
    "count": _count,
    "avg": _mean,
    "stdvar": _variance,
    "stddev": lambda values, present: np.sqrt(_variance(values, present)),
    "group": _group_of,
    "min": lambda values, present: _extreme(values, present, np.fmin),
    "max": lambda values, present: _extreme(values, present, np.fmax),
}


def _chosen(members: list[Row], wanted: Floats, highest: bool) -> list[Row]:
    """The rows only where they are among the first `wanted`; what is no number comes last, equals in order."""
    present = np.stack([row.present for row in members])
    values = np.stack([row.values for row in members])
    keys = -values if highest else values
    keys = np.where(present, np.where(np.isnan(keys), np.inf, keys), np.inf)
    # Absent rows come behind everything, also behind infinities.
    order = np.lexsort((keys, ~present), axis=0)
    rank = np.argsort(order, axis=0)
    kept = present & (rank < wanted)
    return [replace(row, present=kept[number]) for number, row in enumerate(members)]
