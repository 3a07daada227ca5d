"""A meeting is closed: who leads sees what is still open, and afterwards everybody sees what was settled."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Site
from tests.journeys.room_people import NAMES, PHONE, Guest, invited
from tests.journeys.seen import assert_axe_finds_nothing, assert_nothing_is_lost, assert_tab_leads_everywhere, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
OWN = "Thank whoever paged at three."
SIZES = [(1024, 768), (390, 844), (320, 640)]


def test_a_meeting_is_closed_and_everybody_sees_what_was_settled(browser: Browser, site: Site, visit: Visit) -> None:
    desk = visit("room", reduced_motion="reduce")
    responder = invited(browser, site, desk, "responder", PHONE)
    settled(desk)
    desk.get_by_role("button", name="Begin the meeting").click()
    expect(responder.page.get_by_text("1 of 7 · Opening")).to_be_visible()
    responder.page.get_by_role("button", name="Raise hand").click()
    expect(desk.get_by_role("region", name="Hands")).to_contain_text(NAMES["responder"])
    _capture(desk, "d", "We keep the step of the runbook.")
    _capture(desk, "a", "An alert on the pool before it is full")

    _before_the_close(desk, site, responder)

    desk.goto(site.at("room"))
    expect(desk.get_by_role("region", name="Board")).to_contain_text("We keep the step of the runbook")
    desk.keyboard.press("Shift+E")
    ending = desk.get_by_role("dialog")
    expect(ending.get_by_role("button", name="Copy my notes")).to_be_visible()
    ending.get_by_role("button", name="End the meeting").click()
    desk.get_by_role("link", name="Wrap up").click()
    _after_the_close(desk)
    phone = responder.page
    phone.get_by_role("link", name="What was settled").click()
    _answered_without_a_name(phone)
    responder.context.close()


def _before_the_close(desk: Page, site: Site, responder: Guest) -> None:
    desk.goto(site.at("wrap-up"))
    settled(desk)
    private = desk.get_by_role("region", name="Before you close")
    expect(private).to_contain_text(NAMES["responder"])  # a hand that is up is nobody who was heard
    expect(private).to_contain_text("hand is up")
    expect(private).to_contain_text("No captions were heard")
    expect(desk.get_by_role("region", name="Still to settle")).to_contain_text("An alert on the pool before it is full")
    expect(desk.get_by_role("region", name="Settled")).to_contain_text("We keep the step of the runbook")
    desk.keyboard.press("n")
    own = desk.get_by_role("textbox", name="Your own notes")
    expect(own).to_be_focused()
    desk.keyboard.type(OWN)
    mine = desk.get_by_role("region", name="Your own notes")
    expect(mine.get_by_text("Saved", exact=True)).to_be_visible()
    desk.reload()  # so that the focus begins where the page does
    expect(own).to_have_value(OWN)
    settled(desk)
    assert_tab_leads_everywhere(desk)
    _served(desk)
    there = responder.page.evaluate(
        "(incident) => fetch(`/api/v1/incidents/${incident}/meeting/rail/closing`).then((answer) => answer.status)",
        site.incident,
    )
    assert there == 403, "what is said before the close is for who leads"
    expect(responder.page.get_by_text(OWN)).to_have_count(0)


def _after_the_close(desk: Page) -> None:
    settled(desk)
    expect(desk.get_by_text("summary due").first).to_be_visible()
    expect(desk.get_by_role("region", name="Before you close")).to_have_count(0)
    expect(desk.get_by_role("region", name="To read aloud")).to_have_count(0)
    expect(desk.get_by_role("region", name="Your own notes")).to_have_count(0)
    expect(desk.get_by_role("region", name="Summary")).to_be_visible()
    _served(desk)


def _answered_without_a_name(phone: Page) -> None:
    settled(phone)
    pulse = phone.get_by_role("region", name="Pulse")
    send = pulse.get_by_role("button", name="Answer without my name")
    expect(send).to_be_disabled()
    for question in pulse.get_by_role("group").all():
        question.get_by_role("radio").last.focus()
        phone.keyboard.press("Space")
    send.focus()
    phone.keyboard.press("Enter")
    expect(pulse.get_by_text("Kept without your name.")).to_be_visible()
    expect(pulse).to_contain_text("1 of three answers")
    expect(phone.get_by_role("region", name="Before you close")).to_have_count(0)
    assert_axe_finds_nothing(phone)
    assert_nothing_is_lost(phone, SIZES[1:])


def _capture(desk: Page, key: str, words: str) -> None:
    """One key and a sentence; what it asks back is left open."""
    desk.keyboard.press(key)
    desk.get_by_role("region", name="Capture").get_by_label("What was said").fill(words)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Board")).to_contain_text(words.rstrip("."))
    desk.keyboard.press("Escape")


def _served(page: Page) -> None:
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, SIZES)
