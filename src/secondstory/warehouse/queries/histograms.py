"""Histograms as numbers per step: rate, mean and quantiles of what was observed in the step, over all replicas.

Cumulative histograms are compared sample by sample within their series, restarts respected; delta histograms are taken
as they are. A quantile is interpolated linearly inside its bucket. It misleads where buckets are wide: it can only be
as fine as they are. In the last bucket, which has no upper bound, it is that bucket's lower bound; the first bucket
begins at zero where its bound is positive. Means suppose that nothing below zero is observed.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from secondstory.model.query import MetricSignalQuery
from secondstory.warehouse.queries.exact import finite, sorted_sum
from secondstory.warehouse.queries.series import increments, named, samples_of
from secondstory.warehouse.queries.steps import piece_end

_QUANTILES = (("p50", 0.5), ("p95", 0.95))


def histogram_totals(query: MetricSignalQuery) -> ir.Table:
    """Observations per second (`rate`) and their mean value (`mean`)."""
    rows, series = _grown(query, "sum")
    sum_now = finite(rows["sum"]).ifelse(rows["sum"], ibis.null("float64"))
    sum_before = finite(rows.sum_before).ifelse(rows.sum_before, 0.0)
    rows = rows.mutate(sum_grown=sum_now - sum_before)
    replicas = rows.group_by("signal", "series", "step_us").agg(
        grown=rows.grown.sum(),
        sum_grown=sorted_sum(rows.sum_grown),
        elapsed_us=rows.elapsed_us.sum(),
        samples=rows.count(),
    )
    length_us = ibis.least(query.step_s * 1_000_000, piece_end(replicas.step_us, query.windows) - replicas.step_us)
    replicas = replicas.mutate(elapsed_us=ibis.coalesce(replicas.elapsed_us, length_us))
    replicas = replicas.filter(replicas.elapsed_us > 0)
    steps = replicas.group_by("signal", "step_us").agg(
        rate=sorted_sum(replicas.grown / (replicas.elapsed_us / 1_000_000)),
        observed=replicas.grown.sum(),
        total=sorted_sum(replicas.sum_grown),
        samples=replicas.samples.sum(),
    )
    steps = steps.mutate(mean=(steps.observed > 0).ifelse(steps.total / steps.observed, ibis.null("float64")))
    told = steps.select("signal", "step_us", "samples", "rate", "mean").pivot_longer(
        ["rate", "mean"], names_to="statistic", values_to="value"
    )
    return _signal(told.filter(told.value.notnull()), series)


def histogram_quantiles(query: MetricSignalQuery) -> ir.Table:
    """The values below which half and 95 % of the step's observations lie (`p50`, `p95`)."""
    rows, series = _grown(query, "buckets", ("bounds",))
    edges = _bucket_counts(rows)
    upwards = ibis.window(
        group_by=("signal", "step_us"), order_by=(ibis.asc("upper", nulls_first=False), "lower"), following=0
    )
    whole = ibis.window(group_by=("signal", "step_us"))
    edges = edges.mutate(up_to=edges.observed.sum().over(upwards), total=edges.observed.sum().over(whole))
    return _signal(ibis.union(*[_quantile(edges, name, share) for name, share in _QUANTILES]), series)


def observes(metrics: ir.Table) -> ir.BooleanColumn:
    """True for samples that tell how many observations there were."""
    return metrics.kind.isin(("histogram", "summary"))


def _grown(query: MetricSignalQuery, told: str, others: tuple[str, ...] = ()) -> tuple[ir.Table, ir.Table]:
    """Histogram samples as what was observed since the one before: `grown`, and `told` with `<told>_before`.

    Only the asked columns are carried along: to sort samples together with lists that nobody reads costs double.
    """
    rows, series = samples_of(
        query,
        lambda metrics: observes(metrics) & metrics["count"].notnull(),
        ("temporality", "count", "start_us", told, *others),
    )
    is_delta = (rows.temporality == "delta").fill_null(False)
    cumulative = increments(rows.filter(~is_delta).rename(level="count"), query.windows, (told,))
    deltas = rows.filter(is_delta)
    as_told = deltas.mutate(
        grown=deltas["count"],
        elapsed_us=ibis.null("int64"),
        **{f"{told}_before": ibis.null(deltas[told].type())},
    )
    columns = ("signal", "series", "step_us", "grown", "elapsed_us", told, f"{told}_before", *others)
    return cumulative.select(*columns).union(as_told.select(*columns)), series


def _bucket_counts(rows: ir.Table) -> ir.Table:
    """`observed` in each bucket (lower, upper) of a signal's step, over series and samples; open ends are null."""
    has_buckets = rows.filter((rows.buckets.length() > 0) & (rows.buckets.length() == rows.bounds.length() + 1))
    cells = has_buckets.mutate(cell=ibis.range(0, has_buckets.buckets.length()).unnest())
    before = (cells.buckets_before.length() == cells.buckets.length()).ifelse(
        cells.buckets_before[cells.cell], ibis.null("int64")
    )
    observed = ibis.greatest(cells.buckets[cells.cell] - ibis.coalesce(before, 0), 0)
    first = ibis.least(cells.bounds[0], 0.0)
    cells = cells.select(
        "signal",
        "step_us",
        observed=observed,
        lower=(cells.cell == 0).ifelse(first, cells.bounds[cells.cell - 1]),
        upper=cells.bounds[cells.cell],
    )
    edges = cells.group_by("signal", "step_us", "lower", "upper").agg(
        observed=cells.observed.sum().cast("int64"), samples=cells.count()
    )
    return edges.filter(edges.observed > 0)


def _quantile(edges: ir.Table, statistic: str, share: float) -> ir.Table:
    rank = edges.total * share
    before = edges.up_to - edges.observed
    within = edges.lower + (edges.upper - edges.lower) * ((rank - before) / edges.observed)
    hit = edges.filter((before < rank) & (rank <= edges.up_to) & edges.lower.notnull())
    return hit.select(
        "signal",
        "step_us",
        "samples",
        value=ibis.coalesce(within, hit.lower),
        statistic=ibis.literal(statistic),
    )


def _signal(steps: ir.Table, series: ir.Table) -> ir.Table:
    told = named(steps, series).rename(time="step_us")
    return told.select(*sorted(told.columns))
