"""The matrix over HTTP: what a person adds is tested at once, can be taken back, and needs the right to decide."""

from collections.abc import Callable
from typing import Any

import pytest

from secondstory.model.actor import Actor, Role
from secondstory.web.door import CSRF_HEADER

from .conftest import Browser

OWN = {"service": "payment", "words": "The bank was slow again.", "mechanism": "latency"}


def at(incident: str, part: str = "") -> str:
    return f"/api/v1/incidents/{incident}/matrix{part}"


def post(browser: Browser, incident: str, part: str, body: object, status: int = 201) -> Any:
    answer = browser.client.post(at(incident, part), json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def column_of(weighed: Any, words: str) -> Any:
    key = next(one["key"] for one in weighed["causes"]["hypotheses"] if one["words"] == words)
    return next(one for one in weighed["causes"]["matrix"]["columns"] if one["hypothesis"] == key)


def test_an_added_hypothesis_is_tested_at_once_marked_and_taken_back(own_browser: Browser, incident: str) -> None:
    before: Any = own_browser.get(f"/incidents/{incident}/matrix")
    assert before["in_document"] is True and "payment" in before["services"]
    added = post(own_browser, incident, "/hypotheses", OWN)
    column = column_of(added, OWN["words"])
    assert column["against_low"] > 3 and added["in_document"] is False
    row = next(row for row in added["causes"]["matrix"]["rows"] if row["title"] == "Calls from checkout to payment")
    cell = next(cell for cell in row["cells"] if cell["hypothesis"] == column["hypothesis"])
    assert (cell["result"], cell["machine"]) == ("failed", "failed")
    mark = {"cell": cell["subject"], "result": "held", "why": "The bank says so."}
    marked = column_of(post(own_browser, incident, "/marks", mark), OWN["words"])
    assert marked["against_low"] == pytest.approx(column["against_low"] - row["weight"])
    voted = post(own_browser, incident, "/votes", {"hypothesis": column["hypothesis"], "vote": "for"})
    assert column_of(voted, OWN["words"])["votes_for"] == 1
    judged = post(own_browser, incident, "/standings", {"hypothesis": column["hypothesis"], "standing": "rejected"})
    assert judged["causes"]["hypotheses"][-1]["standing"] == "rejected"
    while judged["said"]:
        answer = own_browser.client.delete(at(incident, f"/decisions/{judged['said'][0]['id']}"))
        assert answer.status_code == 200, answer.text
        judged = answer.json()
    assert judged["causes"]["hypotheses"] == before["causes"]["hypotheses"]
    assert judged["causes"]["matrix"]["rows"] == before["causes"]["matrix"]["rows"]


def test_the_next_analysis_brings_what_was_said_into_the_documents(own_browser: Browser, incident: str) -> None:
    key = column_of(post(own_browser, incident, "/hypotheses", OWN), OWN["words"])["hypothesis"]
    post(own_browser, incident, "/standings", {"hypothesis": key, "standing": "accepted", "why": "We are sure."})
    own_browser.client.post(f"/api/v1/incidents/{incident}/analyse", json={})
    own_browser.work()
    assert own_browser.get(f"/incidents/{incident}/matrix")["in_document"] is True
    text = own_browser.client.get(f"/api/v1/incidents/{incident}/report.md").text
    assert OWN["words"] in text


@pytest.mark.parametrize(
    ("part", "body", "status"),
    [
        ("/hypotheses", {**OWN, "service": " "}, 400),
        ("/hypotheses", {**OWN, "words": ""}, 422),
        ("/hypotheses", {**OWN, "mechanism": "magic"}, 422),
        ("/hypotheses", {**OWN, "part": "trigger"}, 422),
        ("/hypotheses", {**OWN, "colour": "red"}, 422),
        ("/marks", {"cell": "cell/none", "result": "held", "why": "x"}, 404),
        ("/marks", {"cell": "cell/none", "result": "held", "why": ""}, 422),
        ("/votes", {"hypothesis": "hypothesis/none", "vote": "for"}, 404),
        ("/standings", {"hypothesis": "hypothesis/none", "standing": "accepted"}, 404),
    ],
)
def test_what_cannot_be_taken_is_refused_and_says_what_to_do(
    own_browser: Browser, incident: str, part: str, body: object, status: int
) -> None:
    told = post(own_browser, incident, part, body, status)
    assert told["detail"] and told["next"]
    assert own_browser.get(f"/incidents/{incident}/matrix")["said"] == []


def test_the_same_hypothesis_twice_and_a_decision_that_does_not_hold_are_refused(
    own_browser: Browser, incident: str
) -> None:
    said = post(own_browser, incident, "/hypotheses", OWN)["said"]
    assert "stands already" in post(own_browser, incident, "/hypotheses", {**OWN, "words": "Again."}, 400)["detail"]
    assert own_browser.client.delete(at(incident, f"/decisions/{said[0]['id']}")).status_code == 200
    assert own_browser.client.delete(at(incident, f"/decisions/{said[0]['id']}")).status_code == 404


def test_without_the_token_or_the_right_nothing_is_changed(
    browser: Browser, letting_in: Callable[[Actor], Browser], incident: str
) -> None:
    refused = browser.client.post(at(incident, "/hypotheses"), json=OWN, headers={CSRF_HEADER: "no"})
    assert refused.status_code == 403
    reader = letting_in(Actor("observer", roles=((incident, Role.OBSERVER),)))
    assert reader.client.get(at(incident)).status_code == 200
    assert reader.client.post(at(incident, "/hypotheses"), json=OWN).status_code == 403
    assert letting_in(Actor("stranger")).client.get(at(incident)).status_code == 403
