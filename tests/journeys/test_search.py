"""Words are found from anywhere by the keyboard alone, and each place that was found opens where it stands."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import assert_axe_finds_nothing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_a_page_to_a_log_line_of_the_evidence_and_back_to_nothing(visit: Callable[..., Page]) -> None:
    page = visit("impact")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Words to search for")
    expect(field).to_be_focused()
    page.keyboard.type("QueuePool lim")
    hits = page.get_by_role("list", name="Found").get_by_role("listitem")
    expect(hits).to_have_count(1)
    expect(hits.locator("mark").filter(has_text="QueuePool")).to_be_visible()
    assert_axe_finds_nothing(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Shapes of log lines")).to_be_visible()
    page.go_back()
    page.get_by_role("searchbox").fill("zebramarker")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.get_by_role("searchbox").fill("pool")
    page.get_by_role("button", name=re.compile(r"\d+ documents")).click()
    expect(hits.first).to_contain_text("document")
    hits.first.get_by_role("link").click()
    expect(page.get_by_role("article")).to_be_visible()


def test_ctrl_k_leads_to_pages_incidents_and_the_search(visit: Callable[..., Page]) -> None:
    page = visit("")
    page.keyboard.press("Control+k")
    jump = page.get_by_role("combobox", name="Where to")
    expect(jump).to_be_focused()
    assert_axe_finds_nothing(page)
    page.keyboard.type("caus")
    expect(page.get_by_role("option", name=re.compile("Causes"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Cascade", exact=True)).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("no such page")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    expect(page).to_have_url(re.compile("q=no(%20|\\+)such"))
