"""Logs, occurrences and coverage as answers, against values worked out by hand."""

from __future__ import annotations

import pytest

from secondstory.model.query import (
    CoverageQuery,
    LogLineQuery,
    LogPatternQuery,
    LogSignalQuery,
    OccurrenceQuery,
    ReplicaQuery,
)

from .asking import RECORDINGS, Row, ask, column, window

pytestmark = pytest.mark.usefixtures("both_engines")
MINUTE = window(0, 60)


def patterns(*rows: Row, limit: int = 100) -> list[Row]:
    query = LogPatternQuery(RECORDINGS, window(30, 60), (window(0, 10), window(20, 30)), limit)
    return list(ask(query, logs=rows))


def pattern(body: str) -> object:
    (found,) = patterns({"at": 31, "body": body})
    return found["pattern"]


def test_log_rows_are_counted_by_severity() -> None:
    numbers = [None, 0, 1, 8, 9, 12, 13, 17, 20, 21, 24]
    found = ask(LogSignalQuery(RECORDINGS, (MINUTE,), 60), logs=[{"severity_number": number} for number in numbers])
    assert dict(zip(column(found, "severity"), column(found, "rows"), strict=True)) == {
        "unset": 2,
        "debug": 2,
        "info": 2,
        "warn": 1,
        "error": 2,
        "fatal": 2,
    }


def test_steps_without_rows_are_absent() -> None:
    rows = [{"at": seconds} for seconds in (9.999999, 10, 35)]
    found = ask(LogSignalQuery(RECORDINGS, (window(0, 20), window(30, 60)), 10), logs=rows)
    assert column(found, "time", "rows") == [(0.0, 1), (10.0, 1), (30.0, 1)]


def test_patterns_are_counted_in_the_window_and_in_the_reference() -> None:
    found = patterns(
        {"at": 5, "body": "took 12 ms", "trace_id": "a"},
        {"at": 15, "body": "took 13 ms", "trace_id": "b"},
        {"at": 31, "body": "took 8 ms", "trace_id": "c"},
        {"at": 32, "body": "took 7 ms", "trace_id": "c"},
        {"at": 33, "body": "took 9 ms"},
        {"at": 34, "body": "pool is empty", "severity_number": 17},
        {"at": 21, "body": "all is well"},
    )
    assert column(found, "pattern", "severity", "rows", "reference_rows", "traces", "reference_traces") == [
        ("all is well", "unset", 0, 1, 0, 0),
        ("pool is empty", "error", 1, 0, 0, 0),
        ("took * ms", "unset", 3, 1, 1, 1),
    ]
    assert column(found, "first_time", "last_time", "sample") == [
        (21.0, 21.0, "all is well"),
        (34.0, 34.0, "pool is empty"),
        (5.0, 33.0, "took 7 ms"),
    ]


def test_a_trace_counts_once_for_a_severity_that_has_several_numbers() -> None:
    found = patterns(*({"at": 31, "body": "x", "severity_number": number, "trace_id": "a"} for number in (9, 10)))
    assert column(found, "severity", "rows", "traces") == [("info", 2, 1)]


def test_the_limit_keeps_the_most_frequent_patterns_of_either_time() -> None:
    rows = [{"at": at, "body": body} for at, body in ((31, "a"), (31, "a"), (31, "b"), (1, "c"), (2, "c"), (3, "c"))]
    assert column(patterns(*rows, limit=2), "pattern") == ["a", "c"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("user 17 paid 3.50 to 10.1.2.3:8080", "user * paid * to *"),
        ("id 550e8400-e29b-41d4-a716-446655440000 at 2026-03-01T12:00:00.5Z", "id * at *"),
        ("at 0x7fff5 in deadbeef12", "at * in *"),
        ("GET /orders/81/items?page=2", "GET /orders/*/items?page=*"),
        ("no column \"total\" in relation 'orders'", "no column * in relation *"),
        ("12:00:01 INFO a.b.OrderService#114 saved order 7", "* INFO a.b.OrderService#114 saved order *"),
        ("issue #12 is open", "issue #* is open"),
        ('{"level":"error","took":12}', '{"level":"error","took":*}'),
        ("it's fine, isn't it", "it's fine, isn't it"),
        ("", ""),
    ],
)
def test_what_varies_becomes_a_star(body: str, expected: str) -> None:
    assert pattern(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            'Traceback (most recent call last):\n  File "a.py", line 3, in pay\nValueError: bad amount 12',
            "Traceback (most recent call last): … ValueError",
        ),
        ("failed\npsycopg_pool.PoolTimeout: no connection after 30.0 s\n", "failed … psycopg_pool.PoolTimeout"),
        (
            "boom 3\na.b.AppException: x\n\tat a.B(C.java:3)\n"
            "Caused by: java.sql.SQLException: pool\n\tat a.D(E.java:4)\n\t... 2 more",
            "boom * … java.sql.SQLException",
        ),
        ("panic: index out of range [5]\n\ngoroutine 1 [running]:\nmain.main()", "panic: index out of range [*]"),
    ],
)
def test_of_several_lines_the_first_and_the_last_error_are_the_shape(body: str, expected: str) -> None:
    assert pattern(body) == expected


def test_log_lines_hold_the_text_as_it_is_written_oldest_first() -> None:
    rows = [
        {"at": 3, "body": "pool 100% full", "severity_number": 17, "trace_id": "a"},
        {"at": 1, "body": "pool 100% full"},
        {"at": 2, "body": "POOL 100% FULL"},
        {"at": 2, "body": "pool 1000 full"},
        {"at": 5, "body": "pool 100% full", "service": "cart"},
    ]
    found = ask(LogLineQuery(RECORDINGS, MINUTE, "orders", "pool 100%", limit=2), logs=rows)
    assert column(found, "time", "severity", "trace_id") == [(1.0, "unset", None), (3.0, "error", "a")]
    everywhere = ask(LogLineQuery(RECORDINGS, MINUTE, None, "pool 100%"), logs=rows)
    assert column(everywhere, "time") == [1.0, 3.0, 5.0]


def test_text_that_a_person_typed_is_no_part_of_the_query() -> None:
    evil = "x'); DROP TABLE given; --"
    rows = [{"at": 1, "body": f"said {evil}"}, {"at": 2, "body": "said nothing"}]
    assert column(ask(LogLineQuery(RECORDINGS, MINUTE, None, evil), logs=rows), "time") == [1.0]
    assert ask(LogLineQuery(RECORDINGS, MINUTE, "' OR 1=1 --", "said"), logs=rows) == []


def test_occurrences_come_whole_and_by_kind() -> None:
    rows = [
        {"at": 9, "kind": "deploy", "title": "orders 2", "attributes": {"version": "2"}, "actor": "responder-1"},
        {"at": 20, "kind": "alert", "title": "errors"},
        {"at": 60, "kind": "alert", "title": "later"},
    ]
    found = ask(OccurrenceQuery(RECORDINGS, MINUTE), occurrences=rows)
    assert column(found, "time", "kind", "title", "attributes") == [
        (9.0, "deploy", "orders 2", '{"version":"2"}'),
        (20.0, "alert", "errors", "{}"),
    ]
    alerts = ask(OccurrenceQuery(RECORDINGS, MINUTE, kinds=("alert", "page")), occurrences=rows)
    assert column(alerts, "title") == ["errors"]


def test_coverage_counts_every_table_by_service_version_and_instance() -> None:
    found = ask(
        CoverageQuery(RECORDINGS, MINUTE),
        logs=[{"at": 1}, {"at": 4}, {"at": 4}, {"at": 60}],
        metrics=[{"at": 2, "value": 1.0, "version": "2", "instance": "a"}],
        occurrences=[{"at": 3, "service": ""}],
    )
    assert column(found, "table", "service", "version", "instance", "rows", "first_time", "last_time") == [
        ("logs", "orders", None, None, 3, 1.0, 4.0),
        ("metrics", "orders", "2", "a", 1, 2.0, 2.0),
        ("occurrences", "", None, None, 1, 3.0, 3.0),
    ]


def test_replicas_join_what_the_tables_tell() -> None:
    found = ask(
        ReplicaQuery(RECORDINGS, MINUTE),
        logs=[{"at": 5, "version": "1", "instance": "a"}],
        metrics=[{"at": 2, "value": 1.0, "version": "1", "instance": "a"}, {"at": 9, "value": 1.0, "version": "2"}],
        occurrences=[{"at": 3, "version": "3"}],
    )
    assert column(found, "version", "instance", "first_time", "last_time", "rows") == [
        ("1", "a", 2.0, 5.0, 2),
        ("2", None, 9.0, 9.0, 1),
    ]
