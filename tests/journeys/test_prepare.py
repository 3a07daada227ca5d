"""Prepare: a facilitator moves minutes by keyboard, answers a point, reads a card, and walks in with a page."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.seen import assert_nothing_is_lost, settled

Visit = Callable[..., Page]


def test_the_days_before_a_meeting_on_one_page(visit: Visit) -> None:
    page = visit("prepare")
    agenda = page.get_by_role("region", name="Agenda")
    expect(agenda.get_by_role("heading", name="Agenda")).to_contain_text("60 minutes")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#box-timeline")).to_be_focused()
    before = int(page.locator("#box-timeline b.min").inner_text().split()[0])
    page.keyboard.press("+")
    expect(page.locator("#box-timeline b.min")).to_contain_text(str(before + 1))
    expect(page.locator("#box-timeline")).to_contain_text("set by hand")
    expect(agenda.get_by_role("heading", name="Agenda")).to_contain_text("60 minutes")
    page.keyboard.press("0")
    expect(page.locator("#box-timeline b.min")).to_contain_text(str(before))

    points = page.get_by_role("region", name="Objections and additions")
    points.get_by_label("Your point").fill("How support was told.")
    points.get_by_role("button", name="Send").click()
    expect(points.get_by_text("it is answered in the opening")).to_be_visible()
    points.get_by_role("button", name="Answer", exact=True).click()
    points.get_by_label("In a sentence").fill("In the timeline.")
    points.get_by_role("button", name="Answer", exact=True).click()
    expect(points.get_by_text("Taken in: In the timeline.")).to_be_visible()

    opening = page.get_by_role("region", name="Opening statement")
    opening.get_by_role("button", name="20 s").click()
    expect(opening).to_contain_text("Pavel Haddad, what was the first thing you saw?")
    expect(page.get_by_role("region", name="Speak with them alone before")).to_contain_text("Bruno Haddad")
    cards = page.get_by_role("region", name="A card without your name")
    cards.get_by_role("textbox").fill("The release list is longer than anybody reads.")
    cards.get_by_role("button", name="Put in the pile").click()
    expect(cards.get_by_role("listitem")).to_contain_text("The release list is longer")
    settled(page)
    assert_nothing_is_lost(page, [(1024, 768), (390, 844)])

    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Your page for the room").click()
    expect(page.get_by_role("heading", name="Facilitator brief")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Likely hard moments"))).to_be_visible()
