"""Every page serves whoever cannot see colours, use a mouse, read small print or bear motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import (
    assert_axe_finds_nothing,
    assert_nothing_is_lost,
    assert_nothing_moves,
    assert_tab_leads_everywhere,
    settled,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]

PLACES = [
    "#/",
    "#/import",
    "#/lint",
    "#/policy",
    "#/keeping",
    "",
    "evidence",
    "evidence/E01",
    "timeline",
    "timeline?view=table",
    "timeline?walk=1",
    "impact",
    "impact?as=table",
    "causes",
    "causes?view=ranking",
    "causes?view=methods",
    "prepare",
    "prepare/brief",
    "answers",
    "questions",
    "transcript",
    "room",
    "actions",
    "actions?view=factors",
    "document",
    "document?form=executive",
    "people",
    "glossary",
    "request",
    "request?attribute=http.route&value=/checkout",
]
# 1024 px; 1440 and 1024 px at 200 % zoom; 320 px, which is 1280 at 400 %.
NARROWER = [(1024, 768), (720, 450), (512, 384), (320, 640)]


@pytest.mark.parametrize("place", PLACES)
def test_each_page_serves_everybody(visit: Visit, place: str) -> None:
    page = visit(place, reduced_motion="reduce")
    assert_nothing_moves(page)
    assert_tab_leads_everywhere(page)
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, NARROWER)


def test_what_opens_over_a_page_serves_everybody_too(visit: Visit) -> None:
    page = visit("timeline", reduced_motion="reduce", viewport={"width": 1024, "height": 768})
    page.get_by_role("button", name="services").click()
    expect(page.get_by_role("group", name="Services shown")).to_be_visible()
    assert_axe_finds_nothing(page)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("complementary", name="Evidence E")).to_be_focused()
    settled(page)
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, [(720, 450), (320, 640)])
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of this page")).to_be_visible()
    assert_nothing_moves(page)
    assert_axe_finds_nothing(page)


def test_the_theme_follows_the_system_until_a_person_chooses(visit: Visit) -> None:
    page = visit("#/", color_scheme="dark")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Use light colours").click()
    page.reload()
    expect(root).to_have_attribute("data-theme", "light")
