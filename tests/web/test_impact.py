"""Impact over HTTP: what the document holds, and values for a request, a minute or a customer."""

from typing import Any

import pytest

from .conftest import Browser


def test_the_impact_document_tells_budget_by_phase_blast_radius_and_definitions(
    browser: Browser, incident: str
) -> None:
    told: Any = browser.get(f"/incidents/{incident}/documents/impact")
    body = told["body"]
    availability = next(burn for burn in body["burns"] if burn["objective"] == "gateway-availability")
    assert sum(one["bad"]["value"] for one in availability["phases"]) == pytest.approx(availability["bad"])
    assert [part["phases"] for part in body["parts"]] == [
        ["undetected"],
        ["unacknowledged"],
        ["diagnosing"],
        ["mitigating"],
    ]
    assert {one["term"] for one in availability["definitions"]} >= {"objective", "period", "consumption"}
    steps = body["blast"]["steps"]
    figures = {one["key"]: one["value"] for one in body["figures"]}
    assert sum(step["failed"] for step in steps) == figures["figure/requests_failed"]
    assert sum(step["users_first"] for step in steps) == figures["figure/users_hit"]
    assert (body["costs"], body["assumptions"]) == ([], [])


def test_the_list_names_services_and_duration(browser: Browser) -> None:
    listed: Any = browser.get("/incidents")
    (row,) = listed["incidents"]
    assert row["services_hit"] == ["orders", "checkout", "gateway"]
    assert row["lasted"]["low_s"] <= row["lasted"]["value_s"] <= row["lasted"]["high_s"]
    assert not row["lasted"]["is_open"]


def test_a_value_is_kept_with_who_gave_it_and_the_next_analysis_reckons_with_it(
    own_browser: Browser, incident: str
) -> None:
    path = f"/incidents/{incident}/worth"
    given = {"amount": "2..4 EUR", "why": "average order"}
    answer = own_browser.client.put(f"/api/v1{path}/request", json=given)
    assert answer.status_code == 200, answer.text
    (held,) = answer.json()["worths"]
    assert (held["low"], held["high"], held["currency"], held["actor_id"]) == (2.0, 4.0, "EUR", "owner")
    assert own_browser.get(path)["worths"] == [held]
    assert own_browser.client.post(f"/api/v1/incidents/{incident}/analyse", json={}).status_code == 202
    own_browser.work()
    told: Any = own_browser.get(f"/incidents/{incident}/documents/impact")
    (cost,) = told["body"]["costs"]
    assert (cost["unit"], cost["currency"], cost["amount"]["high"]) == ("request", "EUR", 4 * 1092)
    assert cost["decision_ids"] == [held["decision_id"]]
    gone = own_browser.client.delete(f"/api/v1{path}/request")
    assert gone.json() == {"worths": []}
    assert own_browser.client.delete(f"/api/v1{path}/request").status_code == 404


@pytest.mark.parametrize(
    ("unit", "body", "status"),
    [
        ("request", {"amount": "much", "why": "x"}, 400),
        ("request", {"amount": "4..2 EUR", "why": "x"}, 400),
        ("customers_per_request", {"amount": "1 EUR", "why": "x"}, 400),
        ("request", {"amount": "1 EUR", "why": "  "}, 400),
        ("request", {"amount": "1 EUR"}, 422),
        ("heart", {"amount": "1 EUR", "why": "x"}, 422),
    ],
)
def test_a_value_that_says_nothing_is_refused_with_the_next_step(
    own_browser: Browser, incident: str, unit: str, body: dict[str, str], status: int
) -> None:
    answer = own_browser.client.put(f"/api/v1/incidents/{incident}/worth/{unit}", json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]
    assert own_browser.get(f"/incidents/{incident}/worth")["worths"] == []
