"""Two people write in the notes of one meeting, one of them without a connection for a while."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from tests.journeys.conftest import Site
from tests.journeys.room_people import PHONE, invited
from tests.journeys.seen import assert_axe_finds_nothing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTES = "**/meeting/notes"
Visit = Callable[..., Page]


def test_two_write_at_once_and_what_was_written_offline_merges(browser: Browser, site: Site, visit: Visit) -> None:
    sockets: list[WebSocketRoute] = []
    shut = True

    def through(route: WebSocketRoute) -> None:
        if shut:
            route.close()
            return
        route.connect_to_server()
        sockets.append(route)

    owner = visit("room", refused=True, before=lambda page: page.route_web_socket(NOTES, through))
    owner.get_by_role("button", name="Begin the meeting").click()
    guest = invited(browser, site, owner, "responder", PHONE)
    mine = owner.get_by_role("textbox", name="Shared notes, Markdown")
    theirs = guest.page.get_by_role("textbox", name="Shared notes, Markdown")
    panel = owner.get_by_role("region", name="Shared notes")

    expect(panel.get_by_text("opening", exact=True)).to_be_visible()
    mine.click()
    owner.keyboard.type("Pool at 480 of 480 E07")
    expect(mine).to_contain_text("Pool at 480 of 480 E07")
    shut = False
    expect(panel.get_by_text("saved", exact=True)).to_be_visible()
    expect(theirs).to_contain_text("Pool at 480 of 480 E07")
    theirs.click()
    guest.page.keyboard.press("Control+Home")
    guest.page.keyboard.type("What we saw. ")
    expect(mine).to_contain_text("What we saw. Pool at 480")
    expect(panel.get_by_text("2 writing")).to_be_visible()
    expect(mine.locator(".cm-other")).to_have_attribute("data-token", guest.token)

    shut = True
    sockets[-1].close()
    owner.keyboard.press("Control+End")
    owner.keyboard.type(", nobody had a panel")
    expect(panel.get_by_role("status")).to_have_text("Kept in this browser until the connection is back.")
    expect(panel.get_by_text("saved", exact=True)).to_have_count(0)
    guest.page.keyboard.type("All of us: ")
    shut = False
    whole = "What we saw. All of us: Pool at 480 of 480 E07, nobody had a panel"
    expect(mine).to_have_text(whole)
    expect(theirs.locator(".cm-line")).to_have_text(whole)
    expect(panel.get_by_text("saved", exact=True)).to_be_visible()

    owner.keyboard.press("Escape")
    expect(mine).not_to_be_focused()
    owner.reload()
    expect(mine).to_contain_text("nobody had a panel")
    assert_axe_finds_nothing(owner)
    guest.context.close()
