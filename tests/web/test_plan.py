"""The plan over HTTP: what is agreed answers at once, stands in the document at once, and makes nothing stale."""

from typing import Any

import pytest
from icalendar import Calendar

from secondstory.model.actor import Actor, Role

from .conftest import Browser, visit


def test_from_a_hypothesis_to_a_verified_action_that_answers_it(own_browser: Browser, incident: str) -> None:
    """The whole way, with the demo analysed once."""
    responder = visit(own_browser.world, Actor("responder-2", roles=((incident, Role.RESPONDER),)))
    path = f"/incidents/{incident}/plan"
    before: Any = own_browser.get(path)
    assert before["candidates"] and before["proposals"] and before["is_closed"]
    leading = before["candidates"][0]["key"]
    one = said(own_browser, "POST", f"{path}/factors", {"hypothesis": leading, "part": "initiating"})
    (factor,) = one["plan"]["factors"]
    assert (factor["label"], factor["part"], one["open_keys"]) == ("F1", "initiating", [factor["key"]])
    assert not one["is_closed"]

    agreed = said(own_browser, "POST", f"{path}/actions", {"proposal": before["proposals"][0]["key"]})
    (action,) = agreed["plan"]["actions"]
    assert action["answers"] == [factor["key"]] and action["due"] == agreed["due"]
    assert agreed["open_keys"] == [] and len(agreed["proposals"]) == len(before["proposals"]) - 1
    assert [one["rule"] for one in agreed["warnings"]] == ["owner"]

    item = f"{path}/actions/A1"
    said(own_browser, "PUT", f"{item}/owner", {"owner": "responder-2"})
    refused = own_browser.client.post(f"/api/v1{item}/ownership", json={"accept": True})
    assert refused.status_code == 403, refused.text
    assert "Only responder-2 can accept or decline" in refused.json()["detail"]
    taken = said(responder, "POST", f"{item}/ownership", {"accept": True})
    assert taken["is_closed"] and taken["you"] == "responder-2"
    said(responder, "PUT", f"{item}/progress", {"progress": "implemented"})
    own = responder.client.put(f"/api/v1{item}/progress", json={"progress": "verified", "why": "it works"})
    assert (own.status_code, "does not judge" in own.json()["detail"]) == (400, True)
    unseen = own_browser.client.put(f"/api/v1{item}/progress", json={"progress": "verified", "why": " "})
    assert unseen.status_code == 400
    proved = said(own_browser, "PUT", f"{item}/progress", {"progress": "verified", "why": "The planted value failed."})
    history = proved["plan"]["actions"][0]["history"]
    assert [(step["actor"], step["what"]) for step in history] == [
        ("owner", "written"),
        ("owner", "owner"),
        ("responder-2", "accepted"),
        ("responder-2", "status"),
        ("owner", "status"),
    ]

    stale: Any = own_browser.get(f"/incidents/{incident}")
    assert {stage["kind"]: stage["state"] for stage in stale["stages"]} == {
        "evidence": "full",
        "timeline": "full",
        "impact": "full",
        "causes": "stale",  # a hypothesis was accepted
        "detection": "full",
        "actions": "full",
        "report": "stale",
    }


def test_what_is_agreed_makes_nothing_stale_and_stands_in_the_document(own_browser: Browser, incident: str) -> None:
    path = f"/incidents/{incident}/plan"
    said(own_browser, "POST", f"{path}/lessons", {"kind": "lucky", "words": "It was a quiet hour."})
    said(own_browser, "POST", f"{path}/factors", {"words": "The pool had no alert.", "part": "hid_it"})
    told = said(
        own_browser,
        "POST",
        f"{path}/actions",
        {"title": "Improve monitoring", "answers": ["F1"], "strength": "weaker"},
    )
    assert {one["rule"] for one in told["warnings"]} == {"closure", "owner", "criterion", "vague", "strength"}
    said(own_browser, "POST", f"{path}/risks", {"answers": ["L1"], "words": "Rare.", "expires": "2999-01-01"})
    moved = said(own_browser, "PUT", f"{path}/actions/A1/due", {"due": "2999-02-01", "why": "after the freeze"})
    assert moved["plan"]["actions"][0]["due"] == "2999-02-01"
    still = own_browser.client.put(f"/api/v1{path}/actions/A1/due", json={"due": "2999-03-01", "why": ""})
    assert (still.status_code, still.json()["detail"]) == (400, "A due date moves only with a reason.")
    seen: Any = own_browser.get(f"/incidents/{incident}")
    assert {stage["state"] for stage in seen["stages"]} == {"full"}
    page = own_browser.client.get(f"/api/v1/incidents/{incident}/report.md").text
    assert "Contributing factors and how it went" in page and "The pool had no alert." in page
    assert "It was a quiet hour." in page and "Improve monitoring" in page and "nobody yet" in page
    now: Any = own_browser.get(path)
    assert now["follow_up"]["actor"] == "" and now["follow_up"]["day"] > "2999-02-01"
    assert (now["has_mail"], now["unreached"]) == (False, [])
    own = said(own_browser, "PUT", f"{path}/actions/A1/owner", {"owner": "owner"})
    assert own["unreached"] == ["owner"], "nobody gave an address"
    for nobody in ("", " "):
        asked = own_browser.client.put(f"/api/v1{path}/actions/A1/verifier", json={"verifier": nobody})
        assert asked.status_code in (400, 422) and asked.json()["next"], "nobody can look whether it works"
    said(own_browser, "PUT", f"{path}/actions/A1/verifier", {"verifier": "responder-2"})
    back = own_browser.client.delete(f"/api/v1{path}/actions/A1/verifier").json()["plan"]["actions"][0]
    assert (back["verifier"], back["verifying"], back["history"][-1]["text"]) == ("", "none", "")
    again = own_browser.client.delete(f"/api/v1{path}/actions/A1/verifier")
    assert again.status_code == 400 and again.json()["next"]
    late = own_browser.client.put(f"/api/v1{path}/follow-up", json={"day": "2020-01-01"})
    assert late.status_code == 400 and "is over" in late.json()["detail"]
    met = said(own_browser, "PUT", f"{path}/follow-up", {"day": "2999-02-15", "why": "everybody is in"})
    assert (met["follow_up"]["day"], met["follow_up"]["actor"]) == ("2999-02-15", "owner")
    assert "2999-02-15" in own_browser.client.get(f"/api/v1/incidents/{incident}/report.md").text
    one = own_browser.client.get(f"/api/v1{path}/actions/A1/calendar.ics")
    assert one.headers["content-type"] == "text/calendar; charset=utf-8"
    (due,) = Calendar.from_ical(one.content).walk("VEVENT")
    assert str(due.decoded("dtstart")) == "2999-02-01" and due["summary"] == "Due: Improve monitoring"
    whole = own_browser.client.get(f"/api/v1{path}/calendar.ics")
    assert [str(event.decoded("dtstart")) for event in Calendar.from_ical(whole.content).walk("VEVENT")] == [
        "2999-02-01",
        "2999-02-15",
    ]
    assert own_browser.client.get(f"/api/v1{path}/calendar.ics").content == whole.content
    assert own_browser.client.get(f"/api/v1{path}/actions/A9/calendar.ics").status_code == 404
    decision = now["plan"]["actions"][0]["history"][0]["id"]
    gone = own_browser.client.delete(f"/api/v1{path}/decisions/{decision}")
    assert gone.status_code == 200 and gone.json()["plan"]["actions"] == []


def test_wording_is_judged_without_being_kept(browser: Browser, incident: str) -> None:
    told: Any = browser.get(f"/incidents/{incident}/plan/wording", text="Improve the monitoring of orders")
    assert (told[0]["words"], told[0]["start"]) == ("Improve the monitoring", 0)
    assert "Name the signal" in told[0]["suggestion"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("factors", {"words": " ", "part": "hid_it"}, 400),
        ("factors", {"hypothesis": "hypothesis/none", "part": "hid_it"}, 404),
        ("lessons", {"kind": "well", "words": "x", "evidence": ["E999"]}, 404),
        ("links", {"source": "F1", "target": "F2", "kind": "hid"}, 404),
        ("risks", {"answers": ["F9"], "words": "x", "expires": "2999-01-01"}, 404),
        ("actions", {"title": ""}, 400),
        ("actions", {"proposal": "action/none"}, 404),
        ("removals", {"name": "F1"}, 404),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_to_do(
    browser: Browser, incident: str, path: str, body: dict[str, object], status: int
) -> None:
    answer = browser.client.post(f"/api/v1/incidents/{incident}/plan/{path}", json=body)
    assert (answer.status_code, bool(answer.json()["next"])) == (status, True), answer.text


def said(browser: Browser, method: str, path: str, body: dict[str, object]) -> Any:
    answer = browser.client.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()
