"""Metrics as numbers per step, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from secondstory.model.query import MetricSignalQuery
from secondstory.model.window import Window

from .asking import RECORDINGS, Row, ask, at, column, window

pytestmark = pytest.mark.usefixtures("both_engines")


def signals(step_s: int, *rows: Row, windows: tuple[Window, ...] = (), by_version: bool = False) -> list[Row]:
    query = MetricSignalQuery(RECORDINGS, windows or (window(0, 60),), step_s, by_version)
    return list(ask(query, metrics=rows))


def counter(seconds: float, value: float, **more: object) -> Row:
    return {"at": seconds, "name": "requests", "kind": "sum", "temporality": "cumulative", "value": value, **more}


def histogram(seconds: float, buckets: list[int], total: float, **more: object) -> Row:
    plain: Row = {"name": "latency", "kind": "histogram", "temporality": "cumulative", "bounds": [10.0, 20.0, 50.0]}
    return {"at": seconds, "count": sum(buckets), "sum": total, "buckets": buckets, **plain, **more}


def by_statistic(found: list[Row], statistic: str) -> list[object]:
    return column([row for row in found if row["statistic"] == statistic], "time", "value")


def test_a_gauge_is_the_mean_over_replicas_of_each_replicas_mean() -> None:
    found = signals(
        30,
        {"at": 0, "instance": "a", "value": 1.0},
        {"at": 10, "instance": "a", "value": 2.0},
        {"at": 29.999999, "instance": "a", "value": 3.0},
        {"at": 5, "instance": "b", "value": 10.0},
        {"at": 30, "instance": "b", "value": 7.0},
        {"at": 60, "instance": "b", "value": 1000.0},
    )
    assert column(found, "time", "value", "samples", "statistic") == [(0.0, 6.0, 4, "value"), (30.0, 7.0, 1, "value")]


def test_replica_attributes_are_taken_away_and_the_others_tell_signals_apart() -> None:
    found = signals(
        60,
        {"value": 1.0, "attributes": {"pod": "p-1", "pool": "main", "version": "1"}},
        {"value": 3.0, "attributes": {"pod": "p-2", "pool": "main", "node": "n"}},
        {"value": 9.0, "attributes": {"container": 'a"b', "pool": "spare"}},
        {"value": 5.0, "attributes": {"host": "h"}},
        {"value": 6.0, "attributes": {"said": '"pod":"x"'}},
    )
    assert column(found, "attributes", "value") == [
        ('{"pool":"main"}', 2.0),
        ('{"pool":"spare"}', 9.0),
        (r'{"said":"\"pod\":\"x\""}', 6.0),
        ("{}", 5.0),
    ]


def test_versions_are_kept_apart_when_asked() -> None:
    rows: tuple[Row, ...] = (
        {"value": 1.0, "version": "1"},
        {"value": 3.0, "attributes": {"version": "2"}},
        {"value": 5.0},
    )
    assert column(signals(60, *rows), "version", "value") == [(None, 3.0)]
    assert column(signals(60, *rows, by_version=True), "version", "value") == [("1", 1.0), ("2", 3.0), (None, 5.0)]


def test_what_is_no_number_counts_as_missing() -> None:
    rows = [{"at": step * 10, "value": value} for step, value in enumerate([math.nan, math.inf, -math.inf, None, 4.0])]
    assert column(signals(10, *rows), "time", "value") == [(40.0, 4.0)]


def test_several_windows_are_one_answer_and_steps_count_from_each_ones_start() -> None:
    rows = [{"at": seconds, "value": float(seconds)} for seconds in (0, 14, 15, 21, 22, 47, 49, 50)]
    found = signals(10, *rows, windows=(window(0, 15), window(22, 50)))
    assert column(found, "time", "value") == [(0.0, 0.0), (10.0, 14.0), (22.0, 22.0), (42.0, 48.0)]


def test_a_counter_becomes_a_rate_and_a_fall_is_a_restart() -> None:
    found = signals(10, counter(0, 100), counter(10, 130), counter(20, 12), counter(30, 42))
    assert column(found, "time", "value", "samples") == [(10.0, 3.0, 1), (20.0, 1.2, 1), (30.0, 3.0, 1)]


def test_a_counter_whose_start_moves_has_restarted_though_it_is_higher() -> None:
    first, second = {"start_time": at(-500)}, {"start_time": at(4)}
    found = signals(10, counter(0, 100, **first), counter(10, 130, **second), counter(20, 150, **second))
    assert column(found, "time", "value") == [(10.0, 13.0), (20.0, 2.0)]


def test_a_counter_born_in_the_window_counts_from_its_birth() -> None:
    assert column(signals(10, counter(12, 40, start_time=at(4))), "time", "value") == [(10.0, 5.0)]
    assert signals(10, counter(12, 40, start_time=at(-4))) == []
    assert signals(10, counter(12, 40)) == []


def test_a_counter_is_not_compared_across_windows() -> None:
    rows = [counter(seconds, seconds * 2.0) for seconds in range(0, 60, 5)]
    found = signals(10, *rows, windows=(window(0, 20), window(40, 60)))
    assert column(found, "time", "value") == [(0.0, 2.0), (10.0, 2.0), (40.0, 2.0), (50.0, 2.0)]


def test_counters_of_replicas_are_added() -> None:
    found = signals(10, *(counter(t, t * rate, instance=str(rate)) for t in (1, 9, 19) for rate in (1, 2)))
    assert column(found, "time", "value", "samples") == [(0.0, 3.0, 2), (10.0, 3.0, 2)]


def test_a_delta_sum_is_spread_over_its_step_and_over_what_is_left_of_a_cut_one() -> None:
    rows = [counter(seconds, 30.0, temporality="delta") for seconds in (1, 2, 11, 21)]
    found = signals(10, *rows, windows=(window(0, 25),))
    assert column(found, "time", "value") == [(0.0, 6.0), (10.0, 3.0), (20.0, 6.0)]


def test_a_cumulative_histogram_gives_rate_mean_and_quantiles_of_what_was_new() -> None:
    found = signals(
        10,
        histogram(0, [100, 0, 0, 0], 500.0),
        histogram(10, [104, 4, 2, 0], 640.0),
        histogram(20, [104, 4, 2, 3], 1000.0),
    )
    assert by_statistic(found, "rate") == [(10.0, 1.0), (20.0, 0.3)]
    assert by_statistic(found, "mean") == [(10.0, 14.0), (20.0, 120.0)]
    # 10 new: 4 below 10, 4 below 20, 2 below 50; rank 5 is the first of 4 in 10..20, rank 9.5 is 1.5 of 2 in 20..50.
    # Then 3 new in the last bucket, of which only the lower bound is known.
    assert by_statistic(found, "p50") == [(10.0, 12.5), (20.0, 50.0)]
    assert by_statistic(found, "p95") == [(10.0, 42.5), (20.0, 50.0)]


def test_histograms_of_replicas_are_merged_before_the_quantile() -> None:
    found = signals(
        60,
        histogram(1, [19, 0, 0, 0], 1.0, temporality="delta", instance="a"),
        histogram(2, [0, 0, 1, 0], 30.0, temporality="delta", instance="b"),
    )
    assert by_statistic(found, "p95") == [(0.0, 10.0)]
    assert by_statistic(found, "rate") == [(0.0, 20 / 60)]


def test_a_histogram_that_restarts_counts_what_it_has_since() -> None:
    found = signals(10, histogram(0, [50, 0, 0, 0], 5.0), histogram(10, [0, 2, 0, 0], 30.0))
    assert by_statistic(found, "p50") == [(10.0, 15.0)]
    assert by_statistic(found, "mean") == [(10.0, 15.0)]


def test_a_histogram_without_buckets_has_a_rate_and_a_mean_only() -> None:
    found = signals(60, {"name": "wait", "kind": "summary", "temporality": "delta", "count": 6, "sum": 3.0})
    assert column(found, "statistic", "value") == [("mean", 0.5), ("rate", 0.1)]


def test_equal_rows_are_two_samples() -> None:
    assert column(signals(60, {"value": 2.0}, {"value": 2.0}), "value", "samples") == [(2.0, 2)]


def test_a_mean_of_tenths_does_not_depend_on_their_order() -> None:
    values = [0.1 * number for number in range(1, 200)]
    forward = signals(60, *({"at": 1, "value": value} for value in values))
    backward = signals(60, *({"at": 1, "value": value} for value in reversed(values)))
    assert column(forward, "value") == column(backward, "value")
    assert column(forward, "value") == [pytest.approx(math.fsum(values) / len(values), rel=1e-12)]
