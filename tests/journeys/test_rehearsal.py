"""A hard meeting is practised by keyboard: three turns, one of them tried again, and how it went stays one's own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.journeys.seen import assert_axe_finds_nothing, assert_nothing_is_lost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
ANSWERS = (
    "There is orders 1.8.0 at 11:49. On-call engineer, what does the pool panel of orders show then?",
    "I take that as a claim about the tool. On-call engineer, what did your panel show right before?",
    "The release engineer did miss it, I promise it will never happen again.",
)


def test_three_turns_by_keyboard_and_one_of_them_again(visit: Visit) -> None:
    page = visit("#/rehearse?level=2")
    expect(page.get_by_text("Choose a room")).to_be_visible()
    page.get_by_label("Facts of").select_option(label="Checkout fails for many customers")
    page.get_by_role("link", name="The deploy").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Your answer")
    expect(page.get_by_text("Facts on record")).to_be_visible()
    for number, answer in enumerate(ANSWERS, start=1):
        field.focus()
        page.keyboard.insert_text(answer)
        page.keyboard.press("Enter")
        expect(page.get_by_role("log").get_by_text(f"turn {number + 1}", exact=False).first).to_be_visible()
    said = page.get_by_role("log")
    expect(said.locator("mark.against").last).to_contain_text("did miss it")
    expect(page.get_by_role("region", name="A better wording")).to_contain_text("Next:")
    expect(page.get_by_role("region", name="Over your sessions").get_by_role("table")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(field).to_have_value(ANSWERS[2])
    expect(said).not_to_contain_text("never happen again")
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, ((1024, 768), (390, 844), (320, 800)))


def test_a_room_that_is_not_there_says_what_to_do(visit: Visit) -> None:
    page = visit("#/rehearse?room=nowhere", refused=True)
    expect(page.get_by_role("alert")).to_contain_text("There is no room nowhere")
    expect(page.get_by_role("alert")).to_contain_text("Choose one of")


def test_answers_stay_on_the_page_when_the_server_is_gone(visit: Visit) -> None:
    page = visit("#/rehearse?room=procedure", refused=True)
    field = page.get_by_label("Your answer")
    field.fill("The steps stand as you tell them.")
    page.route("**/api/v1/rehearsals", _gone)
    field.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(field).to_have_value("The steps stand as you tell them.")
    page.unroute("**/api/v1/rehearsals")
    field.press("Enter")
    expect(page.get_by_role("heading", name="What your last answer did")).to_be_visible()


def _gone(route: Route) -> None:
    route.abort()
