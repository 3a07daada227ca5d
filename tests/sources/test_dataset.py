"""Dataset folders: tables by their columns, replicas from attributes, facts from the two JSON files."""

import io
import json
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondstory.model.errors import BadInput
from secondstory.model.system import IncidentSeed, System
from secondstory.model.telemetry import Mapping
from secondstory.sources import dataset

TIME = datetime(2026, 3, 1, 12, tzinfo=UTC)


def parquet(**columns: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def times(count: int) -> pa.Array:
    return pa.array([TIME + timedelta(seconds=i) for i in range(count)], pa.timestamp("us", "UTC"))


def test_reads_metrics_with_their_replicas(rows) -> None:
    *samples, front = rows(dataset, "dataset/metrics.parquet")
    assert len(samples) == 10
    first = samples[0]
    assert (first["instance"], first["version"], first["attributes"]) == ("orders-v2-x", "v2", '{"container":"server"}')
    assert (first["kind"], first["temporality"], first["value"], first["unit"]) == ("gauge", None, 10.0, "%")
    assert (front["service"], front["unit"], front["attributes"]) == ("Frontend", None, "{}")


def test_reads_spans_and_logs_and_events(rows) -> None:
    (span,) = rows(dataset, "dataset/spans.parquet")
    assert (span["time"], span["duration"]) == (TIME + timedelta(seconds=1.5), 1200)
    assert (span["kind"], span["status"], span["parent_span_id"]) == (None, None, None)
    warned, plain = rows(dataset, "dataset/logs.parquet")
    assert (warned["severity_number"], warned["service"]) == (13, "orders")
    assert (plain["severity_number"], plain["body"], plain["trace_id"]) == (0, "…", None)
    (event,) = rows(dataset, "dataset/events.parquet")
    assert (event["kind"], event["title"], event["body"]) == ("deploy", "roll-out of v2", "")


def test_reads_what_is_known_of_the_system(read) -> None:
    assert read(dataset, "dataset/dataset.json").facts == (
        System(
            edges=(("Frontend", "orders"), ("orders", "postgres")),
            entry_services=("orders",),
            slis=(("Frontend", "LatencyP50(s)"),),
            probes=("Frontend",),
            metric_step_s=60,
        ),
    )


def test_a_system_may_be_told_by_nothing_but_its_name(read) -> None:
    parsed = read(dataset, b'{"name": "x", "topology": null, "slis": [["a"], ["a", "b"]]}', "dataset.json")
    assert parsed.facts == (System(slis=(("a", "b"),)),)
    assert len(parsed.rejects) == 1


def test_reads_incidents(read) -> None:
    first, second, system = read(dataset, "dataset/incidents.json").facts
    assert isinstance(first, IncidentSeed)
    assert (first.id, first.alarm_service, first.alarm_indicator) == ("tiny-01", "Frontend", "LatencyP50(s)")
    assert first.alarm_attributes == (("statistic", "p50"),)
    assert (first.hint_time, first.hint_kind) == ("2026-03-01T12:04:00Z", "injection")
    assert [window.start.minute for window in first.reference] == [0, 9]
    assert isinstance(second, IncidentSeed)
    assert (second.alarm_time, second.hint_time, second.reference) == (None, None, ())
    assert system == System(changes_known=False)  # the second incident does not know


def test_a_wrong_incident_costs_only_itself(read) -> None:
    good = {"id": "a", "window": {"start": "2026-03-01T12:00:00Z", "end": "2026-03-01T13:00:00Z"}}
    parsed = read(dataset, json.dumps([{"id": "b"}, good, 7]).encode(), "incidents.json")
    assert [fact.id for fact in parsed.facts] == ["a"]
    assert [reject.line for reject in parsed.rejects] == [1, 3]


def test_rows_that_lack_something_are_rejects_with_their_number(read) -> None:
    values = pa.array([1.0, float("nan"), None, float("inf"), 2.0])
    stamps = times(4).cast(pa.int64()).to_pylist()
    late = pa.array([*stamps, 10**18], pa.timestamp("us", "UTC"))
    parsed = read(dataset, parquet(time=late, service=["a"] * 5, name=["n"] * 5, value=values), "metrics.parquet")
    assert parsed.tables[0][1].column("value").to_pylist() == [1.0]
    assert sorted((reject.line, reject.count) for reject in parsed.rejects) == [(2, 2), (3, 1), (5, 1)]


def test_a_time_without_a_zone_or_in_nanoseconds_is_utc(rows) -> None:
    naive = pa.array([TIME.replace(tzinfo=None)], pa.timestamp("ns"))
    (row,) = rows(dataset, parquet(time=naive, body=["x"], severity_text=["Error"]), "logs.parquet")
    assert (row["time"], row["severity_number"], row["service"]) == (TIME, 17, "")


def test_aliases_say_which_service_is_meant(rows) -> None:
    data = parquet(time=times(2), service=["orders-svc", "cart"], body=["x", "y"])
    found = rows(dataset, data, mapping=Mapping(aliases=(("orders-svc", "orders"),)))
    assert [row["service"] for row in found] == ["orders", "cart"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PAR1 and no more", "no readable Parquet"),
        (parquet(a=[1]), "columns a"),
        (parquet(time=["noon"], body=["x"]), "a timestamp is needed"),
    ],
)
def test_an_unusable_table_says_why(read, data, says) -> None:
    with pytest.raises(BadInput, match=says):
        read(dataset, data, "logs.parquet")


def test_text_that_is_no_utf8_is_kept_with_signs_in_its_place_and_told(read) -> None:
    bodies = pa.array([b"fine", b"caf\xe9 closed"], pa.binary()).view(pa.string())
    parsed = read(dataset, parquet(time=times(2), service=["bar", "bar"], body=bodies))
    assert parsed.tables[0][1]["body"].to_pylist() == ["fine", "caf\N{REPLACEMENT CHARACTER} closed"]
    assert [(reject.line, reject.count, reject.kept) for reject in parsed.rejects] == [(2, 1, True)]


def test_spans_without_ids_are_refused_with_the_columns_that_are_there(read) -> None:
    data = parquet(start=times(1), duration_us=[5], trace_id=["a"])
    with pytest.raises(BadInput, match="start, duration_us, trace_id"):
        read(dataset, data)


def test_a_column_that_cannot_be_what_its_name_says_refuses_the_file(read) -> None:
    with pytest.raises(BadInput, match="Export it again"):
        read(dataset, parquet(time=times(1), name=["cpu"], value=[[1.0]]))
