"""Who leads from a phone has clock and agenda first; a key does once what is pressed once, and nothing else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.room_people import PHONE
from tests.journeys.seen import assert_axe_finds_nothing, assert_tab_leads_everywhere, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
WIDE = {"width": 1440, "height": 900}


def test_a_meeting_is_led_from_a_phone(visit: Visit) -> None:
    desk = visit("room", viewport=PHONE, reduced_motion="reduce")
    expect(desk.get_by_text("Opening and objections The harm")).to_be_visible()
    desk.get_by_role("button", name="Begin the meeting").click()
    here = desk.get_by_text("1 of 7 · Opening")
    expect(here).to_be_visible()
    agenda = desk.get_by_role("region", name="Agenda")
    private = desk.get_by_role("complementary", name="Only you")
    expect(private.get_by_role("heading", name="Ground rule")).to_be_visible()
    told = [here, agenda, private, desk.get_by_role("region", name="Opening"), desk.get_by_role("region", name="Hands")]
    assert (places := [_top(one) for one in told]) == sorted(places)
    expect(agenda.locator("[aria-current]")).to_be_in_viewport()
    desk.get_by_role("region", name="Hands").scroll_into_view_if_needed()
    expect(here).to_be_in_viewport()
    desk.get_by_role("button", name="Next part").click()
    expect(desk.get_by_text("2 of 7 · Timeline of events")).to_be_visible()
    assert_axe_finds_nothing(desk)
    desk.reload()
    settled(desk)
    expect(private.get_by_role("heading", name="Ground rule")).to_be_visible()
    assert_tab_leads_everywhere(desk)

    desk.set_viewport_size(WIDE)
    expect(desk.get_by_text("2 of 7 · ")).to_have_count(0)  # the agenda beside it says so
    expect(agenda).to_have_count(1)
    _hold(desk, "n")
    expect(agenda.locator("[aria-current]")).to_contain_text("Root-cause analysis")
    desk.keyboard.press("b")
    expect(desk.get_by_text("Break until")).to_be_visible()
    expect(agenda.locator("[aria-current]")).to_contain_text("Root-cause analysis")


def test_what_is_left_in_the_capture_bar_gives_way_and_a_concern_is_answered_by_keys(visit: Visit) -> None:
    desk = visit("room", viewport=WIDE)
    bar = desk.get_by_role("region", name="Capture")
    field = bar.get_by_label("What was said")
    desk.keyboard.press("a")
    expect(field).to_be_focused()
    field.fill("Bruno should have read the checklist")
    instead = bar.get_by_role("button", name="Use “")
    expect(instead).to_be_visible()
    desk.keyboard.press("Enter")
    expect(instead).to_be_focused()
    desk.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(field).not_to_have_value(re.compile("Bruno"))
    desk.keyboard.press("Escape")
    desk.keyboard.press("d")
    expect(field).to_be_focused()
    desk.keyboard.type("We keep the step of the runbook")
    expect(field).to_have_value("We keep the step of the runbook")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Board")).to_contain_text("We keep the step of the runbook")


def _top(one: Locator) -> float:
    box = one.bounding_box()
    assert box is not None
    return float(box["y"])


def _hold(page: Page, key: str) -> None:
    """Down once and three times more, as a key that is held says it."""
    for _ in range(4):
        page.keyboard.down(key)
    page.keyboard.up(key)
