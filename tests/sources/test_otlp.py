"""OTLP in both encodings: ids, times, histograms, weights, and what becomes of damaged records."""

import gzip
import json
import math
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.metrics.v1.metrics_pb2 import ExponentialHistogramDataPoint, SummaryDataPoint

from secondstory.model.telemetry import Mapping
from secondstory.sources import otlp_json, otlp_protobuf

SPECIFICATION_TIME = datetime(2018, 12, 13, 14, 51, 0, 300000, tzinfo=UTC)
GAMEDAY = Path(__file__).parents[1] / "recordings" / "gameday"
NOW_NS = 1_767_323_045_250_000_000


def framed(*messages: bytes) -> bytes:
    return b"".join(len(message).to_bytes(4, "big") + message for message in messages)


def span_message(**fields: object) -> bytes:
    request = ExportTraceServiceRequest()
    span = request.resource_spans.add().scope_spans.add().spans.add(
        name="GET /", start_time_unix_nano=NOW_NS, end_time_unix_nano=NOW_NS + 5_000_000,
        trace_id=bytes(range(16)), span_id=bytes(range(1, 9)),
    )  # fmt: skip
    for name, value in fields.items():
        setattr(span, name, value)
    return request.SerializeToString()


def json_span(**fields: object) -> bytes:
    span = {
        "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174", "name": "GET /",
        "startTimeUnixNano": str(NOW_NS), "endTimeUnixNano": str(NOW_NS + 5_000_000), **fields,
    }  # fmt: skip
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}).encode() + b"\n"


def test_reads_the_sdks_spans(rows) -> None:
    nightly, client, server = rows(otlp_protobuf, "otlp_protobuf/traces.otlp.pb")
    assert [row["kind"] for row in (nightly, client, server)] == ["consumer", "client", "server"]
    assert (client["status"], client["status_message"]) == ("error", "pool exhausted")
    assert (client["parent_span_id"], client["trace_id"]) == (server["span_id"], server["trace_id"])
    assert len(client["trace_id"]) == 32
    assert server["parent_span_id"] is None
    (event,) = json.loads(client["events"])
    assert event["name"] == "exception"
    assert event["attributes"]["exception.message"] == "no connection within 5 s"
    assert datetime.fromtimestamp(event["time_us"] / 1e6, UTC) >= client["time"].replace(microsecond=0)
    assert json.loads(server["links"]) == [
        {"attributes": {"why": "batch"}, "span_id": nightly["span_id"], "trace_id": nightly["trace_id"]}
    ]
    assert json.loads(client["attributes"]) == {"db.system.name": "postgresql", "tags": '["a","b"]'}
    assert (server["service"], server["instance"], server["version"]) == ("orders", "orders-1", "2.4.1")
    assert server["environment"] == "laboratory"
    assert json.loads(server["resource"])["host.name"] == "node-1"


def test_reads_the_sdks_logs(rows) -> None:
    info, structured, failed = rows(otlp_protobuf, "otlp_protobuf/logs.otlp.pb")
    assert (info["body"], info["severity_number"]) == ("listening on port 8080", 9)
    assert structured["body"] == '{"pool":{"in_use":10,"size":10}}'
    assert failed["body"].split("\n")[0] == "request 17 failed"
    assert failed["body"].endswith("KeyError: 'connection'")
    assert "exception.stacktrace" not in failed["attributes"]
    assert json.loads(failed["attributes"])["exception.type"] == "KeyError"


def test_reads_the_sdks_metrics(rows) -> None:
    found = {row["name"]: row for row in rows(otlp_protobuf, "otlp_protobuf/metrics.otlp.pb")}
    assert (found["requests"]["kind"], found["requests"]["temporality"]) == ("sum", "cumulative")
    assert found["requests"]["value"] == 5
    assert found["requests"]["start_time"] is not None
    pool = found["db.client.connection.count"]
    assert (pool["kind"], pool["temporality"], pool["value"]) == ("gauge", None, 10)
    assert found["queue.length"]["value"] == 2.5
    latency = found["latency"]
    assert (latency["kind"], latency["bounds"], latency["buckets"]) == ("histogram", [0.1, 0.5, 1.0], [2, 1, 1, 1])
    assert (latency["count"], latency["unit"], latency["value"]) == (5, "s", None)


def test_a_request_alone_reads_as_one_in_a_row_of_them(read) -> None:
    alone = read(otlp_protobuf, "otlp_protobuf/one-request.pb").tables
    data = (Path(__file__).parents[1] / "recordings/otlp_protobuf/one-request.pb").read_bytes()
    assert read(otlp_protobuf, framed(data)).tables == alone
    assert alone[0][1].num_rows == 1


def test_one_file_may_mix_signals_and_hold_empty_requests(read) -> None:
    folder = Path(__file__).parents[1] / "recordings/otlp_protobuf"
    data = b"".join((folder / f"{name}.otlp.pb").read_bytes() for name in ("metrics", "traces", "logs"))
    parsed = read(otlp_protobuf, framed(b"") + data)
    assert [(name, table.num_rows) for name, table in parsed.tables] == [("logs", 3), ("metrics", 5), ("spans", 3)]
    assert parsed.rejects == ()


def test_reads_the_laboratorys_recording(read) -> None:
    folder = GAMEDAY / "second-seed" / "telemetry"
    for name in ("logs", "metrics", "traces"):
        parsed = read(otlp_protobuf, gzip.decompress((folder / f"{name}.otlp.pb.gz").read_bytes()))
        assert parsed.rejects == ()
        ((_, table),) = parsed.tables
        assert table.num_rows > 100
        assert "" not in set(table.column("service").to_pylist())


def test_an_exponential_histogram_keeps_its_counts(rows) -> None:
    (row,) = [row for row in rows(otlp_protobuf, "otlp_protobuf/metrics.otlp.pb") if row["name"] == "size"]
    assert len(row["buckets"]) == len(row["bounds"]) + 1
    assert row["bounds"] == sorted(row["bounds"])
    assert sum(row["buckets"]) == row["count"] == 6
    # Zero below all, 1 up to 1, 2 up to 2, 3 and 4 up to 4, 100 up to 128.
    cumulative = dict(
        zip(row["bounds"], [sum(row["buckets"][: i + 1]) for i in range(len(row["bounds"]))], strict=True)
    )
    assert [cumulative[bound] for bound in (1.0, 2.0, 4.0, 64.0, 128.0)] == [2, 3, 5, 5, 6]


def test_an_exponential_histogram_with_two_sides(rows) -> None:
    request = ExportMetricsServiceRequest()
    metric = request.resource_metrics.add().scope_metrics.add().metrics.add(name="change", unit="1")
    point = ExponentialHistogramDataPoint(time_unix_nano=NOW_NS, count=10, sum=3.0, scale=0, zero_count=4)
    point.negative.offset, point.positive.offset = 1, 0
    point.negative.bucket_counts.extend([1, 2])
    point.positive.bucket_counts.extend([3])
    metric.exponential_histogram.data_points.append(point)
    (row,) = rows(otlp_protobuf, framed(request.SerializeToString()))
    assert row["bounds"] == [-8.0, -4.0, -2.0, 1.0, 2.0]
    assert row["buckets"] == [0, 2, 1, 4, 3, 0]


def test_a_summary_gives_its_quantiles_as_gauges(rows) -> None:
    request = ExportMetricsServiceRequest()
    metric = request.resource_metrics.add().scope_metrics.add().metrics.add(name="latency", unit="s")
    point = SummaryDataPoint(time_unix_nano=NOW_NS, count=7, sum=2.5)
    point.quantile_values.add(quantile=0.5, value=0.25)
    point.quantile_values.add(quantile=0.99, value=1.5)
    metric.summary.data_points.append(point)
    total, median, high = rows(otlp_protobuf, framed(request.SerializeToString()))
    assert (total["kind"], total["count"], total["sum"]) == ("summary", 7, 2.5)
    assert (median["kind"], median["value"], median["attributes"]) == ("gauge", 0.25, '{"quantile":"0.5"}')
    assert (high["value"], high["attributes"]) == (1.5, '{"quantile":"0.99"}')


@pytest.mark.parametrize(
    ("state", "weight"),
    [
        ("", 1.0),
        ("ot=th:c", 4.0),
        ("vendor=x,ot=th:8;rv:abcdef01234567", 2.0),
        ("ot=th:0", 1.0),
        ("ot=p:3", 8.0),
        ("ot=p:63", 0.0),
        ("ot=th:zz", 1.0),
        ("ot=rv:1", 1.0),
    ],
)
def test_a_span_stands_for_as_many_requests_as_sampling_left_out(rows, state, weight) -> None:
    (row,) = rows(otlp_protobuf, framed(span_message(trace_state=state)))
    assert row["sample_weight"] == weight


def test_a_weight_may_be_an_attribute(rows) -> None:
    attributes = [{"key": "SampleRate", "value": {"intValue": "20"}}]
    (row,) = rows(otlp_json, json_span(attributes=attributes))
    assert row["sample_weight"] == 20.0


def test_a_damaged_message_costs_only_itself(read) -> None:
    good = span_message()
    parsed = read(otlp_protobuf, framed(good, good[:-30] + b"\xff" * 30, good))
    assert parsed.tables[0][1].num_rows == 2
    assert [(reject.line, reject.count) for reject in parsed.rejects] == [(2, 1)]


def test_a_cut_off_file_says_what_is_missing(read) -> None:
    good = span_message()
    parsed = read(otlp_protobuf, framed(good, good)[:-7])
    assert parsed.tables[0][1].num_rows == 1
    (reject,) = parsed.rejects
    assert reject.line == 2
    assert f"{len(good) - 7} of {len(good)} bytes" in reject.reason


@pytest.mark.parametrize(
    ("nanoseconds", "says"),
    [
        (1_767_323_045, "looks like seconds"),
        (1_767_323_045_250, "looks like milliseconds"),
        (1_767_323_045_250_000, "looks like microseconds"),
        (0, "no time"),
    ],
)
def test_a_time_in_another_unit_is_a_reject_that_names_it(read, nanoseconds, says) -> None:
    message = span_message(start_time_unix_nano=nanoseconds, end_time_unix_nano=NOW_NS)
    parsed = read(otlp_protobuf, framed(message, span_message()))
    (reject,) = parsed.rejects
    assert (reject.line, reject.count) == (1, 1)
    assert says in reject.reason
    assert parsed.tables[0][1].num_rows == 1


def test_a_span_that_ends_before_it_starts_is_a_reject(read) -> None:
    parsed = read(otlp_protobuf, framed(span_message(end_time_unix_nano=NOW_NS - 1_000_000)))
    assert parsed.tables == ()
    assert "before it starts" in parsed.rejects[0].reason


def test_values_that_are_no_numbers_are_rejects(read) -> None:
    request = ExportMetricsServiceRequest()
    metric = request.resource_metrics.add().scope_metrics.add().metrics.add(name="load")
    for value in (1.0, math.nan, math.inf):
        metric.gauge.data_points.add(time_unix_nano=NOW_NS, as_double=value)
    metric.gauge.data_points.add(time_unix_nano=NOW_NS, flags=1)
    parsed = read(otlp_protobuf, framed(request.SerializeToString()))
    assert parsed.tables[0][1].column("value").to_pylist() == [1.0]
    assert sorted((reject.count, reject.line) for reject in parsed.rejects) == [(1, 1), (2, 1)]


def test_reads_the_specifications_examples(rows, read) -> None:
    (span,) = rows(otlp_json, "otlp_json/specification-trace.json")
    assert (span["trace_id"], span["span_id"]) == ("5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174")
    assert (span["parent_span_id"], span["kind"], span["duration"]) == ("eee19b7ec3c1b173", "server", 1_000_000)
    (log,) = rows(otlp_json, "otlp_json/specification-logs.json")
    assert (log["time"], log["severity_number"], log["service"]) == (SPECIFICATION_TIME, 9, "my.service")
    assert json.loads(log["attributes"]) == {
        "array.attribute": '["many","values"]', "boolean.attribute": "true", "double.attribute": "637.704",
        "int.attribute": "10", "map.attribute": '{"some.map.key":"some value"}', "string.attribute": "some string",
    }  # fmt: skip
    parsed = read(otlp_json, "otlp_json/specification-metrics.json")
    counter, gauge = parsed.tables[0][1].to_pylist()
    assert (counter["kind"], counter["temporality"], counter["value"]) == ("sum", "delta", 5.0)
    assert (gauge["kind"], gauge["value"], gauge["attributes"]) == ("gauge", 10.0, '{"my.gauge.attr":"some value"}')
    # The example's histogram breaks the rule of its own protocol: one bucket more than bounds.
    assert [reject.reason for reject in parsed.rejects] == [
        "The histogram has 3 buckets for 1 bounds; one more than bounds is needed."
    ]
    (event,) = rows(otlp_json, "otlp_json/specification-events.json")
    assert json.loads(event["body"])["title"] == "Free Online GUID Generator"


def test_reads_the_javascript_sdk(read) -> None:
    parsed = read(otlp_json, "otlp_json/javascript.jsonl")
    tables = dict(parsed.tables)
    assert parsed.rejects == ()
    (span,) = tables["spans"].to_pylist()
    assert (span["kind"], span["status"], span["service"]) == ("server", "error", "catalogue")
    assert "exception.stacktrace" in span["events"]
    assert [row["kind"] for row in tables["metrics"].to_pylist()] == ["sum", "gauge", "histogram"]
    assert tables["metrics"].to_pylist()[2]["buckets"] == [1, 1, 1, 1]
    (log,) = tables["logs"].to_pylist()
    assert (log["body"], log["severity_number"]) == ("no such product", 17)


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"kind": "SPAN_KIND_CLIENT"}, "kind", "client"),
        ({"kind": 5}, "kind", "consumer"),
        ({"status": {"code": "STATUS_CODE_ERROR"}}, "status", "error"),
        ({"status": {}}, "status", "unset"),
        ({"parentSpanId": "0000000000000000"}, "parent_span_id", None),
        ({"startTimeUnixNano": NOW_NS}, "duration", 5000),
        ({"unheardOf": {"a": 1}}, "name", "GET /"),
    ],
)
def test_json_takes_numbers_and_names_and_leaves_the_unknown(rows, fields, column, value) -> None:
    (row,) = rows(otlp_json, json_span(**fields))
    assert row[column] == value


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"traceId": "W47/95gDgQPSabYzgT/GDA=="}, "hexadecimal"),
        ({"startTimeUnixNano": "soon"}, "no integer"),
        ({"endTimeUnixNano": "9" * 30}, "beyond 64 bits"),
        ({"attributes": {"a": 1}}, "no list"),
        ({"spanId": ""}, "no span id"),
    ],
)
def test_a_wrong_record_in_json_costs_only_itself(read, fields, says) -> None:
    parsed = read(otlp_json, json_span() + json_span(**fields) + b"{not json\n" + json_span())
    assert parsed.tables[0][1].num_rows == 2
    assert [reject.line for reject in parsed.rejects] == [2, 3]
    assert says in parsed.rejects[0].reason


def test_a_log_without_a_time_has_that_of_its_observation(rows, read) -> None:
    record = {"observedTimeUnixNano": str(NOW_NS), "timeUnixNano": "0", "body": {"stringValue": "x"}}
    request = {"resourceLogs": [{"scopeLogs": [{"logRecords": [record, {"body": {"stringValue": "y"}}]}]}]}
    parsed = read(otlp_json, json.dumps(request).encode())
    (row,) = parsed.tables[0][1].to_pylist()
    assert (row["time"].timestamp(), row["body"]) == (1_767_323_045.25, "x")
    assert "no time" in parsed.rejects[0].reason


def test_labels_follow_the_mapping(rows) -> None:
    resource = [{"key": key, "value": {"stringValue": value}} for key, value in (("svc", "o"), ("zone", "b"))]
    request = {"resourceLogs": [{"resource": {"attributes": resource}, "scopeLogs": [{"logRecords": [
        {"timeUnixNano": str(NOW_NS), "body": {"stringValue": "x"}}]}]}]}  # fmt: skip
    mapping = Mapping(service_labels=("svc",), aliases=(("o", "orders"),))
    (row,) = rows(otlp_json, json.dumps(request).encode(), mapping=mapping)
    assert (row["service"], row["resource"]) == ("orders", '{"zone":"b"}')
