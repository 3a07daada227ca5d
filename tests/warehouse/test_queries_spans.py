"""Spans as requests, calls, operations, outcomes and traces, against values worked out by hand."""

from __future__ import annotations

import pytest

from secondstory.model.query import (
    EdgeSignalQuery,
    EndpointQuery,
    OperationQuery,
    OutcomeQuery,
    SpanSignalQuery,
    TopologyQuery,
    TraceExemplarQuery,
    TraceLogQuery,
    TraceQuery,
    TraceSearchQuery,
    UsersHitQuery,
    UserStepQuery,
)

from .asking import RECORDINGS, Row, ask, column, window

pytestmark = pytest.mark.usefixtures("both_engines")
MINUTE = window(0, 60)


def span(seconds: float, service: str, span_id: str, parent: str | None = None, **more: object) -> Row:
    return {"at": seconds, "service": service, "span_id": span_id, "parent_span_id": parent, "kind": "server", **more}


def ms(duration: float) -> int:
    return int(duration * 1000)


def requests(*rows: Row, step_s: int = 60, by_version: bool = False) -> list[Row]:
    return list(ask(SpanSignalQuery(RECORDINGS, (MINUTE,), step_s, by_version), spans=rows))


def calls(*rows: Row) -> list[Row]:
    return list(ask(EdgeSignalQuery(RECORDINGS, (MINUTE,), 60), spans=rows))


def test_server_and_consumer_spans_are_requests_by_the_step_they_begin_in() -> None:
    found = requests(
        span(0, "orders", "1", duration=ms(10)),
        span(29.9, "orders", "2", kind="consumer", duration=ms(20)),
        span(30, "orders", "3", duration=ms(40), status="error"),
        span(1, "orders", "4", "1", kind="client", duration=ms(4)),
        span(1, "orders", "5", "1", kind="internal", duration=ms(5)),
        span(60, "orders", "6"),
        step_s=30,
    )
    assert column(found, "time", "requests", "failed") == [(0.0, 2.0, 0.0), (30.0, 1.0, 1.0)]
    assert column(found, "p50_ms", "p95_ms", "self_p95_ms") == [(15.0, 19.5, 19.05), (40.0, 40.0, 40.0)]


def test_children_in_parallel_leave_no_negative_time_of_its_own() -> None:
    parallel = [span(1, "orders", str(n), "1", kind="client", duration=ms(8)) for n in (2, 3)]
    found = requests(span(0, "orders", "1", duration=ms(10)), *parallel)
    assert column(found, "p95_ms", "self_p95_ms") == [(10.0, 0.0)]


def test_requests_and_failures_are_sums_of_sample_weights() -> None:
    found = requests(
        span(0, "orders", "1", sample_weight=10.0),
        span(0, "orders", "2", sample_weight=2.5, status="error"),
        span(0, "orders", "3", sample_weight=float("nan")),
    )
    assert column(found, "requests", "failed") == [(13.5, 2.5)]


def test_a_server_error_in_the_answer_is_a_failure_of_the_server_alone() -> None:
    found = requests(
        span(0, "orders", "1", attributes={"http.response.status_code": 503}),
        span(0, "orders", "2", attributes={"http.status_code": "500"}),
        span(0, "orders", "3", attributes={"http.response.status_code": 404}),
        span(0, "orders", "4", attributes={"said": '"http.status_code":500'}),
    )
    assert column(found, "requests", "failed") == [(4.0, 2.0)]


def test_without_kinds_a_request_is_a_span_that_comes_from_elsewhere() -> None:
    bare = {"kind": None}
    found = requests(
        span(0, "orders", "root", None, **bare),
        span(1, "orders", "inner", "root", **bare),
        span(2, "payment", "called", "root", **bare),
        span(3, "payment", "within", "called", **bare),
        span(4, "cart", "orphan", "never-came", **bare),
        span(5, "gateway", "unkinded", None, **bare),
        span(6, "gateway", "served", None),
    )
    assert column(found, "service", "requests") == [("cart", 1.0), ("gateway", 1.0), ("orders", 1.0), ("payment", 1.0)]


def test_a_parent_before_the_window_is_still_a_parent() -> None:
    bare = {"kind": None}
    found = requests(span(-5, "orders", "root", None, **bare), span(1, "orders", "inner", "root", **bare))
    assert found == []


def test_versions_of_requests_are_kept_apart_when_asked() -> None:
    rows = [span(0, "orders", "1", version="1"), span(0, "orders", "2", version="2")]
    assert column(requests(*rows), "version", "requests") == [(None, 2.0)]
    assert column(requests(*rows, by_version=True), "version", "requests") == [("1", 1.0), ("2", 1.0)]


def test_a_call_is_a_span_whose_parent_is_in_another_service() -> None:
    found = calls(
        span(0, "gateway", "g"),
        span(1, "gateway", "g-out", "g", kind="client", duration=ms(30)),
        span(2, "orders", "o", "g-out", duration=ms(20)),
        span(2, "orders", "o-in", "o", kind="internal"),
        span(3, "gateway", "g-out-2", "g", kind="client", duration=ms(50), status="error"),
        span(4, "orders", "o-2", "g-out-2", duration=ms(40)),
    )
    assert column(found, "caller", "callee", "calls", "failed") == [("gateway", "orders", 2.0, 1.0)]
    assert column(found, "time", "p50_ms", "p95_ms", "gap_p95_ms") == [(0.0, 30.0, 39.0, 10.0)]


def test_without_a_client_span_the_gap_is_unknown() -> None:
    found = calls(span(0, "gateway", "g", kind="server"), span(1, "orders", "o", "g", kind="server", duration=ms(7)))
    assert column(found, "caller", "callee", "calls", "p50_ms", "gap_p95_ms") == [("gateway", "orders", 1.0, 7.0, None)]


def test_where_no_span_has_a_kind_the_parent_stands_for_the_client() -> None:
    found = calls(
        span(0, "gateway", "g", kind=None, duration=ms(9)), span(1, "orders", "o", "g", kind=None, duration=ms(7))
    )
    assert column(found, "caller", "callee", "gap_p95_ms") == [("gateway", "orders", 2.0)]


def test_a_client_span_that_nobody_answered_names_its_peer() -> None:
    def peer(span_id: str, **attributes: object) -> Row:
        return span(1, "orders", span_id, kind="client", attributes=attributes)

    found = calls(
        peer("1", **{"db.system": "postgresql", "db.name": "shop", "server.address": "db-1"}),
        peer("2", **{"db.system.name": "postgresql", "db.namespace": "shop"}),
        peer("3", **{"db.system": "redis", "server.address": "cache"}),
        peer("4", **{"db.system": "sqlite"}),
        peer("5", **{"peer.service": "bank", "server.address": "10.0.0.9"}),
        peer("6", **{"server.address": "api.example.com", "server.port": 8443}),
        peer("7"),
        span(2, "orders", "7-in", "7", kind="internal"),
    )
    assert column(found, "callee", "calls") == [
        ("api.example.com:8443", 1.0),
        ("bank", 1.0),
        ("postgresql/shop", 2.0),
        ("redis/cache", 1.0),
        ("sqlite", 1.0),
    ]


def test_topology_counts_calls_over_the_whole_window() -> None:
    rows = [
        span(1, "gateway", "g"),
        span(2, "orders", "o", "g", sample_weight=4.0, status="error"),
        span(50, "orders", "o-2", "g"),
    ]
    found = ask(TopologyQuery(RECORDINGS, MINUTE), spans=rows)
    assert found == [{"caller": "gateway", "callee": "orders", "calls": 5.0, "failed": 4.0}]


def test_operations_are_compared_with_the_reference() -> None:
    found = ask(
        OperationQuery(RECORDINGS, window(30, 60), (window(0, 10), window(20, 30))),
        spans=[
            span(1, "orders", "1", duration=ms(10)),
            span(15, "orders", "2", duration=ms(999)),
            span(25, "orders", "3", duration=ms(20)),
            span(31, "orders", "4", duration=ms(100), status="error"),
            span(31, "orders", "5", "4", kind="client", name="SELECT", duration=ms(60)),
        ],
    )
    assert column(found, "operation", "spans", "failed", "p50_ms", "self_p50_ms", "children_mean") == [
        ("GET /", 1, 1, 100.0, 40.0, 1.0),
        ("SELECT", 1, 0, 60.0, 60.0, 0.0),
    ]
    assert column(found, "reference_spans", "reference_p50_ms", "reference_p95_ms", "reference_children_mean") == [
        (2, 15.0, 19.5, 0.0),
        (0, None, None, None),
    ]


def entry(seconds: float, span_id: str, user: str | None = None, **more: object) -> Row:
    attributes: dict[str, object] = {} if user is None else {"user.id": user}
    return {**span(seconds, "gateway", span_id, attributes=attributes), **more}


def test_outcomes_count_requests_failures_slow_ones_and_distinct_users() -> None:
    rows = [
        entry(1, "1", "ann", duration=ms(600)),
        entry(2, "2", "ann", status="error", duration=ms(10)),
        entry(3, "3", "bob", duration=ms(500)),
        entry(31, "4"),
        span(4, "gateway", "inner", "1"),
        span(5, "orders", "o", "1"),
    ]
    found = ask(OutcomeQuery(RECORDINGS, MINUTE, 30, ("gateway",), slow_ms=500.0), spans=rows)
    assert column(found, "service", "time", "total", "failed", "slow", "users", "users_failed") == [
        ("gateway", 0.0, 3.0, 1.0, 1.0, 2, 1),
        ("gateway", 30.0, 1.0, 0.0, 0.0, None, None),
    ]
    assert column(found, "seen", "failed_seen", "slow_seen") == [(3, 1, 1), (1, 0, 0)]
    without_limit = ask(OutcomeQuery(RECORDINGS, MINUTE, 60, ("gateway", "orders")), spans=rows)
    assert column(without_limit, "service", "total", "slow") == [("gateway", 4.0, None), ("orders", 1.0, None)]


def test_users_hit_counts_a_user_once_over_the_window() -> None:
    rows = [entry(1, "1", "ann"), entry(40, "2", "ann", status="error"), entry(41, "3", "bob"), entry(42, "4")]
    found = ask(UsersHitQuery(RECORDINGS, MINUTE, ("gateway",)), spans=rows)
    assert found == [{"service": "gateway", "users": 2, "users_failed": 1, "requests_with_user": 3.0, "requests": 4.0}]


def test_endpoints_are_counted_by_weight_step_and_time_taken_and_the_small_ones_together() -> None:
    rows = [
        entry(1, "1", name="GET /cart", duration=ms(40), sample_weight=10.0),
        entry(2, "2", name="GET /cart", duration=ms(100), status="error", sample_weight=2.5),
        entry(31, "3", name="GET /cart", duration=ms(5000)),
        entry(3, "4", name="POST /pay", duration=ms(40)),
        entry(4, "5", name="GET /rare", duration=ms(40), sample_weight=0.5),
        span(5, "orders", "o", "1", name="GET /inner"),
    ]
    query = EndpointQuery(RECORDINGS, (MINUTE,), 30, ("gateway",), (50.0, 100.0), most=2)
    answer = ask(query, spans=rows)
    assert sorted(column(answer, "requests", "seen", "failed_seen"))[-1] == (10.0, 1, 0)  # one span stands for ten
    found = column(answer, "endpoint", "time", "up_to_ms", "requests", "failed")
    assert sorted(found, key=str) == sorted(
        [
            ("GET /cart", 0.0, 50.0, 10.0, 0.0),
            ("GET /cart", 0.0, 100.0, 2.5, 2.5),
            ("GET /cart", 30.0, None, 1.0, 0.0),
            ("POST /pay", 0.0, 50.0, 1.0, 0.0),
            (None, 0.0, 50.0, 0.5, 0.0),
        ],
        key=str,
    )


def test_a_user_is_newly_hit_once_and_the_new_ones_add_up_to_all() -> None:
    rows = [
        entry(1, "1", "ann"),
        entry(2, "2", "ann", status="error"),
        entry(3, "3", "ann", status="error"),
        entry(31, "4", "ann", status="error"),
        entry(32, "5", "bob", status="error"),
        entry(33, "6", "cid"),
        entry(34, "7"),
    ]
    found = ask(UserStepQuery(RECORDINGS, MINUTE, 30, ("gateway",)), spans=rows)
    assert column(found, "time", "users", "users_failed", "users_first") == [(0.0, 1, 1, 1), (30.0, 3, 2, 1)]


def test_exemplars_are_the_failed_requests_then_the_slowest() -> None:
    rows = [
        span(1, "orders", "1", trace_id="slow", duration=ms(900)),
        span(2, "orders", "2", trace_id="failed", duration=ms(5), status="error"),
        span(3, "orders", "3", trace_id="quick", duration=ms(1)),
        span(4, "cart", "4", trace_id="elsewhere", duration=ms(9000)),
    ]
    found = ask(TraceExemplarQuery(RECORDINGS, MINUTE, "orders", limit=2), spans=rows)
    assert column(found, "trace_id", "duration_ms", "failed") == [("failed", 5.0, True), ("slow", 900.0, False)]


def test_a_trace_is_all_its_spans() -> None:
    rows = [span(1, "gateway", "g", trace_id="a"), span(2, "orders", "o", "g", trace_id="a"), span(3, "cart", "c")]
    found = ask(TraceQuery(RECORDINGS, MINUTE, ("a",)), spans=rows)
    assert column(found, "time", "service", "parent_span_id") == [(1.0, "gateway", None), (2.0, "orders", "g")]
    both = ask(TraceQuery(RECORDINGS, MINUTE, ("a", "t1")), spans=rows)
    assert column(both, "trace_id", "span_id", "attributes") == [("a", "g", "{}"), ("a", "o", "{}"), ("t1", "c", "{}")]
    assert ask(TraceQuery(RECORDINGS, MINUTE, ("a' OR '1'='1",)), spans=rows) == []


def test_the_log_rows_of_a_trace_are_the_oldest_of_it_alone() -> None:
    rows = [
        {"at": 2, "trace_id": "a", "body": "second", "severity_number": 17},
        {"at": 1, "trace_id": "a", "body": "first", "severity_number": 9},
        {"at": 3, "trace_id": "a", "body": "third"},
        {"at": 1, "trace_id": "b", "body": "another"},
    ]
    found = ask(TraceLogQuery(RECORDINGS, MINUTE, ("a",), limit=2), logs=rows)
    assert column(found, "body", "severity") == [("first", "info"), ("second", "error")]


def test_requests_are_found_by_any_attribute_of_their_spans_and_logs() -> None:
    spans = [
        span(1, "gateway", "g", trace_id="a", attributes={"order.id": "42"}),
        span(2, "orders", "o", trace_id="a", attributes={"order.id": 42, "z": 1}),
        span(3, "orders", "p", trace_id="b", attributes={"order.id": 421}),
        span(4, "orders", "q", trace_id="c", attributes={"note": '"order.id":"42"'}),
    ]
    logs = [
        {"at": 5, "trace_id": "d", "attributes": {"order.id": "42"}},
        {"at": 6, "trace_id": None, "attributes": {"order.id": 42}},
        {"at": 70, "trace_id": "e", "attributes": {"order.id": "42"}},
    ]
    found = ask(TraceSearchQuery(RECORDINGS, MINUTE, "order.id", "42"), spans=spans, logs=logs)
    assert column(found, "table", "trace_id", "time", "rows") == [
        ("logs", "d", 5.0, 1),
        ("logs", None, 6.0, 1),
        ("spans", "a", 1.0, 2),
    ]


def test_a_searched_value_is_text_whatever_it_holds() -> None:
    said = 'a "quoted" \\ value%_'
    spans = [
        span(1, "orders", "o", trace_id="a", attributes={"k": said}),
        span(1, "orders", "p", attributes={"k": "x"}),
    ]
    assert column(ask(TraceSearchQuery(RECORDINGS, MINUTE, "k", said), spans=spans), "trace_id") == ["a"]
    assert ask(TraceSearchQuery(RECORDINGS, MINUTE, "k", "%"), spans=spans) == []
    assert ask(TraceSearchQuery(RECORDINGS, MINUTE, ".", "x"), spans=spans) == []
