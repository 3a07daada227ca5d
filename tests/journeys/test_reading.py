"""A facilitator opens the demo and follows what it says down to the data."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_number_leads_to_its_chart_its_query_and_what_else_rests_on_it(visit: Callable[..., Page]) -> None:
    page = visit("#/")
    page.get_by_role("link", name="Checkout fails for many customers").click()
    expect(page.get_by_role("heading", name="Bottom line up front")).to_be_visible()
    number = page.get_by_role("button", name="Requests that failed")
    expect(number).to_contain_text(re.compile(r"\d+(\.\d+)? %.*\d – \d", re.DOTALL))
    number.click()
    panel = page.get_by_role("complementary", name="Evidence E01")
    expect(panel.get_by_role("heading", name="Outcome of requests over time")).to_be_visible()
    expect(panel.get_by_role("img")).to_be_visible()
    expect(panel).to_contain_text("OutcomeQuery")
    expect(panel).to_contain_text(re.compile(r"Hash\s*[0-9a-f]{64}"))
    rests = panel.get_by_role("link", name=re.compile("requests fail"))
    rests.first.click()
    expect(page.get_by_role("article")).to_contain_text("Of their requests")


def test_gaps_stand_first_among_the_evidence_and_say_what_they_hide(visit: Callable[..., Page]) -> None:
    page = visit("evidence")
    headings = page.get_by_role("main").get_by_role("heading", level=2)
    expect(headings.first).to_have_text("Gaps")
    page.get_by_role("button", name=re.compile("^Gap G1")).first.click()
    panel = page.get_by_role("complementary", name="Gap G1")
    expect(panel).to_contain_text("never drawn as calm")


def test_rows_of_evidence_are_paged(visit: Callable[..., Page]) -> None:
    page = visit("evidence/E02")
    rows = page.get_by_role("main").get_by_role("row")
    expect(rows).to_have_count(51)
    first = rows.nth(1).inner_text()
    page.get_by_role("button", name="Later").click()
    expect(rows.nth(1)).not_to_have_text(first)
    expect(page.get_by_role("heading", name=re.compile("Rows 51–100"))).to_be_visible()


def test_every_fact_and_inference_of_the_document_carries_a_chip_that_opens(visit: Callable[..., Page]) -> None:
    page = visit("document")
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", name="Causes")).to_be_visible()
    bare = article.locator(":is(.fact,.inference)").evaluate_all(
        "claims => claims.filter(one => !one.nextElementSibling?.matches('button.ev')).map(one => one.textContent)"
    )
    assert bare == []
    article.get_by_role("button", name=re.compile("^Evidence E04")).first.click()
    expect(page.get_by_role("complementary", name="Evidence E04").get_by_role("img")).to_be_visible()


def test_the_document_can_be_taken_away(visit: Callable[..., Page]) -> None:
    page = visit("document")
    address = page.get_by_role("link", name="HTML", exact=True).get_attribute("href") or ""
    answer = page.request.get(urljoin(page.url, address))
    assert answer.ok
    assert "<title>Checkout fails for many customers · " in answer.text()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Markdown", exact=True).click()
    assert saved.value.path().read_text(encoding="utf-8").startswith("# Checkout fails for many customers")


def test_an_address_at_which_nothing_lives_says_where_to_go(visit: Callable[..., Page]) -> None:
    page = visit("no-such-page")
    page.get_by_role("link", name="Open the incident list").click()
    expect(page.get_by_role("heading", name="All incidents")).to_be_visible()
