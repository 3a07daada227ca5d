"""What follows what inside requests, against values worked out by hand."""

from __future__ import annotations

import pytest

from secondstory.model.query import TracePatternQuery

from .asking import RECORDINGS, Row, ask, column, window

pytestmark = pytest.mark.usefixtures("both_engines")
ASKED = TracePatternQuery(RECORDINGS, window(30, 60), (window(0, 20), window(20, 25)))


def line(seconds: float, body: str, span_id: str | None = "1", trace_id: str = "t1") -> Row:
    return {"at": seconds, "body": body, "trace_id": trace_id, "span_id": span_id}


def span(seconds: float, span_id: str, name: str, parent: str | None = None, **more: object) -> Row:
    return {"at": seconds, "span_id": span_id, "name": name, "parent_span_id": parent, **more}


def told(kind: str, **tables: tuple[Row, ...]) -> list[tuple[object, ...]]:
    found = [row for row in ask(ASKED, **tables) if row["kind"] == kind]
    return column(found, "event", "following", "times", "reference_times")


def test_lines_follow_lines_of_the_same_span_and_places_in_the_code_name_them() -> None:
    logs = (
        line(1, "INFO Store#31 found 7", trace_id="a"),
        line(2, "INFO Store#34 sent 7", trace_id="a"),
        line(31, "INFO Store#31 found 9", trace_id="b"),
        line(32, "took 3 ms", trace_id="b"),
        line(33, "no span", None, trace_id="b"),
        line(34, "INFO Store#31 found 4", trace_id="c"),
        line(27, "INFO Store#31 between the stretches", trace_id="d"),
    )
    assert told("line", logs=logs) == [
        ("Store#31", "", 1, 0),
        ("Store#31", "Store#34", 0, 1),
        ("Store#31", "took * ms", 1, 0),
        ("Store#34", "", 0, 1),
        ("took * ms", "", 1, 0),
    ]


def test_operations_begin_with_their_first_line_or_with_none() -> None:
    spans = (span(0, "1", "find", trace_id="a"), span(30, "1", "find", trace_id="b"), span(40, "2", "find"))
    logs = (line(2, "then", trace_id="a"), line(1, "first", trace_id="a"), line(31, "first", trace_id="b"))
    assert told("begin", spans=spans, logs=logs) == [("find", "", 1, 0), ("find", "first", 1, 1)]


def test_a_call_counts_once_a_span_however_often_it_is_made() -> None:
    spans = (
        span(0, "1", "find", trace_id="a"),
        span(1, "2", "SELECT", "1", trace_id="a", service="store"),
        span(2, "3", "SELECT", "1", trace_id="a", service="store"),
        span(30, "1", "find", trace_id="b"),
        span(31, "2", "error", "1", trace_id="b"),
    )
    assert told("call", spans=spans) == [("find", "orders error", 1, 0), ("find", "store SELECT", 0, 1)]
