"""The plan by keyboard alone: a factor accepted, an action agreed, asked for, taken on, dated, and moved to done."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.seen import assert_axe_finds_nothing, assert_nothing_is_lost, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
MOST_TABS = 120


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has focus, and Enter then."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name).locator("[data-action]")


def ask(page: Page, who: str) -> None:
    panel = page.get_by_role("complementary", name="Action A1")
    page.keyboard.press("o")
    expect(panel.get_by_label("Ask whom")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(who)
    page.keyboard.press("Enter")


def serves_everybody(page: Page) -> None:
    settled(page)
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, [(1024, 768), (320, 640)])
    page.set_viewport_size({"width": 1440, "height": 900})


def test_from_an_explanation_to_a_done_action_by_keys_alone(visit: Visit) -> None:
    page = visit("actions")
    page.keyboard.press("b")
    factors = page.get_by_role("region", name="Contributing factors")
    reach(page, factors.get_by_role("button", name=re.compile("^Accept as a factor")).first)
    expect(factors.get_by_text("Nothing answers it")).to_be_visible()
    page.keyboard.press("b")
    proposed = page.get_by_role("region", name=re.compile("^Proposed by the evidence"))
    reach(page, proposed.get_by_role("button", name=re.compile("^Agree")).first)
    expect(column(page, "Open and in progress")).to_have_count(1)
    expect(page.get_by_text(re.compile("the policy offers that day"))).to_be_visible()

    page.keyboard.press("j")
    panel = page.get_by_role("complementary", name="Action A1")
    ask(page, "responder-2")
    expect(panel.get_by_text("responder-2, asked")).to_be_visible()
    page.keyboard.press("x")
    expect(panel.get_by_role("button", name="responder-2 does not own it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator("dd").first).to_have_text("nobody yet")
    expect(panel.get_by_text("took it back: nobody is asked to own it")).to_be_visible()
    ask(page, "owner")
    expect(panel.locator("dd").first).to_have_text("owner")

    page.keyboard.press("d")
    due = panel.get_by_label("Due")
    expect(due).to_be_focused()
    page.keyboard.type("12312030")
    expect(due).to_have_value("2030-12-31")
    page.keyboard.press("Tab")
    while not panel.get_by_label("Why it moves").evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("the driver is out on the 30th")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("moved the date to 2030-12-31")).to_be_visible()

    page.keyboard.press("]")
    expect(panel.get_by_text("A1 · In progress")).to_be_visible()
    page.keyboard.press("]")
    expect(column(page, "Implemented")).to_have_count(1)
    page.keyboard.press("[")
    expect(column(page, "Open and in progress")).to_have_count(1)
    page.keyboard.press("]")
    expect(column(page, "Implemented")).to_have_count(1)
    page.keyboard.press("]")
    expect(panel.get_by_text("somebody else looks whether it works")).to_be_visible()
    expect(panel.get_by_role("textbox")).to_have_count(0)  # the owner is asked for no proof

    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keys of this page")
    expect(help_.get_by_text("a step on: the next column")).to_be_visible()
    page.keyboard.press("Escape")
    serves_everybody(page)
    page.keyboard.press("b")
    serves_everybody(page)

    page.goto(page.url.split("#")[0] + re.sub("/actions.*", "/document", "#" + page.url.split("#")[1]))
    expect(page.get_by_text("Contributing factors and how it went").first).to_be_visible()
    expect(page.get_by_text("2030-12-31").first).to_be_visible()
