"""Two pages on one incident: what one says the other shows; a lost connection is told, and nothing is missed by it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
LIVE = "**/live?since=*"


def put_forward(page: Page, words: str) -> None:
    page.keyboard.press("h")
    page.keyboard.type("payment")
    page.keyboard.press("Tab")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("form", name="Add a hypothesis")).to_have_count(0)


def test_what_one_page_says_another_shows_also_after_its_connection_was_lost(visit: Visit) -> None:
    sockets: list[WebSocketRoute] = []
    shut = False

    def through(route: WebSocketRoute) -> None:
        if shut:
            route.close()
            return
        route.connect_to_server()
        sockets.append(route)

    reading = visit("causes", refused=True, before=lambda page: page.route_web_socket(LIVE, through))
    writing = visit("causes")
    columns = reading.get_by_role("columnheader").filter(has_text="put forward by people")
    expect(reading.get_by_role("region", name="Hypotheses and predictions")).to_be_visible()
    put_forward(writing, "The bank was slow again.")
    expect(columns).to_have_count(1)

    shut = True
    sockets[-1].close()
    expect(reading.get_by_role("alert").filter(has_text="Connection lost.")).to_be_visible()
    writing.keyboard.press("u")
    expect(writing.get_by_role("columnheader").filter(has_text="put forward by people")).to_have_count(0)
    expect(columns).to_have_count(1)
    shut = False
    expect(reading.get_by_role("status").filter(has_text="Connected again")).to_be_visible()
    expect(columns).to_have_count(0)
