"""A meeting in its room: who leads at a desk, a responder on a phone, an executive; then the room is closed."""

from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.conftest import Site
from tests.journeys.room_people import DESK, NAMES, PHONE, Guest, invited
from tests.journeys.seen import assert_axe_finds_nothing, assert_nothing_is_lost, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
Come = Callable[[str, dict[str, int]], Guest]


@pytest.fixture
def come(browser: Browser, site: Site, visit: Visit) -> Generator[Come]:
    """`come(role, viewport)` brings somebody who was invited into the room."""
    owner, guests = visit("people"), list[Guest]()

    def bring(role: str, viewport: dict[str, int]) -> Guest:
        guests.append(invited(browser, site, owner, role, viewport))
        return guests[-1]

    yield bring
    for one in guests:
        one.context.close()


def test_a_meeting_is_led_from_a_desk_and_joined_from_a_phone(visit: Visit, come: Come) -> None:
    desk = visit("room")
    responder, executive = come("responder", PHONE), come("executive", DESK)
    expect(responder.page.get_by_text("It has not begun.")).to_be_visible()
    expect(desk.get_by_text("2 other people here already")).to_be_visible()

    desk.get_by_role("button", name="Begin the meeting").click()
    phone = responder.page
    expect(phone.get_by_text("1 of 7 · Opening")).to_be_visible()
    desk.keyboard.press("n")
    expect(phone.get_by_text("2 of 7 · Timeline of events")).to_be_visible()
    desk.keyboard.press("]")
    expect(desk.get_by_text("Under discussion · 1 of")).to_be_visible()
    title = desk.get_by_role("article").get_by_role("heading").inner_text()
    for page in (phone, executive.page):
        expect(page.get_by_role("article").get_by_role("heading")).to_have_text(title)

    phone.get_by_role("button", name="Raise hand").click()
    expect(phone.get_by_role("button", name="Your hand is up, you are next")).to_be_visible()
    expect(desk.get_by_role("region", name="Hands")).to_contain_text(NAMES["responder"])
    desk.keyboard.press("w")
    expect(phone.get_by_role("button", name="Raise hand")).to_be_visible()

    desk.keyboard.press("l")
    desk.get_by_role("button", name="Was this new to you?").click()
    phone.get_by_role("button", name="Partly").click()
    executive.page.get_by_role("button", name="Yes").click()
    expect(phone.get_by_role("button", name="Partly")).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_role("region", name="Poll")).to_contain_text("2 of 2 answered")
    expect(desk.get_by_role("region", name="Poll")).to_contain_text("from the third one on")

    phone.get_by_label("Add what you saw").fill("The panel of the pool was scaled to 5,000.")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Kept; the room sees it.")).to_be_visible()
    expect(executive.page.get_by_text("The panel of the pool was scaled to 5,000.")).to_be_visible()

    _put_a_card(desk, phone)
    expect(executive.page.get_by_text("told not to touch")).to_have_count(0)
    _touch_a_hypothesis(desk, phone)
    _capture_an_action(desk, responder)

    for page in (desk, phone):
        _hide_clocks(page)
        assert_axe_finds_nothing(page)
        assert_nothing_is_lost(page, [(1024, 768), (390, 844), (320, 640)])

    desk.set_viewport_size(DESK)  # type: ignore[arg-type]  # a plain dict
    desk.keyboard.press("Shift+E")
    # Enter alone does not end it, and keys of the page under it do nothing.
    expect(desk.get_by_role("button", name="Go on")).to_be_focused()
    desk.keyboard.press("n")
    desk.keyboard.press("Enter")
    expect(phone.get_by_text("2 of 7 · Timeline of events")).to_be_visible()
    desk.keyboard.press("Shift+E")
    desk.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    for page in (desk, phone, executive.page):
        expect(page.get_by_text("Thank you.")).to_be_visible()


def _hide_clocks(page: Page) -> None:
    """A time that counts on cannot be compared with itself; a reader may put it away, too."""
    page.evaluate("localStorage.setItem('secondstory.clocks-off', 'meeting agenda deadline')")
    page.reload()
    settled(page)


def _put_a_card(desk: Page, phone: Page) -> None:
    phone.get_by_role("button", name="Anonymous card").click()
    card = phone.get_by_role("dialog", name="Anonymous card")
    card.get_by_label("Your card").fill("We were told not to touch that file.")
    card.get_by_role("button", name="Put the card").click()
    expect(card).to_contain_text("It lies with the facilitator")
    card.get_by_role("button", name="Close").click()
    desk.reload()
    settled(desk)
    pile = desk.get_by_role("region", name="Anonymous cards")
    expect(pile).to_contain_text("We were told not to touch that file.")
    _take_the_card(desk, pile)


def _take_the_card(desk: Page, pile: Locator) -> None:
    """Into the capture bar; what was being written there waits."""
    bar = desk.get_by_role("region", name="Capture")
    field = bar.get_by_label("What was said")
    field.fill("The pool needs an owner")
    pile.get_by_role("button", name="Capture it").click()
    expect(field).to_have_value("We were told not to touch that file.")
    field.fill("")
    bar.get_by_role("button", name="Put it back").click()
    expect(field).to_have_value("The pool needs an owner")
    field.fill("")
    desk.keyboard.press("Escape")


def _touch_a_hypothesis(desk: Page, phone: Page) -> None:
    """What is said flows into the matrix, and all see there what it touched, beside the event and not over it."""
    desk.keyboard.press("y")
    bar = desk.get_by_role("region", name="Capture")
    bar.get_by_label("What was said").fill("orders ran out of connections")
    desk.keyboard.press("Enter")
    expect(bar).to_contain_text("Hypothesis kept")
    desk.keyboard.press("Escape")
    desk.keyboard.press("h")
    phone.get_by_role("button", name="Competing hypotheses").click()
    for page in (desk, phone):
        rivals = page.get_by_role("region", name="Competing hypotheses")
        expect(rivals).to_contain_text("1 touched")
        expect(rivals.locator("li").filter(has_text="touched")).to_contain_text("orders")
        expect(rivals).to_contain_text("weighs against it")
        expect(page.get_by_role("article").get_by_role("heading")).to_be_visible()
    desk.keyboard.press("h")


def _capture_an_action(desk: Page, responder: Guest) -> None:
    """One key, a sentence that is read back, and the yes of who was asked."""
    desk.keyboard.press("a")
    bar = desk.get_by_role("region", name="Capture")
    bar.get_by_label("What was said").fill(f"{responder.token} adds an alert on pool in use before Friday")
    expect(bar).to_contain_text(f"Owner {NAMES['responder']}")
    desk.keyboard.press("Enter")
    expect(bar).to_contain_text("Action kept")
    responder.page.get_by_role("button", name="I take it on").click()
    expect(desk.get_by_role("region", name="Board")).to_contain_text("taken on")
    desk.keyboard.press("Escape")
