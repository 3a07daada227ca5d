"""Samples as they were recorded, the nearest first."""

from __future__ import annotations

import pytest

from secondstory.model.query import SampleQuery

from .asking import RECORDINGS, Row, ask, at, column, window

pytestmark = pytest.mark.usefixtures("both_engines")


def samples(*rows: Row, limit: int = 100, near: float = 0) -> list[Row]:
    query = SampleQuery(RECORDINGS, (window(0, 60), window(100, 160)), ("load", "latency"), at(near), limit)
    return list(ask(query, metrics=rows))


def test_samples_of_the_asked_metrics_come_as_they_are() -> None:
    found = samples(
        {"at": 1, "value": 2.5, "instance": "a", "attributes": {"pool": "main"}, "resource": {"host.name": "n"}},
        {"at": 70, "value": 3.0},
        {"at": 100, "value": 4.0},
        {"at": 2, "name": "other", "value": 9.0},
    )
    assert column(found, "time", "value", "instance", "attributes", "resource") == [
        (1.0, 2.5, "a", '{"pool":"main"}', '{"host.name":"n"}'),
        (100.0, 4.0, None, "{}", "{}"),
    ]


def test_a_histogram_tells_its_bounds_and_counts() -> None:
    plain: Row = {"name": "latency", "kind": "histogram", "temporality": "cumulative"}
    found = samples({"at": 5, **plain, "count": 4, "sum": 1.5, "bounds": [0.25, 10.0], "buckets": [1, 3, 0]})
    assert column(found, "count", "sum", "bounds", "buckets") == [(4, 1.5, "0.25,10.0", "1,3,0")]


def test_the_limit_leaves_out_what_is_farthest() -> None:
    found = samples(*({"at": seconds, "value": float(seconds)} for seconds in (0, 10, 20, 30, 100)), limit=3, near=20)
    assert sorted(map(float, column(found, "time"))) == [10.0, 20.0, 30.0]
