"""Every page serves whoever cannot see colours, use a mouse, read small print or bear motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Site
from tests.journeys.room_people import DESK, PHONE, invited
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


@pytest.mark.parametrize(("role", "size"), [("owner", DESK), ("responder", PHONE), ("observer", PHONE)])
def test_a_meeting_that_is_on_serves_everybody_in_it(
    browser: Browser, site: Site, visit: Visit, role: str, size: dict[str, int]
) -> None:
    desk = visit("room", reduced_motion="reduce", before=_without_clocks)
    settled(desk)
    begin = desk.get_by_role("button", name="Begin the meeting")
    if begin.is_visible():
        begin.click()
        expect(desk.locator("[aria-current=step]")).to_contain_text("Opening")
        desk.keyboard.press("n")
        expect(desk.locator("[aria-current=step]")).to_contain_text("Timeline of events")
        desk.keyboard.press("]")
        desk.keyboard.press("l")
        desk.get_by_role("button", name="Was this new to you?").click()
        desk.get_by_text("Ask all to agree").click()
        desk.get_by_role("button", name="May what is said be read along?").click()
        _capture(desk)
    guest = None if role == "owner" else invited(browser, site, desk, role, size)
    page = guest.page if guest else desk
    if guest:
        page.emulate_media(reduced_motion="reduce")
        _without_clocks(page)
    page.reload()  # so that the focus begins where the page does
    settled(page)
    expect(page.get_by_role("heading", name="May what is said be read along?")).to_be_visible()
    expect(page.get_by_text("An alert on the pool").last).to_be_visible()
    assert_nothing_moves(page)
    assert_tab_leads_everywhere(page)
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, NARROWER if page is desk else [*NARROWER[2:], (390, 844)])
    if guest:
        guest.context.close()


def _without_clocks(page: Page) -> None:
    """A time that counts on cannot be compared with itself; a reader may put it away, too."""
    page.add_init_script("localStorage.setItem('secondstory.clocks-off', 'meeting agenda deadline')")


def _capture(desk: Page) -> None:
    desk.keyboard.press("p")
    desk.keyboard.type("An alert on the pool")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Capture")).to_contain_text("Parked kept")
    desk.keyboard.press("Escape")
