"""Notifications of Alertmanager and Grafana to alerts: each beginning and end once, whatever is sent again."""

import json
from typing import Any

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources import alertmanager, grafana

STARTS, ENDS, NEVER = "2026-03-01T12:00:24.32Z", "2026-03-01T12:08:10+00:00", "0001-01-01T00:00:00Z"


def alert(status: Any, ends: str = NEVER, **more: Any) -> dict[str, Any]:
    labels = {"alertname": "ErrorsHigh", "service": "gateway", "severity": "page"}
    shape = {"status": status, "labels": labels, "annotations": {"summary": "Too many"}, "startsAt": STARTS}
    return {**shape, "endsAt": ends, **more}


def notified(*alerts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"version": "4", "receiver": "shop", "status": "firing", "alerts": list(alerts), "groupLabels": {}, **more}


def parsed(source: SourceExtension, *documents: Any) -> Parsed:
    data = "\n".join(map(json.dumps, documents)).encode()
    return source.parse(Block("alerts.json", 1, data), Mapping())


def told(source: SourceExtension, *documents: Any) -> list[tuple[str, str, str]]:
    rows = parsed(source, *documents).tables[0][1].to_pylist()
    return [(row["time"].strftime("%H:%M:%S"), row["service"], row["title"]) for row in rows]


FIRED = ("12:00:24", "gateway", "ErrorsHigh firing")
OVER = ("12:08:10", "gateway", "ErrorsHigh resolved")


def test_an_alert_that_is_sent_again_and_resolved_is_told_twice_in_all() -> None:
    repeated = notified(alert("firing"))
    assert told(alertmanager.EXTENSION, repeated, repeated, notified(alert("resolved", ENDS))) == [FIRED, OVER]


def test_when_a_firing_alert_would_expire_is_no_end() -> None:
    assert told(alertmanager.EXTENSION, notified(alert("firing", ENDS))) == [FIRED]


def test_a_list_and_groups_of_the_api_are_read() -> None:
    listed = alert({"state": "suppressed", "inhibitedBy": ["x"]}, ENDS)
    assert told(alertmanager.EXTENSION, [listed]) == [FIRED]
    assert told(alertmanager.EXTENSION, [{"alerts": [listed], "labels": {}, "receiver": {"name": "shop"}}]) == [FIRED]
    (row,) = parsed(alertmanager.EXTENSION, [listed]).tables[0][1].to_pylist()
    assert json.loads(row["attributes"])["suppressed"] == "true"


def test_severity_and_state_are_kept_and_the_summary_is_the_body() -> None:
    (row,) = (
        parsed(alertmanager.EXTENSION, notified(alert("firing"), groupLabels={"team": "a"})).tables[0][1].to_pylist()
    )
    kept = json.loads(row["attributes"])
    assert (kept["state"], kept["severity"], kept["group"], row["body"]) == (
        "firing",
        "page",
        '{"team":"a"}',
        "Too many",
    )


def test_bad_alerts_are_counted_and_good_ones_kept() -> None:
    bad = notified({"labels": "hidden"}, {**alert("firing"), "startsAt": "hidden"}, alert("firing"), truncatedAlerts=3)
    found = parsed(alertmanager.EXTENSION, bad, {"hello": 1})
    assert found.tables[0][1].num_rows == 1
    assert sum(reject.count for reject in found.rejects) == 6
    assert "hidden" not in repr(found.rejects)


def test_grafana_and_alertmanager_are_told_apart() -> None:
    ours = json.dumps(notified(alert("firing"))).encode()
    theirs = json.dumps(notified(alert("firing", valueString="x"), orgId=1)).encode()
    sorted_keys = json.dumps({"alerts": [alert("firing", silenceURL="http://x")]}).encode()
    heads = [FileHead("hook.json", data) for data in (ours, theirs, sorted_keys)]
    assert [alertmanager.recognise(head) for head in heads] == [True, False, False]
    assert [grafana.recognise(head) for head in heads] == [False, True, True]


def test_grafana_tells_the_values_that_were_measured() -> None:
    document = notified(alert("resolved", ENDS, values={"B": 44.5, "C": 1}), orgId=1)
    assert told(grafana.EXTENSION, document) == [FIRED, OVER]
    assert '"value":"B=44.5, C=1"' in str(parsed(grafana.EXTENSION, document).tables[0][1]["attributes"][0])


def test_an_old_notification_needs_a_time_from_its_receiver() -> None:
    old = {"ruleName": "ErrorsHigh", "ruleUrl": "http://x", "state": "alerting", "tags": {"service": "gateway"}}
    assert "received_at" in parsed(grafana.EXTENSION, old).rejects[0].reason
    assert told(grafana.EXTENSION, old | {"received_at": STARTS}) == [FIRED]
    assert told(grafana.EXTENSION, old | {"received_at": ENDS, "state": "ok"}) == [OVER]
