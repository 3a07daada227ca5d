"""People amend the timeline with the keyboard: walk it, star, add, tell, hide, and see a clock's correction first."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import assert_axe_finds_nothing, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def _ready(visit: Visit, place: str = "timeline", **options: object) -> Page:
    page = visit(place, **options)
    expect(page.get_by_role("button", name=re.compile("Add event")).first).to_be_visible()
    return page


def _selected(page: Page) -> str:
    return page.get_by_role("option", selected=True).inner_text()


def test_a_walk_begins_before_the_first_change_and_its_place_can_be_sent(visit: Visit) -> None:
    page = _ready(visit)
    page.keyboard.press("w")
    walk = page.get_by_role("region", name="Walk through the events")
    expect(walk.get_by_text(re.compile(r"Step 1 of \d+"))).to_be_visible()
    expect(walk.get_by_text("before the impact")).to_be_visible()
    for step in (2, 3):
        page.keyboard.press("ArrowRight")
        expect(walk.get_by_text(re.compile(rf"Step {step} of \d+"))).to_be_visible()
    expect(walk.get_by_role("heading", name="To ask here")).to_be_visible()
    title = walk.get_by_role("heading", level=2).inner_text()
    expect(page).to_have_url(re.compile("walk=1"))
    page.reload()
    expect(walk.get_by_text(re.compile(r"Step 3 of \d+"))).to_be_visible()
    expect(walk.get_by_role("heading", level=2)).to_have_text(title)
    page.keyboard.press("Escape")
    expect(walk).to_have_count(0)


def test_an_event_is_added_starred_told_and_hidden_by_keys_alone(visit: Visit) -> None:
    page = _ready(visit)
    page.keyboard.press("a")
    form = page.get_by_role("complementary", name="Add an event")
    expect(form.get_by_label("What happened")).to_be_focused()
    page.keyboard.type("The bank was called")
    page.keyboard.press("Enter")
    detail = page.get_by_role("complementary", name="Selected event")
    expect(detail.get_by_role("heading", level=2)).to_have_text("The bank was called")
    page.keyboard.press("s")
    expect(detail.get_by_role("button", name=re.compile("Starred 1"))).to_be_visible()
    page.keyboard.press("o")
    told = page.get_by_role("complementary", name="Write down what a person told")
    page.keyboard.type("responder-2")
    page.keyboard.press("Tab")
    page.keyboard.type("I had the pool panel open")
    page.keyboard.press("Enter")
    expect(told).to_have_count(0)
    expect(detail.get_by_text("not confirmed yet")).to_be_visible()
    detail.get_by_role("button", name=re.compile("^Change")).press("Enter")
    detail.get_by_role("button", name="Hide…").press("Enter")
    page.keyboard.type("Told twice.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hid “I had the pool panel open”.")).to_be_visible()
    page.get_by_role("button", name=re.compile("More filters")).click()
    page.get_by_role("checkbox", name="Hidden and merged too").check()
    expect(page).to_have_url(re.compile("only=hidden"))
    page.reload()
    page.get_by_role("searchbox", name="Words in an event").fill("pool panel")
    page.get_by_role("button", name=re.compile("Table")).click()
    page.get_by_role("row", name=re.compile("pool panel")).get_by_role("button", name=re.compile("pool panel")).click()
    expect(detail.get_by_text("Told twice.")).to_be_visible()
    detail.get_by_role("button", name="Show again").click()
    expect(detail.get_by_role("button", name=re.compile("Star"))).to_be_visible()


def test_the_effect_of_a_corrected_clock_is_shown_before_it_is_accepted(visit: Visit) -> None:
    page = _ready(visit)
    page.get_by_role("button", name="Clocks").click()
    panel = page.get_by_role("complementary", name="Correct a clock")
    panel.get_by_label("Source").select_option("alert")
    panel.get_by_label("Its clock runs").fill("40")
    expect(panel.get_by_text(re.compile("4 events move"))).to_be_visible()
    expect(panel.get_by_text(re.compile("Milestone “noticed”"))).to_be_visible()
    panel.get_by_role("button", name="Accept the correction").click()
    expect(page.get_by_text("Clocks corrected: alerts −40 s.")).to_be_visible()
    page.get_by_role("searchbox", name="Words in an event").fill("GatewayErrorRatioHigh firing")
    page.get_by_role("button", name=re.compile("Table")).click()
    page.get_by_role("row", name=re.compile("GatewayErrorRatioHigh")).get_by_role("button").first.click()
    expect(page.get_by_text("Recorded at 11:51:24")).to_be_visible()


def test_on_a_phone_the_walk_and_its_forms_fit_and_serve_everybody(visit: Visit) -> None:
    page = _ready(visit, "timeline?walk=1", viewport={"width": 390, "height": 844})
    expect(page.get_by_role("region", name="Walk through the events")).to_be_visible()
    page.get_by_role("button", name=re.compile("Told by a person")).click()
    expect(page.get_by_role("complementary", name="Write down what a person told")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    settled(page)
    assert_axe_finds_nothing(page)
