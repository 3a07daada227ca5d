"""Causes as a facilitator reads them: the answer, the cascade, the matrix, and to the evidence by keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def _changed(visit: Visit, place: str, **body: object) -> Page:
    """A page of causes whose document says this."""

    def answer(route: Route) -> None:
        stored = route.fetch().json()
        route.fulfill(json={**stored, "body": {**stored["body"], **body}})

    return visit(place, before=lambda page: page.route("**/documents/causes", answer))


def test_the_answer_comes_first_and_says_how_sure_it_is_and_by_which_mechanism(visit: Visit) -> None:
    page = visit("causes")
    answer = page.get_by_role("region", name="Bottom line")
    expect(answer).to_contain_text("Supported")
    expect(answer).to_contain_text(
        re.compile(r"points first to orders: connection pool full\. It carries \d+ % of the weight")
    )
    expect(answer).to_contain_text("no proof that the change led to it")
    hop = page.get_by_role("listitem").filter(has_text="checkout sends more calls for each request than before")
    expect(hop).to_contain_text("share of failed calls 0 % → 100 %")
    expect(hop).to_contain_text("new lines: orders did not answer")
    expect(hop).to_contain_text("What is set on this call is not recorded.")


def test_the_cascade_is_walked_by_arrows_and_in_time_and_enter_opens_the_evidence(visit: Visit) -> None:
    page = visit("causes")
    page.keyboard.press("c")
    first = page.get_by_role("button", name=re.compile("^connection pool full, orders, first sign"))
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    second = page.get_by_role("button", name=re.compile("^requests fail, checkout, first sign"))
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name=re.compile("^Evidence E"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(second).to_be_focused()
    slider = page.get_by_role("slider", name="Time in the cascade")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("4 of 4 first signs$"))
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("0 of 4 first signs$"))
    slider.blur()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", re.compile("4 of 4 first signs$"))
    expect(page.get_by_role("button", name="Walk through")).to_be_visible()


def test_the_matrix_is_walked_by_arrows_and_the_ranking_says_the_same_in_sentences(visit: Visit) -> None:
    page = visit("causes")
    page.keyboard.press("m")
    cell = page.get_by_role("complementary", name="The cell in view")
    expect(cell).to_contain_text("orders ×")
    page.keyboard.press("End")
    expect(cell).to_contain_text("gateway ×")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name=re.compile("^Evidence E"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cell:focus")).to_have_count(1)
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("view=ranking"))
    expect(page.get_by_text("orders: connection pool full", exact=True)).to_be_visible()
    against = page.get_by_text("That the change came before the fault does not show that it led to it.")
    expect(against.last).to_be_visible()


def test_a_method_without_data_or_that_failed_is_shown_as_such(visit: Visit) -> None:
    runs = [
        {"name": "deviation", "state": "failed", "detail": "Divided by zero.", "ranking": []},
        {"name": "new_against_old", "state": "no data", "detail": "One version ran.", "ranking": []},
    ]
    page = _changed(visit, "causes?view=methods", methods=runs)
    expect(page.get_by_text("1 method failed")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Divided by zero.")
    expect(row).to_contain_text("failed")
    expect(row).to_contain_text("Its voice is missing from the ranking.")
    expect(page.get_by_role("row").filter(has_text="One version ran.")).to_contain_text("no data")


def test_what_is_not_decided_is_not_told_as_an_answer(visit: Visit) -> None:
    page = _changed(visit, "causes", verdict="inconclusive", separating="Traces of a few requests would tell.")
    answer = page.get_by_role("region", name="Bottom line")
    expect(answer).to_contain_text("Inconclusive")
    expect(answer).to_contain_text("The evidence does not decide.")
    expect(answer).to_contain_text("Traces of a few requests would tell.")


def test_no_cause_is_named_where_nothing_left_its_band(visit: Visit) -> None:
    none = {"verdict": "none", "hypotheses": [], "cascade": []}
    page = _changed(visit, "causes", **none, separating="Nothing left its band.")
    expect(page.get_by_role("region", name="Bottom line")).to_contain_text("No cause is named. Nothing left its band.")
    expect(page.get_by_role("heading", name="Cascade")).to_have_count(0)
