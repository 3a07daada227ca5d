"""Causes and impact as a facilitator reads them: the answer, the cascade, the matrix, and to the evidence by keys."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def _causes(visit: Visit, place: str = "causes", **options: object) -> Page:
    page = visit(place, **options)
    expect(page.get_by_role("heading", name="Competing hypotheses")).to_be_visible()
    return page


def _changed(page: Page, document: str, **body: object) -> None:
    """From now on the document's body says this."""

    def answer(route: Route) -> None:
        stored = route.fetch().json()
        route.fulfill(json={**stored, "body": {**stored["body"], **body}})

    page.route(f"**/documents/{document}", answer)


def test_the_answer_comes_first_and_says_how_sure_it_is(visit: Visit) -> None:
    page = _causes(visit)
    answer = page.get_by_role("region", name="Bottom line")
    expect(answer).to_contain_text("Supported")
    expect(answer).to_contain_text(
        re.compile(r"points first to orders: connection pool full\. It carries \d+ % of the weight")
    )
    expect(answer).to_contain_text("no proof that the change led to it")


def test_the_cascade_is_walked_by_arrows_and_enter_opens_the_evidence(visit: Visit) -> None:
    page = _causes(visit)
    page.keyboard.press("c")
    first = page.get_by_role("button", name=re.compile("^connection pool full, orders, first sign"))
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    second = page.get_by_role("button", name=re.compile("^requests fail, checkout, first sign"))
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name=re.compile("^Evidence E"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(second).to_be_focused()


def test_each_hop_tells_its_mechanism_what_the_call_showed_and_what_is_not_recorded(visit: Visit) -> None:
    hop = _causes(visit).get_by_role("listitem").filter(has_text="Failures of orders become failures of checkout.")
    expect(hop).to_contain_text("share of failed calls 0 % → 100 %")
    expect(hop).to_contain_text("new lines: orders did not answer")
    expect(hop).to_contain_text("What is set on this call is not recorded.")


def test_time_walks_through_the_cascade(visit: Visit) -> None:
    page = _causes(visit)
    slider = page.get_by_role("slider", name="Time in the cascade")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("4 of 4 first signs$"))
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("0 of 4 first signs$"))


def test_a_cell_of_the_matrix_is_reached_by_arrows_and_opens_its_evidence(visit: Visit) -> None:
    page = _causes(visit)
    page.keyboard.press("m")
    cell = page.get_by_role("complementary", name="The cell in view")
    expect(cell).to_contain_text("orders ×")
    page.keyboard.press("End")
    expect(cell).to_contain_text("checkout ×")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name=re.compile("^Evidence E"))).to_be_visible()


def test_the_ranking_says_the_same_in_sentences(visit: Visit) -> None:
    page = _causes(visit)
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("view=ranking"))
    expect(page.get_by_text("orders: connection pool full", exact=True)).to_be_visible()
    against = page.get_by_text("That the change came before the fault does not show that it led to it.")
    expect(against.last).to_be_visible()


def test_a_method_without_data_or_that_failed_is_shown_as_such(visit: Visit) -> None:
    page = visit()
    runs = [
        {"name": "deviation", "state": "failed", "detail": "Divided by zero.", "ranking": []},
        {"name": "new_against_old", "state": "no data", "detail": "One version ran.", "ranking": []},
    ]
    _changed(page, "causes", methods=runs)
    page.goto(page.url + "/causes?view=methods")
    expect(page.get_by_text("1 method failed")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Divided by zero.")
    expect(row).to_contain_text("failed")
    expect(row).to_contain_text("Its voice is missing from the ranking.")
    expect(page.get_by_role("row").filter(has_text="One version ran.")).to_contain_text("no data")


def test_what_is_not_decided_is_not_told_as_an_answer(visit: Visit) -> None:
    page = visit()
    _changed(page, "causes", verdict="inconclusive", separating="Traces of a few requests would tell.")
    page.goto(page.url + "/causes")
    answer = page.get_by_role("region", name="Bottom line")
    expect(answer).to_contain_text("Inconclusive")
    expect(answer).to_contain_text("The evidence does not decide.")
    expect(answer).to_contain_text("Traces of a few requests would tell.")


def test_no_cause_is_named_where_nothing_left_its_band(visit: Visit) -> None:
    page = visit()
    _changed(page, "causes", verdict="none", hypotheses=[], cascade=[], separating="Nothing left its band.")
    page.goto(page.url + "/causes")
    expect(page.get_by_role("region", name="Bottom line")).to_contain_text("No cause is named. Nothing left its band.")
    expect(page.get_by_role("heading", name="Cascade")).to_have_count(0)


def test_figures_are_intervals_with_their_reckoning_and_lead_to_their_evidence(visit: Visit) -> None:
    page = visit("impact")
    figures = page.get_by_role("list", name="Numbers of the impact").get_by_role("listitem")
    failed = figures.filter(has_text="Share that failed")
    expect(failed).to_contain_text(re.compile(r"\d.* – \d.* %, out of 2,815"))
    expect(failed).to_contain_text("95 % Wilson interval")
    failed.get_by_role("button", name=re.compile("^Evidence")).click()
    panel = page.get_by_role("complementary", name=re.compile("^Evidence E"))
    expect(panel).to_contain_text("OutcomeQuery")


def test_failures_fall_on_phases_and_add_up(visit: Visit) -> None:
    page = visit("impact")
    rows = page.get_by_role("region", name="Error budget").locator("tbody tr")
    expect(rows).to_have_count(4)
    counted = [int(row.locator("b").inner_text().replace(",", "")) for row in rows.all()]
    # Of 1,092 in all, a few come before the middle of the interval in which the impact began.
    assert 1000 < sum(counted) <= 1092


def test_the_service_map_tells_reached_calm_and_unknown_apart(visit: Visit) -> None:
    page = visit("impact")
    expect(page.get_by_role("heading", name="Services reached")).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name=re.compile("^gateway: 41 % of requests failed"))).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name=re.compile("^checkout: 100 % of requests failed"))).to_be_focused()
    expect(page.get_by_role("button", name="cart: stayed inside its band")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^payment: payment usually has rows in"))).to_be_visible()


def test_charts_of_the_impact_have_tables_behind_them(visit: Visit) -> None:
    page = visit("impact")
    expect(page.get_by_role("img", name=re.compile("^Share of failed requests, gateway: usually"))).to_be_visible()
    page.keyboard.press("t")
    table = page.get_by_role("region", name="Share of failed requests, gateway")
    expect(table.get_by_role("row").nth(5)).to_contain_text("%")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", ["causes", "causes?view=ranking", "causes?view=methods", "impact", "impact?as=table"])
def test_axe_finds_nothing(visit: Visit, place: str, theme: Literal["light", "dark"]) -> None:
    page = visit(place, color_scheme=theme, reduced_motion="reduce")
    expect(page.get_by_role("heading", name="Bottom line", exact=True)).to_be_visible()
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
