"""Metrics as numbers per step: gauges and sums here, histograms in `histograms.py`.

A series is one replica's stream of samples: all that identifies a row but its time. A signal is what is left when
replica attributes are taken away; its value is the mean (gauges) or the sum (counters) over its series. Series and
signals are numbered once, on the few thousand distinct ones, so that millions of samples are grouped by whole numbers.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import MetricSignalQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.exact import finite, sorted_mean, sorted_sum
from secondstory.warehouse.queries.histograms import observes
from secondstory.warehouse.queries.series import increments, named, samples_of
from secondstory.warehouse.queries.steps import piece_end
from secondstory.warehouse.queries.tables import METRICS

COLUMNS = pa.schema(
    [
        ("service", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("unit", pa.string()),
        ("attributes", pa.string()),
        ("version", pa.string()),
        ("statistic", pa.string()),
        ("time", TIME),
        ("value", pa.float64()),
        ("samples", pa.int64()),
    ]
)


def present(_query: MetricSignalQuery) -> ir.Table:
    """Which kinds of metrics there are: one row, a column for each part of the answer."""
    is_histogram = observes(METRICS).any()
    return METRICS.aggregate(
        gauges=_is_gauge(METRICS).any(),
        counters=_is_counter(METRICS).any(),
        deltas=_is_delta(METRICS).any(),
        histogram_totals=is_histogram,
        histogram_quantiles=is_histogram,
    )


def gauges(query: MetricSignalQuery) -> ir.Table:
    """The mean over replicas of each replica's mean in the step; statistic `value`."""
    rows, series = samples_of(query, lambda metrics: _is_gauge(metrics) & finite(metrics.value), ("value",))
    replicas = rows.group_by("signal", "series", "step_us").agg(value=sorted_mean(rows.value), samples=rows.count())
    steps = replicas.group_by("signal", "step_us").agg(
        value=sorted_mean(replicas.value), samples=replicas.samples.sum()
    )
    return _signal(steps, series, "value")


def counters(query: MetricSignalQuery) -> ir.Table:
    """Rates per second of cumulative sums, added over replicas; a step without two samples to compare is absent."""
    rows, series = samples_of(
        query, lambda metrics: _is_counter(metrics) & finite(metrics.value), ("value", "start_us")
    )
    grown = increments(rows.rename(level="value"), query.windows)
    replicas = grown.group_by("signal", "series", "step_us").agg(
        grown=sorted_sum(grown.grown), elapsed_us=grown.elapsed_us.sum(), samples=grown.count()
    )
    replicas = replicas.filter(replicas.elapsed_us > 0)
    steps = replicas.group_by("signal", "step_us").agg(
        value=sorted_sum(replicas.grown / (replicas.elapsed_us / 1_000_000)), samples=replicas.samples.sum()
    )
    return _signal(steps, series, "rate")


def deltas(query: MetricSignalQuery) -> ir.Table:
    """Rates per second of delta sums: what was reported in the step over its length, added over replicas."""
    rows, series = samples_of(query, lambda metrics: _is_delta(metrics) & finite(metrics.value), ("value",))
    steps = rows.group_by("signal", "step_us").agg(total=sorted_sum(rows.value), samples=rows.count())
    length_us = ibis.least(query.step_s * 1_000_000, piece_end(steps.step_us, query.windows) - steps.step_us)
    return _signal(steps.mutate(value=steps.total / (length_us / 1_000_000)), series, "rate")


def _is_gauge(metrics: ir.Table) -> ir.BooleanColumn:
    return metrics.kind == "gauge"


def _is_counter(metrics: ir.Table) -> ir.BooleanColumn:
    return (metrics.kind == "sum") & (metrics.temporality != "delta").fill_null(True)


def _is_delta(metrics: ir.Table) -> ir.BooleanColumn:
    return (metrics.kind == "sum") & (metrics.temporality == "delta")


def _signal(steps: ir.Table, series: ir.Table, statistic: str) -> ir.Table:
    told = steps.mutate(statistic=ibis.literal(statistic), time=steps.step_us)
    return named(told, series).select(*COLUMNS.names)
