"""An incident's own data over HTTP: it changes everywhere at once, and no document becomes stale by it."""

from typing import Any

import pytest

from .conftest import Browser


def put(browser: Browser, path: str, body: dict[str, object]) -> Any:
    return browser.client.put(f"/api/v1{path}", json=body)


def test_a_title_and_a_severity_change_everywhere_at_once_and_nothing_is_stale(
    own_browser: Browser, incident: str
) -> None:
    before = own_browser.client.get(f"/api/v1/incidents/{incident}/report.html").text
    path = f"/incidents/{incident}/record"
    assert put(own_browser, f"{path}/title", {"value": "Nobody could pay"}).status_code == 200
    changed = put(own_browser, f"{path}/severity", {"value": "SEV3", "why": "most customers"})
    assert changed.json()["record"]["severity"] == "SEV3"
    seen: Any = own_browser.get(f"/incidents/{incident}")
    assert (seen["title"], seen["severity"], seen["status"]) == ("Nobody could pay", "SEV3", "analysed")
    assert {stage["state"] for stage in seen["stages"]} == {"full"}
    listed: Any = own_browser.get("/incidents")
    (row,) = listed["incidents"]
    assert row["title"] == "Nobody could pay"
    page = own_browser.client.get(f"/api/v1/incidents/{incident}/report.html").text
    assert "Nobody could pay" in page and "SEV3 ·" in page and "Nobody could pay" not in before
    sheet: Any = own_browser.get(f"/incidents/{incident}/answers")
    assert "Checkout fails for many customers" not in str(sheet)


def test_taking_a_change_back_lets_the_earlier_one_hold(own_browser: Browser, incident: str) -> None:
    path = f"/incidents/{incident}/record"
    told = put(own_browser, f"{path}/customers", {"value": "412 accounts in Europe"}).json()
    (made,) = told["record"]["changes"]
    gone = own_browser.client.delete(f"/api/v1{path}/changes/{made['id']}")
    assert (gone.status_code, gone.json()["record"]["customers"], gone.json()["record"]["changes"]) == (200, "", [])
    assert own_browser.client.delete(f"/api/v1{path}/changes/{made['id']}").status_code == 404


def test_a_retrospective_says_so_in_the_document(own_browser: Browser, incident: str) -> None:
    path = f"/incidents/{incident}/record/mode"
    assert put(own_browser, path, {"value": "retrospective"}).status_code == 400  # without a reason
    assert put(own_browser, path, {"value": "retrospective", "why": "two years old"}).status_code == 200
    page = own_browser.client.get(f"/api/v1/incidents/{incident}/report.md").text
    assert "a retrospective, written long after the incident" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("status", "published", "From resolved an incident does not become published."),
        ("status", "asleep", "'asleep' is no status"),
        ("severity", "SEV9", "'SEV9' is no severity"),
        ("title", "x" * 201, "longer than 200"),
        ("services", ", ,", "cannot be empty"),
    ],
)
def test_what_a_field_cannot_be_is_refused_with_what_it_can_be(
    browser: Browser, incident: str, field: str, value: str, says: str
) -> None:
    answer = put(browser, f"/incidents/{incident}/record/{field}", {"value": value, "why": "because"})
    assert answer.status_code == 400, answer.text
    assert says.replace("'", "") in answer.json()["detail"].replace("'", "")
    assert answer.json()["next"]


def test_roles_pass_on_and_a_name_becomes_a_token_before_it_is_stored(own_browser: Browser, incident: str) -> None:
    path = f"/api/v1/incidents/{incident}/roles"
    first = {"role": "facilitator", "who": "owner"}
    assert own_browser.client.post(path, json=first).status_code == 200
    second = {"role": "facilitator", "who": "Ada Quintero"}
    assert own_browser.client.post(path, json=second).status_code == 400  # a review is handed over with a note
    done = own_browser.client.post(path, json={**second, "note": "Ada Quintero takes the meeting"})
    roles = done.json()["record"]["roles"]
    assert roles[0]["who"] == "owner" and roles[0]["until"] == roles[1]["since"]
    assert roles[1]["who"].startswith("responder-") and "Quintero" not in done.text
    left = own_browser.client.delete(f"{path}/facilitator")
    assert left.json()["record"]["roles"][1]["until"] is not None
    assert own_browser.client.delete(f"{path}/facilitator").status_code == 404


def test_the_policy_is_kept_in_a_file_and_a_broken_one_is_named(own_browser: Browser) -> None:
    kept = put(own_browser, "/policy/SEV1", {"meeting_days": 1}).json()["policy"]
    assert kept["rules"][0]["meeting_days"] == 1 and kept["rules"][0]["action_days"] == 14
    assert put(own_browser, "/policy/calendar", {"holidays": ["2026-12-25"]}).json()["policy"]["holidays"] == [
        "2026-12-25"
    ]
    sprints = put(own_browser, "/policy/sprint", {"ends": "2026-12-04", "weeks": 3}).json()["policy"]["sprint"]
    assert sprints == {"ends": "2026-12-04", "weeks": 3}
    assert own_browser.get("/policy")["rules"] == kept["rules"]
    file = own_browser.world.data_dir / "policy.json"
    file.write_text(file.read_text().replace('"SEV2"', '"SEV7"'))
    refused = own_browser.client.get("/api/v1/policy")
    assert refused.status_code == 400 and "policy.json" in refused.json()["detail"]
