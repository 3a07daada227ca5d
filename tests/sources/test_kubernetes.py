"""Events of Kubernetes to occurrences: which workload, when first and last, in both versions of the API."""

import json
from typing import Any

import pytest

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, Parsed
from secondstory.sources import kubernetes

FIRST, LAST = "2026-03-01T12:01:00Z", "2026-03-01T12:06:30Z"


def event(name: str = "orders-7d9f8b6c5d-x2k4p", kind: str = "Pod", **more: Any) -> dict[str, Any]:
    shape = {"kind": "Event", "reason": "BackOff", "message": "restarting", "type": "Warning"}
    return {**shape, "involvedObject": {"kind": kind, "name": name, "namespace": "shop"}, **more}


def parsed(*documents: Any) -> Parsed:
    data = "\n".join(map(json.dumps, documents)).encode()
    return kubernetes.parse(Block("events.json", 1, data), Mapping())


def rows(*documents: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parsed(*documents).tables[0][1].to_pylist()
    return found


@pytest.mark.parametrize(
    ("kind", "name", "service"),
    [
        ("Pod", "orders-7d9f8b6c5d-x2k4p", "orders"),
        ("Pod", "cart-db-0", "cart-db"),
        ("Pod", "log-agent-x2k4p", "log-agent"),
        ("Pod", "by-hand", ""),
        ("ReplicaSet", "orders-7d9f8b6c5d", "orders"),
        ("Deployment", "orders", "orders"),
        ("Node", "node-1", ""),
    ],
)
def test_the_workload_is_read_out_of_the_name(kind: str, name: str, service: str) -> None:
    assert rows(event(name, kind, firstTimestamp=FIRST))[0]["service"] == service


def test_a_pod_is_the_instance() -> None:
    assert rows(event(firstTimestamp=FIRST))[0]["instance"] == "orders-7d9f8b6c5d-x2k4p"


def test_an_event_that_was_counted_tells_its_first_and_last_time() -> None:
    first, last = rows({"kind": "List", "items": [event(firstTimestamp=FIRST, lastTimestamp=LAST, count=14)]})
    assert [row["time"].strftime("%H:%M:%S") for row in (first, last)] == ["12:01:00", "12:06:30"]
    assert json.loads(last["attributes"])["count"] == "14"


def test_the_newer_version_is_read_alike() -> None:
    newer = event(eventTime=FIRST, series={"count": 9, "lastObservedTime": LAST}, note="restarting")
    newer["regarding"] = newer.pop("involvedObject")
    newer.pop("message")
    first, last = rows(newer)
    assert (first["body"], first["title"]) == ("restarting", "BackOff Pod orders-7d9f8b6c5d-x2k4p")
    assert json.loads(last["attributes"])["count"] == "9"


def test_a_watched_event_that_is_repeated_is_told_once() -> None:
    again = event(firstTimestamp=FIRST, lastTimestamp=LAST, count=2)
    assert len(rows(event(firstTimestamp=FIRST), again, {"type": "MODIFIED", "object": again})) == 2


def test_a_time_of_last_resort_says_so() -> None:
    (row,) = rows(event(eventTime=None, metadata={"creationTimestamp": FIRST}))
    assert json.loads(row["attributes"])["time_from"] == "creationTimestamp"


def test_bad_events_are_counted_and_good_ones_kept() -> None:
    other = {"kind": "Pod", "metadata": {"name": "hidden"}}
    found = parsed({"items": [event(), event(eventTime="hidden"), other, event(eventTime=FIRST)]})
    assert found.tables[0][1].num_rows == 1
    assert [reject.count for reject in found.rejects] == [1, 1, 1]
    assert "hidden" not in repr(found.rejects)


def test_a_list_without_events_is_no_error() -> None:
    assert parsed({"kind": "List", "items": []}) == Parsed()
