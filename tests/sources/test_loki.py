"""Answers of Loki to log rows: labels, metadata and the line itself all tell, and damage costs only its line."""

import json
from typing import Any

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, Parsed
from secondstory.sources import loki

NS = 1_772_366_400_000_000_000  # 2026-03-01T12:00:00Z
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def answer(*streams: tuple[dict[str, str], list[Any]]) -> bytes:
    result = [{"stream": labels, "values": values} for labels, values in streams]
    return json.dumps({"status": "success", "data": {"resultType": "streams", "result": result}}).encode()


def parsed(data: bytes) -> Parsed:
    return loki.parse(Block("logs.json", 1, data), Mapping())


def row(line: str, labels: dict[str, str] | None = None, *metadata: dict[str, Any]) -> dict[str, Any]:
    found = parsed(answer((labels or {"app": "orders"}, [[str(NS), line, *metadata]])))
    (told,) = found.tables[0][1].to_pylist()
    return dict(told)


def test_nanoseconds_and_labels_are_read() -> None:
    told = row("done", {"service_name": "orders", "pod": "orders-1", "filename": "/var/log/a"})
    assert told["time"].isoformat() == "2026-03-01T12:00:00+00:00"
    assert (told["service"], told["instance"], told["body"]) == ("orders", "orders-1", "done")
    assert told["attributes"] == '{"filename":"/var/log/a"}'


def test_structured_metadata_gives_trace_severity_and_stack() -> None:
    told = row("failed", None, {"trace_id": TRACE, "severity_number": "17", "exception_stacktrace": "Traceback\n  x"})
    assert (told["trace_id"], told["severity_number"], told["body"]) == (TRACE, 17, "failed\nTraceback\n  x")


def test_metadata_by_categories_is_read_alike() -> None:
    told = row("failed", None, {"structuredMetadata": {"trace_id": TRACE}, "parsed": {"level": "warn"}})
    assert (told["trace_id"], told["severity_number"]) == (TRACE, 13)


def test_a_json_line_is_read_by_its_fields_and_keeps_lokis_time() -> None:
    told = row(json.dumps({"time": "2020-01-01T00:00:00Z", "level": "error", "msg": "slow", "traceID": TRACE, "ms": 7}))
    assert (told["body"], told["severity_number"], told["trace_id"]) == ("slow", 17, TRACE)
    assert told["time"].year == 2026
    assert told["attributes"] == '{"ms":"7"}'


def test_a_json_line_without_a_message_stays_as_it_is() -> None:
    assert row('{"ms":7}')["body"] == '{"ms":7}'


def test_a_text_line_tells_severity_and_trace() -> None:
    told = row(f'level=error msg="gave up" trace_id={TRACE}')
    assert (told["severity_number"], told["trace_id"]) == (17, TRACE)


def test_users_come_under_the_names_that_are_made_pseudonyms() -> None:
    assert row("paid", None, {"enduser_id": "ada"})["attributes"] == '{"user.id":"ada"}'


def test_bad_lines_are_counted_and_good_ones_kept() -> None:
    found = parsed(answer(({"app": "a"}, [[str(NS), "kept"], [str(NS)], ["x", "hidden"], [12, "early"]])))
    assert found.tables[0][1]["body"].to_pylist() == ["kept"]
    assert sum(reject.count for reject in found.rejects) == 3
    assert "hidden" not in repr(found.rejects)


def test_an_empty_answer_is_no_error() -> None:
    assert parsed(answer()) == Parsed()
