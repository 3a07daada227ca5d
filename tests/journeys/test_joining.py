"""Somebody is invited, comes in with a browser of their own, talks, is given another role while there, and goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Site
from tests.journeys.seen import assert_axe_finds_nothing, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def test_who_was_invited_joins_is_seen_talks_gets_another_role_and_goes(
    visit: Visit, browser: Browser, site: Site
) -> None:
    owner = visit("people")
    owner.locator("select[aria-describedby=means]").select_option("observer")
    owner.get_by_role("button", name="Make a link").click()
    link = owner.get_by_role("status").filter(has_text="Send this to one person.").locator("code").inner_text()

    context = browser.new_context(viewport={"width": 1440, "height": 900})
    guest = context.new_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Checkout fails for many customers")
    assert_axe_finds_nothing(guest)
    guest.get_by_label("Your name").fill("Wanda Ferreira")
    guest.keyboard.press("Enter")
    expect(guest).to_have_url(f"{site.base}#/i/{site.incident}")
    settled(guest)

    owner.goto(site.at("document"))
    guest.goto(site.at("document"))
    settled(guest)
    expect(guest.get_by_role("button", name="Comment on")).to_have_count(0)
    expect(owner.get_by_text("observer-1").first).to_be_visible()

    facilitating = visit("people")
    facilitating.get_by_label("Role of observer-1").select_option("responder")
    section = guest.get_by_role("button", name="Comment on Bottom line up front")
    expect(section).to_be_visible()
    section.click()
    panel = guest.get_by_role("complementary", name="Comments on")
    panel.get_by_role("textbox").fill("Is this how you saw it, ")
    panel.get_by_role("textbox").press_sequentially("@ow")
    panel.get_by_role("button", name="@owner").click()
    expect(panel.get_by_role("textbox")).to_have_value("Is this how you saw it, @owner ")
    guest.keyboard.type("and @observer-9?")
    expect(panel.get_by_role("status")).to_contain_text("observer-9 is not in this incident")
    guest.keyboard.press("Control+Enter")
    expect(panel.get_by_role("article")).to_contain_text("Is this how you saw it")
    facilitating.goto(site.at(""))
    expect(facilitating.get_by_text("1 mention")).to_be_visible()
    expect(facilitating.get_by_text("Ferreira")).to_have_count(0)

    guest.get_by_role("button", name="Sign out").click()
    expect(guest.get_by_role("heading", name="You are not signed in")).to_be_visible()
    context.close()
