"""Competing hypotheses by keyboard alone: put one forward, mark a cell with a reason, take both back; and refusals."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def test_a_hypothesis_is_put_forward_marked_and_taken_back_by_keys(visit: Visit) -> None:
    page = visit("causes")
    own = page.get_by_role("columnheader").filter(has_text="put forward by people")
    expect(page.get_by_role("region", name="Hypotheses and predictions")).to_be_visible()
    page.keyboard.press("h")
    form = page.get_by_role("form", name="Add a hypothesis")
    expect(form.get_by_label("Service")).to_be_focused()
    page.keyboard.type("payment")
    page.keyboard.press("Tab")
    page.keyboard.type("The bank was slow again.")
    page.keyboard.press("Enter")
    expect(own).to_contain_text("payment")
    expect(form).to_have_count(0)
    cell = page.get_by_role("complementary", name="The cell in view")
    expect(cell).to_contain_text("“The bank was slow again.”")
    expect(page.locator(".cell:focus")).to_have_count(1)
    expect(cell.locator(".tag")).to_have_text("failed")
    page.keyboard.press("1")
    expect(cell.get_by_label("Why it held")).to_be_focused()
    page.keyboard.type("The bank says so.")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("Marked by owner, where the data say failed: “The bank says so.”")
    expect(cell.locator(".tag")).to_have_text("held")
    expect(page.get_by_text("Saved. The document is from before it")).to_be_visible()
    page.keyboard.press("u")
    expect(cell.locator(".tag")).to_have_text("failed")
    page.keyboard.press("u")
    expect(own).to_have_count(0)


def test_what_the_server_refuses_is_said_and_nothing_looks_saved(visit: Visit) -> None:
    page = visit("causes", refused=True)
    problem = {"title": "Unavailable", "detail": "The disk is full.", "next": "Free some space.", "status": 503}
    page.route("**/matrix/hypotheses", lambda route: route.fulfill(status=503, json=problem))
    page.keyboard.press("h")
    page.keyboard.type("payment")
    page.keyboard.press("Tab")
    page.keyboard.type("The bank was slow again.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="The disk is full. Free some space.")).to_be_visible()
    expect(page.get_by_role("form", name="Add a hypothesis").get_by_label("What happened")).to_have_value(
        "The bank was slow again."
    )
    expect(page.get_by_role("columnheader").filter(has_text="put forward by people")).to_have_count(0)


def test_what_would_change_the_ranking_and_the_case_against_the_leader_are_read_beside_the_matrix(visit: Visit) -> None:
    page = visit("causes")
    cell = page.get_by_role("complementary", name="The cell in view")
    expect(cell).to_contain_text("No single cell would put another explanation first")
    expect(cell).to_contain_text("If orders were not where it begins, what else would explain")
    hop = page.get_by_role("listitem").filter(has_text="checkout sends more calls for each request than before")
    expect(hop).to_contain_text("No retry budget")
    expect(hop).to_contain_text("calls in vain")
