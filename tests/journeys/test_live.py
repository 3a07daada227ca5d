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


def test_people_talk_on_a_hypothesis_by_keys_and_take_back_what_they_said(visit: Visit) -> None:
    page, other = visit("causes"), visit("causes")
    page.get_by_role("complementary", name="The cell in view").get_by_role("button", name="Comment on").click()
    panel = page.get_by_role("complementary", name="Comments on")
    expect(panel).to_contain_text("Nobody has said anything here yet.")
    panel.get_by_role("textbox").focus()
    page.keyboard.type("Kim should have known that the pool was too small.")
    expect(panel.get_by_text("Only you")).to_be_visible()
    expect(panel.get_by_text("“Kim should have known”")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("Was the size of the pool known by then? @responder-2")
    page.keyboard.press("Control+Enter")
    thread = panel.get_by_role("article")
    expect(thread).to_contain_text("Was the size of the pool known by then?")
    other.get_by_role("button", name="1 open thread").click()
    everything = other.get_by_role("complementary", name="Comments")
    expect(everything).to_contain_text("Was the size of the pool known by then?")
    everything.get_by_role("button", name="Answer").click()
    other.keyboard.type("Only by the dashboard.")
    other.keyboard.press("Control+Enter")
    expect(thread).to_contain_text("Only by the dashboard.")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").filter(has_text="Taken back: comment on comment/")).to_be_visible()
    expect(everything).to_contain_text("Taken back by who wrote it.")
    page.keyboard.press("Control+z")
    expect(everything).to_contain_text("Nobody has commented in this incident yet.")
