"""Findings over HTTP: of a text that is given, and of what was written on the incident."""

from .conftest import Browser

BAD = "# Review\n\nWe should have tested the pool limit.\n"


def test_a_given_text_is_read_and_answered_with_places(browser: Browser) -> None:
    given = {"text": BAD, "name": "review.md"}
    answer = browser.client.post("/api/v1/lint", json=given).json()
    (text,) = answer["texts"]
    assert (text["name"], text["words"], text["is_english"]) == ("review.md", 8, True)
    (finding,) = text["findings"]
    assert (finding["line"], finding["column"], finding["rule"]) == (3, 1, "counterfactual")
    assert "The pool limit was not tested." in finding["suggestion"]
    assert {"name": "counterfactual", "says": "People are measured by what did not happen."} in answer["rules"]


def test_the_incident_is_read_with_its_actions(browser: Browser, incident: str) -> None:
    names = [text["name"] for text in browser.get(f"/incidents/{incident}/lint")["texts"]]
    assert names[0] == "document" and any(name.startswith("action ") for name in names)


def test_a_text_that_is_none_is_refused(browser: Browser) -> None:
    for body in ({}, {"text": 3}, {"text": "a", "keep": True}):
        assert browser.client.post("/api/v1/lint", json=body).status_code == 422
