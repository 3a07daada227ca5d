"""Answers of Prometheus to metrics: kinds by name, histograms put together, and what cannot be used is counted."""

import json
from pathlib import Path
from typing import Any

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed
from secondstory.sources import prometheus
from secondstory.sources.reading import json_scan

T0 = 1_772_366_400  # 2026-03-01T12:00:00Z


def series(name: str, values: list[Any], **labels: str) -> dict[str, Any]:
    named = {"__name__": name} if name else {}
    metric = {**named, "job": "orders", "instance": "a:9090", **labels}
    return {"metric": metric, "values": [[T0 + 10 * place, str(value)] for place, value in enumerate(values)]}


def answer(*result: dict[str, Any]) -> bytes:
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": list(result)}}).encode()


def parsed(data: bytes, path: str = "export.json") -> Parsed:
    return prometheus.parse(Block(path, 1, data), Mapping())


def rows(data: bytes, path: str = "export.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [row for _, table in parsed(data, path).tables for row in table.to_pylist()]
    return found


def kinds(data: bytes) -> dict[str, str]:
    return {row["name"]: row["kind"] for row in rows(data)}


def test_labels_become_service_and_instance_and_the_rest_attributes() -> None:
    (row,) = rows(answer(series("go_threads", [9], handler="/pay")))
    assert (row["service"], row["instance"], row["kind"], row["value"]) == ("orders", "a:9090", "gauge", 9.0)
    assert row["attributes"] == '{"handler":"/pay"}'
    assert row["time"].isoformat() == "2026-03-01T12:00:00+00:00"


def test_counters_are_told_by_their_names() -> None:
    told = kinds(
        answer(series("requests_total", [1, 2]), series("open_files", [1, 2]), series("calls_count", [1, 5, 9]))
    )
    assert told == {"requests_total": "sum", "open_files": "gauge", "calls_count": "sum"}


def test_a_level_whose_name_ends_like_a_counter_stays_a_level() -> None:
    assert kinds(answer(series("db_client_connection_count", [3, 5, 2, 4, 1]))) == {
        "db_client_connection_count": "gauge"
    }


def test_buckets_become_a_histogram() -> None:
    found = rows(
        answer(
            series("wait_seconds_bucket", [1, 3], le="0.1"),
            series("wait_seconds_bucket", [4, 8], le="+Inf"),
            series("wait_seconds_bucket", [2, 6], le="0.5"),
            series("wait_seconds_sum", [1.5, 2.5]),
            series("wait_seconds_count", [4, 8]),
        )
    )
    assert [(row["name"], row["kind"], row["count"], row["sum"], row["buckets"]) for row in found] == [
        ("wait_seconds", "histogram", 4, 1.5, [1, 1, 2]),
        ("wait_seconds", "histogram", 8, 2.5, [3, 3, 2]),
    ]
    assert found[0]["bounds"] == [0.1, 0.5]
    assert found[0]["unit"] == "s"


def test_buckets_that_are_not_all_there_stay_counters() -> None:
    found = rows(answer(series("wait_seconds_bucket", [1, 3], le="0.1"), series("wait_seconds_bucket", [2, 6], le="1")))
    assert {(row["name"], row["kind"]) for row in found} == {("wait_seconds_bucket", "sum")}


def test_a_time_at_which_a_bucket_is_missing_is_counted() -> None:
    found = parsed(
        answer(series("wait_seconds_bucket", [1], le="0.1"), series("wait_seconds_bucket", [2, 6], le="+Inf"))
    )
    assert [(reject.count, reject.line) for reject in found.rejects] == [(1, 1)]
    assert found.tables[0][1].num_rows == 1


def test_count_and_sum_without_buckets_are_a_summary() -> None:
    (row, _) = rows(answer(series("gc_seconds_count", [4, 5]), series("gc_seconds_sum", [0.5, 0.75])))
    assert (row["name"], row["kind"], row["count"], row["sum"]) == ("gc_seconds", "summary", 4, 0.5)


def test_stretches_of_a_series_from_several_answers_are_one_series() -> None:
    early, late = series("requests_total", [1, 2]), series("requests_total", [2, 3, 4])
    late["values"] = [[T0 + 10 + 10 * place, value] for place, (_, value) in enumerate(late["values"])]
    found = rows(answer(early) + b"\n" + answer(late))
    assert [row["value"] for row in found] == [1, 2, 3, 4]


def test_an_expression_is_called_after_its_file() -> None:
    (row,) = rows(answer(series("", [0.5])), "exports/error_share.json")
    assert (row["name"], row["kind"]) == ("error_share", "gauge")


def test_bad_samples_are_counted_and_good_ones_kept() -> None:
    bad = series("up", ["NaN", "1", "+Inf"])
    bad["values"] += [["secret", "x"], [T0 * 1000, "1"]]
    found = parsed(answer(series("up", [1], zone="b"), bad))
    assert found.tables[0][1].num_rows == 2
    assert sum(reject.count for reject in found.rejects) == 4
    assert {reject.line for reject in found.rejects} == {2}
    assert not any("secret" in reject.reason for reject in found.rejects)
    assert any("looks like milliseconds" in reject.reason for reject in found.rejects)


def test_a_damaged_series_costs_only_itself() -> None:
    data = answer(*(series("up", [1], zone=str(zone)) for zone in range(5)))
    damaged = data.replace(b'"zone": "2"', b'"zone: "2"')
    found = parsed(damaged)
    assert sorted(json.loads(row["attributes"])["zone"] for row in rows(damaged)) == ["0", "1", "3", "4"]
    assert [(reject.line, reject.count) for reject in found.rejects] == [(3, 1)]


def test_a_cut_off_answer_keeps_its_whole_series() -> None:
    data = answer(*(series("up", [1], zone=str(zone)) for zone in range(5)))[:-40]
    assert len(rows(data)) == 4
    assert [reject.line for reject in parsed(data).rejects] == [5]


def test_errors_and_warnings_of_the_server_are_told() -> None:
    failed = parsed(b'{"status":"error","errorType":"timeout","error":"query timed out"}')
    assert "timeout" in failed.rejects[0].reason
    warned = parsed(answer(series("up", [1]))[:-1] + b', "warnings": ["chunk missing"]}')
    assert warned.tables[0][1].num_rows == 1
    assert "may be incomplete" in warned.rejects[0].reason


def test_an_empty_answer_is_no_error() -> None:
    assert parsed(answer()) == Parsed()


def test_native_histograms_are_refused_and_said() -> None:
    native = {"metric": {"__name__": "wait"}, "histograms": [[T0, {"count": "1", "sum": "2"}]]}
    assert "Native histograms" in parsed(answer(native)).rejects[0].reason


def test_a_bare_list_of_series_is_read(tmp_path: Path) -> None:
    data = json.dumps([series("up", [1])]).encode()
    assert prometheus.recognise(FileHead("promtool.json", data))
    assert len(rows(data)) == 1


def test_a_long_answer_is_cut_between_series_and_nothing_is_lost() -> None:
    whole = answer(*(series("up", range(20), zone=str(zone)) for zone in range(50)))
    cut = json_scan.cut_records(prometheus.LAYOUT.opening, 2000)
    blocks = list(cut("export.json", (whole[start : start + 333] for start in range(0, len(whole), 333))))
    assert len(blocks) > 10
    assert b"".join(block.data for block in blocks) == whole
    assert max(len(block.data) for block in blocks) < 4000
    zones = [
        json.loads(row["attributes"])["zone"]
        for block in blocks
        for _, table in prometheus.parse(block, Mapping()).tables
        for row in table.to_pylist()[::20]
    ]
    assert zones == [str(zone) for zone in range(50)]
    assert not any(prometheus.parse(block, Mapping()).rejects for block in blocks)
