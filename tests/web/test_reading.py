"""What a browser reads of the demo: each route, and how its answers hang together."""

import gzip
from itertools import pairwise
from typing import Any

import pytest

from secondstory.ports import World
from secondstory.web.app import described_app
from secondstory.web.description import description

from .conftest import Browser


def test_the_list_says_what_is_known_of_each_incident(browser: Browser, incident: str) -> None:
    (item,) = browser.get("/incidents")["incidents"]
    assert (item["id"], item["severity"], item["status"]) == (incident, "SEV1", "analysed")
    assert [stage["state"] for stage in item["stages"]] == ["full"] * 7
    assert item["first_cause"] == "the connection pool of orders runs out"
    assert item["resolved_at"] < item["document_due"]


def test_an_overview_rests_on_evidence_that_can_be_opened(browser: Browser, incident: str) -> None:
    seen: Any = browser.get(f"/incidents/{incident}")
    labels = {entry["id"]: entry["label"] for entry in seen["labels"]}
    assert seen["bluf"] and seen["numbers"] and seen["settled"] and seen["gaps"]
    for sentence in (*seen["bluf"], *seen["settled"], *seen["uncertain"]):
        assert set(sentence["evidence"] + sentence["gaps"]) <= labels.keys()
        assert sentence["mark"] == "frame" or sentence["evidence"] or sentence["gaps"]
    for number in seen["numbers"]:
        assert number["low"] <= number["value"] <= number["high"] and number["evidence"]
    assert seen["entities"]["services"][0] == "orders"


def test_a_document_is_sent_as_it_is_stored_and_not_twice(browser: Browser, demo_world: World, incident: str) -> None:
    for kind in ("evidence", "timeline", "impact", "causes", "detection", "actions", "report"):
        stored = demo_world.documents.latest(incident, kind)
        answer = browser.client.get(f"/api/v1/incidents/{incident}/documents/{kind}")
        assert stored is not None and answer.content == stored.data
        again = browser.client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_an_answer_is_compressed_for_who_can_read_it(browser: Browser, incident: str) -> None:
    url = f"/api/v1/incidents/{incident}/documents/causes"
    plain = browser.client.get(url, headers={"Accept-Encoding": "identity"})
    with browser.client.stream("GET", url, headers={"Accept-Encoding": "gzip"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content
    assert "content-encoding" not in plain.headers


def test_each_piece_of_evidence_opens_by_label_and_by_id(browser: Browser, incident: str) -> None:
    listed: Any = browser.get(f"/incidents/{incident}/evidence")
    assert [item["label"] for item in listed["evidence"]][:2] == ["E01", "E02"]
    assert listed["gaps"][0]["label"] == "G1"
    for item in listed["evidence"]:
        page: Any = browser.get(f"/incidents/{incident}/evidence/{item['label']}", limit=3)
        assert page == browser.get(f"/incidents/{incident}/evidence/{item['id']}", limit=3)
        assert page["total"] == item["rows"] and len(page["rows"]) == min(3, item["rows"])
        assert all(len(row) == len(page["columns"]) for row in page["rows"])
        assert len(page["rests_on_it"]) == item["rests"] and page["query"]["kind"] == item["kind"]
        if page["chart"]:
            assert all(len(series["values"]) == len(page["chart"]["times"]) for series in page["chart"]["series"])


def test_pages_of_rows_join_without_a_seam(browser: Browser, incident: str) -> None:
    url = f"/incidents/{incident}/evidence/E02"
    whole: Any = browser.get(url, limit=40)
    parts: Any = [browser.get(url, offset=offset, limit=20)["rows"] for offset in (0, 20)]
    assert parts[0] + parts[1] == whole["rows"]
    assert browser.get(url, offset=10_000, limit=5)["rows"] == []


def test_signals_keep_their_extremes_however_few_columns_there_are(browser: Browser, incident: str) -> None:
    fine: Any = browser.get(f"/incidents/{incident}/signals", width=4000, limit=500)
    coarse: Any = browser.get(f"/incidents/{incident}/signals", width=7, limit=500)
    assert fine["total"] == len(fine["signals"]) == len(coarse["signals"]) > 100
    assert coarse["grid"]["columns"] == 7
    for before, after in zip(fine["signals"], coarse["signals"], strict=True):
        for name, most in (("min", min), ("max", max)):
            assert most(v for v in before[name] if v is not None) == most(v for v in after[name] if v is not None)
        assert len(after["min"]) == 7
    weights = [signal["weight"] for signal in fine["signals"]]
    assert weights == sorted(weights, reverse=True) and weights[0] > 0 and weights[-1] == 0


def test_signals_of_one_service_and_one_stretch(browser: Browser, incident: str) -> None:
    part: Any = browser.get(
        f"/incidents/{incident}/signals",
        services="orders,payment",
        start="2026-11-21T11:49:00+01:00",
        end="2026-11-21T10:50:00Z",
        width=600,
    )
    assert part["grid"] == {"start": "2026-11-21T10:49:00.000000Z", "step_s": 5.0, "columns": 12}
    assert {s["service"] for s in part["signals"]} | {s["peer"] for s in part["signals"]} >= {"orders"}
    assert all({s["service"], s["peer"]} & {"orders", "payment"} for s in part["signals"])
    one: Any = browser.get(f"/incidents/{incident}/signals", names=part["signals"][0]["key"])
    assert [signal["key"] for signal in one["signals"]] == [part["signals"][0]["key"]]


def test_a_failed_request_is_followed_through_all_services(browser: Browser, incident: str) -> None:
    worst: Any = browser.get(f"/incidents/{incident}/exemplars")["exemplars"]
    assert worst[0]["failed"] and worst[0]["service"] == "gateway"
    (trace,) = browser.get(f"/incidents/{incident}/requests", trace_id=worst[0]["trace_id"].upper())["traces"]
    assert {"gateway", "checkout", "orders"} <= set(trace["services"]) and trace["logs"]
    depths = [span["depth"] for span in trace["spans"]]
    assert depths[0] == 0 and all(after <= before + 1 for before, after in pairwise(depths))
    user = trace["spans"][0]["attributes"]["enduser.id"]
    same: Any = browser.get(f"/incidents/{incident}/requests", attribute="enduser.id", value=user, limit=3)
    assert same["total"] == len(same["traces"]) == 3
    assert all(any(s["attributes"].get("enduser.id") == user for s in t["spans"]) for t in same["traces"])


def test_a_request_that_is_not_there_offers_others(browser: Browser, incident: str) -> None:
    found: Any = browser.get(f"/incidents/{incident}/requests", trace_id="feed")
    assert (found["traces"], found["total"]) == ([], 0) and found["candidates"][0]["failed"]


def test_the_exports_are_the_report(browser: Browser, incident: str) -> None:
    page = browser.client.get(f"/api/v1/incidents/{incident}/report.html")
    text = browser.client.get(f"/api/v1/incidents/{incident}/report.md")
    assert (
        page.headers["content-type"] == "text/html; charset=utf-8"
        and "sandbox" in page.headers["content-security-policy"]
    )
    assert "Checkout fails for many customers" in page.text and "Checkout fails for many customers" in text.text


def test_the_short_form_is_read_as_a_tree_and_as_a_file(browser: Browser, incident: str) -> None:
    page: Any = browser.get(f"/incidents/{incident}/executive")
    whole: Any = browser.get(f"/incidents/{incident}/text")["document"]
    assert page["envelope"]["inputs"] == [["report", whole["hash"]]]
    assert [section["key"] for section in page["body"]["sections"]][-1] == "asked"
    for form, kind in (("md", "text/markdown"), ("html", "text/html"), ("json", "application/json")):
        file = browser.client.get(f"/api/v1/incidents/{incident}/executive.{form}")
        assert file.headers["content-type"].startswith(kind) and "What is asked of leadership" in file.text
    sheet = browser.client.get(f"/api/v1/incidents/{incident}/executive.pdf")
    assert sheet.headers["content-type"] == "application/pdf" and sheet.content.startswith(b"%PDF")


def test_recordings_and_sources_are_listed(browser: Browser) -> None:
    (recording,) = browser.get("/recordings")["recordings"]
    assert recording["name"] == "pool-exhaustion" and "orders" in recording["services"]
    assert {count["table"] for count in recording["rows"]} == {"logs", "metrics", "spans", "occurrences"}
    assert "json_lines" in {source["name"] for source in browser.get("/sources")["sources"]}


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/incidents/none", 404, None),
        ("/incidents/{}/evidence/E99", 404, None),
        ("/incidents/{}/documents/foo", 422, "kind"),
        ("/incidents/{}/evidence/E01?limit=0", 422, "limit"),
        ("/incidents/{}/signals?width=x", 422, "width"),
        ("/incidents/{}/signals?start=2026-01-01T00:00:00", 422, "start"),
        ("/incidents/{}/signals?start=0.5", 422, "start"),
        ("/incidents/{}/signals?end=9999-12-31T23:59:59-14:00", 422, "end"),
        ("/incidents/{}/signals?start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z", 400, None),
        ("/incidents/{}/requests", 400, None),
        ("/incidents/{}/requests?colour=red", 422, "colour"),
        ("/recordings/none/mapping", 404, None),
        ("/jobs/none", 404, None),
        ("/imports/none/summary", 404, None),
    ],
)
def test_a_request_that_cannot_be_answered_names_what_is_wrong(
    browser: Browser, incident: str, path: str, status: int, field: str | None
) -> None:
    answer = browser.client.get("/api/v1" + path.format(incident))
    assert answer.status_code == status
    problem = answer.json()
    assert problem["field"] == field and problem["detail"] and problem["next"]
    assert field is None or field in problem["detail"]


def test_what_opposes_foresight_is_told_as_a_defect_without_its_inside(browser: Browser) -> None:
    browser.app.state.world = None
    try:
        answer = browser.client.get("/api/v1/incidents")
    finally:
        browser.app.state.world = browser.world  # other tests read the same app
    assert answer.status_code == 500
    assert "NoneType" not in answer.text and answer.json()["next"]


def test_the_description_names_every_operation_and_is_sent(browser: Browser) -> None:
    assert browser.get("/openapi.json") == description(described_app())
    paths: Any = browser.get("/openapi.json")["paths"]
    for operations in paths.values():
        for operation in operations.values():
            assert operation["summary"] and any(code.startswith("2") for code in operation["responses"])
