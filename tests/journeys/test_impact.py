"""Impact as a facilitator reads it: budget by phase, blast radius over time, durations, amounts people stand for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
ANALYSED_MS = 180_000


def test_figures_are_intervals_and_lead_to_their_evidence(visit: Visit) -> None:
    page = visit("impact")
    figures = page.get_by_role("list", name="Numbers of the impact").get_by_role("listitem")
    failed = figures.filter(has_text="Share that failed")
    expect(failed).to_contain_text(re.compile(r"\d.* – \d.* %, out of 2,815"))
    expect(failed).to_contain_text("95 % Wilson interval")
    failed.get_by_role("button", name=re.compile("^Evidence")).click()
    panel = page.get_by_role("complementary", name=re.compile("^Evidence E"))
    expect(panel).to_contain_text("OutcomeQuery")


def test_the_budget_adds_up_by_phase_and_its_words_are_defined(visit: Visit) -> None:
    page = visit("impact")
    budget = page.get_by_role("region", name="Error budget")
    rows = budget.get_by_role("table").first.locator("tbody tr")
    expect(rows).to_have_count(4)
    counted = [int(row.locator("b").inner_text().replace(",", "")) for row in rows.all()]
    assert abs(sum(counted) - 1092) <= 2  # each is rounded
    expect(budget.get_by_role("row", name=re.compile("^6 h"))).to_contain_text("no")
    budget.get_by_text("What these words mean here").click()
    expect(budget).to_contain_text("99.5 % of the period's requests are to be good.")
    budget.get_by_role("combobox", name="Objective").select_option("gateway-latency")
    expect(budget).to_contain_text("takes no longer than 500 ms")
    assert "slo=gateway-latency" in page.url


def test_the_blast_radius_is_walked_through_time_by_slider_and_by_play(visit: Visit) -> None:
    page = visit("impact")
    blast = page.get_by_role("region", name="Blast radius")
    expect(blast).to_contain_text("at its widest")
    slider = blast.get_by_role("slider")
    slider.press("Home")
    expect(blast).to_contain_text("1 of 7 services")
    first = slider.input_value()
    page.get_by_role("heading", name="Blast radius").click()
    page.keyboard.press("Space")
    expect(blast.get_by_role("button", name="Stop")).to_be_visible()
    expect(slider).not_to_have_value(first)
    expect(blast).to_contain_text("3 of 7 services")
    page.keyboard.press("Space")
    expect(blast.get_by_role("button", name=re.compile("^Play"))).to_be_visible()
    expect(blast.get_by_role("img", name=re.compile("^failed, in steps of 5 s: at most 67"))).to_be_visible()
    touched = page.get_by_role("table", name="What was hit")
    expect(touched.get_by_role("row").filter(has_text="POST /checkout")).to_contain_text("865 of 951")


def test_the_service_map_tells_reached_calm_and_unknown_apart_and_charts_have_tables(visit: Visit) -> None:
    page = visit("impact")
    expect(page.get_by_role("heading", name="Blast radius")).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name=re.compile(r"^gateway: \d+ % of requests failed"))).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name=re.compile("^checkout: 100 % of requests failed"))).to_be_focused()
    expect(page.get_by_role("button", name="cart: stayed inside its band")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^payment: payment usually has rows in"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Share of failed requests, gateway: usually"))).to_be_visible()
    page.keyboard.press("t")
    table = page.get_by_role("region", name="Share of failed requests, gateway")
    expect(table.get_by_role("row").nth(5)).to_contain_text("%")


def test_durations_say_from_which_moment_to_which(visit: Visit) -> None:
    page = visit("impact")
    parts = page.get_by_role("region", name="How long each part took")
    expect(parts.get_by_role("listitem").filter(has_text="To detect (TTD)")).to_contain_text("41 s – 51 s")
    parts.get_by_text("From which moment to which").click()
    expect(parts).to_contain_text("From the beginning of the impact to the first alert, page or message.")


def test_the_list_names_the_services_hit_and_how_long_it_lasted(visit: Visit) -> None:
    page = visit("#/")
    row = page.get_by_role("row", name=re.compile("Checkout fails for many customers"))
    expect(row).to_contain_text("3 m, orders, checkout, gateway")
    page.get_by_role("searchbox").fill("orders")
    expect(row).to_be_visible()


def test_a_value_given_becomes_an_amount_with_who_gave_it_and_can_be_taken_back(visit: Visit) -> None:
    page = visit("impact")
    money = page.get_by_role("region", name="Money and customers")
    expect(money).to_contain_text("no amount is shown")
    money.get_by_label("From", exact=True).fill("2")
    money.get_by_label("to", exact=True).fill("4")
    money.get_by_label("Where it comes from").fill("average order")
    money.get_by_role("button", name="Give value").click()
    expect(money).to_contain_text("2,177 – 4,368 EUR", timeout=ANALYSED_MS)
    expect(money).to_contain_text("2 to 4 EUR for each of 1,089 to 1,092 failed requests")
    expect(money).to_contain_text(re.compile("owner, .*: average order"))
    money.get_by_role("button", name="Take back").click()
    expect(money).to_contain_text("no amount is shown", timeout=ANALYSED_MS)
