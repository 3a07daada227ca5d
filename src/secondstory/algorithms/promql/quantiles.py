"""Quantiles of classic histograms: rows with a bound `le` to one row a histogram.

Linear inside a bucket; in the last one, which has no upper bound, the bound below it. It misleads where buckets are
wide. Counts that fall over the bounds, as after an uneven scrape, are raised to the highest below.
Reference: Prometheus 2.42, promql/quantile.go.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from secondstory.algorithms.promql.rows import Floats, Labels, Row, anywhere, dropping, merged
from secondstory.algorithms.promql.syntax import NAME

_BOUND = "le"


def histogram_quantile(share: Floats, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The value below which `share` (shape (times,)) of the observations lie; rows without a bound are left out."""
    histograms: dict[Labels, dict[float, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        bound = _bound(dict(row.labels).get(_BOUND, ""))
        if bound is not None:
            histograms[dropping(row.labels, (_BOUND, NAME))][bound].append(row)
    return merged(_one(labels, buckets, share) for labels, buckets in histograms.items())


def _bound(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _one(labels: Labels, buckets: dict[float, list[Row]], share: Floats) -> Row:
    """All times with the same buckets present are reckoned together."""
    bounds = np.array(sorted(buckets))
    shape = (bounds.size, share.size)
    counts, present = np.zeros(shape), np.zeros(shape, np.bool_)
    for number, bound in enumerate(bounds):
        for row in buckets[float(bound)]:  # bounds may be written in two ways
            counts[number] += np.where(row.present, row.values, 0.0)
            present[number] |= row.present
    values = np.full(share.size, np.nan)
    for pattern in np.unique(present, axis=1).T:
        at = (present == pattern[:, None]).all(axis=0)
        if pattern.any():
            values[at] = _quantiles(bounds[pattern], counts[np.ix_(pattern, at)], share[at])
    return Row(labels, values, anywhere(present))


def _quantiles(bounds: Floats, counts: Floats, share: Floats) -> Floats:
    """`bounds` rising (bounds,), `counts` cumulative (bounds, times), `share` (times,)."""
    outside = np.where(share < 0, -np.inf, np.where(share > 1, np.inf, np.nan))
    if bounds.size < 2 or not np.isposinf(bounds[-1]):
        return outside
    counts = np.fmax.accumulate(counts, axis=0)
    total = counts[-1]
    rank = share * total
    bucket = np.minimum((counts[:-1] < rank).sum(axis=0), bounds.size - 1)
    each = np.arange(share.size)
    before = np.maximum(bucket - 1, 0)
    below = np.where(bucket > 0, counts[before, each], 0.0)
    start = np.where(bucket > 0, bounds[before], 0.0)
    upper = np.minimum(bucket, bounds.size - 2)
    within = start + (bounds[upper] - start) * ((rank - below) / (counts[upper, each] - below))
    values = np.where(bucket == bounds.size - 1, bounds[-2], within)
    values = np.where((bucket == 0) & (bounds[0] <= 0), bounds[0], values)
    return np.where(np.isnan(outside) & ~np.isnan(share) & (total != 0), values, outside)
