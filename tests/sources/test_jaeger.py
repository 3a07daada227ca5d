"""Traces of Jaeger to spans: parents, statuses and weights, and what cannot be used is counted."""

import json
from typing import Any

import pytest

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed
from secondstory.sources import jaeger

T0 = 1_772_366_400_000_000  # 2026-03-01T12:00:00Z
TRACE = "5b8efff798038103d269b633813fc60c"


def span(span_id: str, tags: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    given = [{"key": key, "type": "string", "value": value} for key, value in (tags or {}).items()]
    shape = {"traceID": TRACE, "spanID": span_id, "operationName": "GET /", "startTime": T0, "duration": 1000}
    return {**shape, "processID": "p1", "tags": given, **fields}


def reference(kind: str, span_id: str, trace_id: str = TRACE) -> dict[str, str]:
    return {"refType": kind, "traceID": trace_id, "spanID": span_id}


def answer(*spans: dict[str, Any]) -> bytes:
    processes = {"p1": {"serviceName": "orders", "tags": [{"key": "service.version", "value": "1.8.0"}]}}
    return json.dumps({"data": [{"traceID": TRACE, "spans": spans, "processes": processes}]}).encode()


def parsed(data: bytes) -> Parsed:
    return jaeger.parse(Block("traces.json", 1, data), Mapping())


def rows(*spans: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parsed(answer(*spans)).tables[0][1].to_pylist()
    return found


def row(tags: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return rows(span("a1", tags, **fields))[0]


def test_a_process_tells_who_and_times_are_microseconds() -> None:
    told = row()
    assert (told["service"], told["version"], told["duration"]) == ("orders", "1.8.0", 1000)
    assert told["time"].isoformat() == "2026-03-01T12:00:00+00:00"
    assert told["span_id"] == "00000000000000a1"


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ({}, "unset"),
        ({"error": True}, "error"),
        ({"error": "true"}, "error"),
        ({"error": False}, "unset"),
        ({"otel.status_code": "OK"}, "ok"),
        ({"otel.status_code": "ERROR", "error": True}, "error"),
        ({"http.status_code": 503}, "error"),
        ({"http.status_code": 404}, "unset"),
    ],
)
def test_status(tags: dict[str, Any], status: str) -> None:
    assert row(tags)["status"] == status


def test_kind_and_message_leave_the_attributes() -> None:
    told = row({"span.kind": "server", "otel.status_code": "ERROR", "otel.status_description": "no", "http.route": "/"})
    assert (told["kind"], told["status_message"], told["attributes"]) == ("server", "no", '{"http.route":"/"}')


def test_child_of_is_the_parent_and_other_references_are_links() -> None:
    other = "f" * 32
    told = row(
        references=[reference("FOLLOWS_FROM", "b2"), reference("CHILD_OF", "b3"), reference("CHILD_OF", "b4", other)]
    )
    assert told["parent_span_id"] == "00000000000000b3"
    assert [link["span_id"] for link in json.loads(told["links"])] == ["00000000000000b2", "00000000000000b4"]


def test_follows_from_is_the_parent_where_nothing_else_is() -> None:
    assert row(references=[reference("FOLLOWS_FROM", "b2")])["parent_span_id"] == "00000000000000b2"


def test_a_sampled_trace_stands_for_more_requests() -> None:
    told = rows(span("a1", {"sampler.type": "probabilistic", "sampler.param": 0.1}), span("a2"))
    assert [each["sample_weight"] for each in told] == [10.0, 10.0]


def test_logs_become_events_and_warnings_stay_with_the_span() -> None:
    log = {"timestamp": T0 + 5, "fields": [{"key": "event", "value": "exception"}, {"key": "type", "value": "Timeout"}]}
    told = row(logs=[log], warnings=["clock skew"])
    assert json.loads(told["events"]) == [{"attributes": {"type": "Timeout"}, "name": "exception", "time_us": T0 + 5}]
    assert "clock skew" in told["attributes"]


def test_bad_spans_are_counted_and_good_ones_kept() -> None:
    bad: list[Any] = [
        span("a1", startTime=T0 // 1000),
        span("a2", duration=-5),
        span("span-1"),
        {"spanID": "secret"},
        7,
    ]
    found = parsed(answer(*bad, span("a9")))
    assert found.tables[0][1]["span_id"].to_pylist() == ["00000000000000a9"]
    assert sum(reject.count for reject in found.rejects) == 5
    assert any("looks like milliseconds" in reject.reason for reject in found.rejects)
    assert not any("secret" in reject.reason for reject in found.rejects)


def test_an_answer_that_says_why_it_has_no_trace_is_told() -> None:
    data = b'{"data":null,"errors":[{"code":404,"msg":"trace not found"}]}'
    assert jaeger.recognise(FileHead("trace.json", data))
    assert "could not find" in parsed(data).rejects[0].reason
