"""Samples of metrics with the numbers of their series and signal, and how much cumulative series grew between them."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from secondstory.model.query import MetricSignalQuery
from secondstory.model.window import Window
from secondstory.warehouse.queries.attributes import attribute, without_replicas
from secondstory.warehouse.queries.steps import piece_start, step_start, within
from secondstory.warehouse.queries.tables import METRICS

_IDENTITY = ("service", "instance", "version", "environment", "resource", "name", "kind", "unit", "attributes")
_SIGNAL = ("service", "name", "kind", "unit", "kept", "told_version")


def samples_of(
    query: MetricSignalQuery, chosen: Callable[[ir.Table], ir.BooleanColumn], columns: tuple[str, ...]
) -> tuple[ir.Table, ir.Table]:
    """The chosen samples (series, signal, time_us, step_us and `columns`), and their series.

    Series are one row each: their identity, `series` and `signal` (numbers), `kept` (attributes) and `told_version`.
    """
    asked = within(METRICS, query.windows)
    asked = asked.filter(chosen(asked))
    series = _numbered(asked.select(*_IDENTITY).distinct(), query.by_version)
    rows = asked.mutate(step_us=step_start(asked.time_us, query.windows, query.step_s))
    same = [rows[name].identical_to(series[name]) for name in _IDENTITY]
    joined = rows.join(series.select(*_IDENTITY, "series", "signal"), same)
    return joined.select("series", "signal", "time_us", "step_us", *columns), series


def named(steps: ir.Table, series: ir.Table) -> ir.Table:
    """`steps` by signal number, with what the signal is called."""
    signals = series.select("signal", *_SIGNAL).distinct()
    joined = steps.join(signals, "signal")
    return joined.drop("signal").rename(attributes="kept", version="told_version")


def increments(rows: ir.Table, windows: tuple[Window, ...], carried: tuple[str, ...] = ()) -> ir.Table:
    """Samples of cumulative series (`level`, `start_us`), as `grown` since the sample before and `elapsed_us` since.

    A level that falls, or a start that moves, is a restart: all that was counted since then is growth. The first
    sample of a stretch grows only where its series is known to have started inside that stretch. Columns named in
    `carried` come with what they were before, as `<name>_before`; null after a restart.
    """
    rows = rows.mutate(piece_us=piece_start(rows.time_us, windows))
    before = ibis.window(group_by=("series", "piece_us"), order_by=("time_us", "level", *carried))
    rows = rows.mutate(
        level_before=rows.level.lag().over(before),
        time_before=rows.time_us.lag().over(before),
        start_before=rows.start_us.lag().over(before),
        **{f"{name}_before": rows[name].lag().over(before) for name in carried},
    )
    first = rows.time_before.isnull()
    born = first & (rows.start_us >= rows.piece_us) & (rows.start_us <= rows.time_us)
    restarted = (rows.level < rows.level_before) | (rows.start_us > rows.start_before)
    fresh = (born | restarted).fill_null(False)
    grew = rows.mutate(
        grown=ibis.cases((fresh, rows.level), else_=rows.level - rows.level_before),
        elapsed_us=rows.time_us - (born.fill_null(False)).ifelse(rows.start_us, rows.time_before),
        **{f"{name}_before": fresh.ifelse(ibis.null(rows[name].type()), rows[f"{name}_before"]) for name in carried},
    )
    return grew.filter(grew.grown.notnull())


def _numbered(series: ir.Table, by_version: bool) -> ir.Table:
    version = ibis.coalesce(series.version, attribute(series.attributes, "version"))
    told = series.mutate(
        kept=without_replicas(series.attributes), told_version=version if by_version else ibis.null("string")
    )
    # Numbered in an order that follows from content alone: an engine may evaluate this table more than once.
    return told.mutate(
        series=ibis.row_number().over(order_by=_IDENTITY), signal=ibis.dense_rank().over(order_by=_SIGNAL)
    )
