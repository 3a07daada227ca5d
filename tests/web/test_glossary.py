"""The glossary over HTTP: on the demo each term is shown truthfully, or said to be absent."""

from typing import Any

from .conftest import Browser


def shown(browser: Browser, incident: str) -> dict[str, Any]:
    told: Any = browser.get(f"/incidents/{incident}/glossary")
    return {one["key"]: one for one in told["terms"]}


def test_numbers_of_the_terms_are_those_of_the_documents(browser: Browser, incident: str) -> None:
    terms = shown(browser, incident)
    seen: Any = browser.get(f"/incidents/{incident}")
    services = ", ".join(seen["services_hit"])
    assert terms["blast_radius"]["sentence"] == f"Services reached: 3 ({services}). Users hit: {seen['users_hit']:.0f}."
    assert seen["first_cause"] in terms["root_cause"]["sentence"]
    impact: Any = browser.get(f"/incidents/{incident}/documents/impact")
    spent = impact["body"]["burns"][0]["spent"]["value"]
    assert f"took {spent:.1%}" in terms["error_budget"]["sentence"]
    assert "undetected" in terms["error_budget"]["sentence"]
    assert "no spread can be told" in terms["mttr"]["sentence"]  # the demo is one incident
    assert f"Gaps in what was recorded: {len(seen['gaps']) - 1}." in terms["observability"]["sentence"]  # the meeting


def test_what_is_shown_leads_to_its_place_and_what_is_not_says_why(browser: Browser, incident: str) -> None:
    terms = shown(browser, incident)
    assert {key for key, one in terms.items() if not one["shown"]} == {"chaos"}
    assert "No experiment was made of this incident yet" in terms["chaos"]["sentence"]
    trace = dict(terms["correlation_id"]["query"])["trace"]
    followed: Any = browser.get(f"/incidents/{incident}/requests", trace_id=trace)
    assert [one["trace_id"] for one in followed["traces"]] == [trace]
    known: Any = browser.get(f"/incidents/{incident}/evidence")
    keys = {one["id"] for one in known["evidence"]} | {one["key"] for one in known["gaps"]}
    assert {piece for one in terms.values() for piece in one["evidence"]} <= keys
    hops: Any = browser.get(f"/incidents/{incident}/documents/causes")
    first = hops["body"]["cascade"][0]
    assert f"{first['callee']} to {first['caller']}" in terms["cascade"]["sentence"]
