"""A request followed through all services: from a failed one to begin with, by trace id, and by what it carries."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def _first_failed(visit: Visit, **options: object) -> tuple[Page, Locator]:
    """The waterfall of the first request that is offered, opened by keys alone."""
    page = visit("request", **options)
    expect(page.get_by_role("link", name=re.compile("failed")).first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    tree = page.get_by_role("treegrid")
    expect(tree).to_be_visible()
    return page, tree


def test_a_failed_request_is_followed_through_the_services_by_keys(visit: Visit) -> None:
    page, tree = _first_failed(visit)
    said = page.get_by_role("region", name="The request in words")
    expect(said).to_contain_text(re.compile(r"waited [\d.]+ s; work on it went on for [\d.]+ s, in \d services"))
    expect(said).to_contain_text("did not answer within")
    page.keyboard.press("w")
    expect(tree.get_by_role("row", name="gateway POST /checkout, failed")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(tree.get_by_role("row", name="checkout POST /checkout, failed")).to_be_focused()
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("Attributes")


def test_log_lines_stand_among_the_spans_and_can_be_put_away(visit: Visit) -> None:
    page, tree = _first_failed(visit)
    lines = tree.get_by_role("row", name=re.compile("^Log line of checkout, warn"))
    expect(lines.first).to_be_visible()
    page.keyboard.press("l")
    expect(lines).to_have_count(0)


def test_folding_a_span_hides_what_it_called(visit: Visit) -> None:
    page, tree = _first_failed(visit)
    before = tree.get_by_role("row").count()
    page.keyboard.press("w")
    page.keyboard.press("ArrowLeft")
    top = tree.get_by_role("row", name="gateway POST /checkout")
    expect(top).to_have_attribute("aria-expanded", "false")
    assert tree.get_by_role("row").count() < before
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("row")).to_have_count(before)


def test_an_attribute_leads_to_all_requests_that_carry_it(visit: Visit) -> None:
    page, _ = _first_failed(visit)
    details = page.get_by_role("complementary", name="Details")
    details.get_by_role("link", name=re.compile("^u-")).click()
    expect(page).to_have_url(re.compile("attribute=enduser.id&value=u-"))
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ requests$"))).to_be_visible()
    expect(page.get_by_role("treegrid")).to_be_visible()


def test_a_trace_id_is_pasted_into_the_search_field(visit: Visit) -> None:
    page, _ = _first_failed(visit)
    trace = re.search(r"trace=([0-9a-f]{32})", page.url)
    assert trace is not None
    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_role("heading", name="Requests to begin with")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(trace.group(1).upper())
    page.keyboard.press("Enter")
    expect(page.get_by_role("treegrid")).to_be_visible()


def test_what_is_not_there_is_told_with_a_way_on(visit: Visit) -> None:
    page = visit("request?trace=" + "0" * 32)
    expect(page.get_by_text("Nothing carries this")).to_be_visible()
    expect(page.get_by_role("heading", name="Requests that are there")).to_be_visible()


def test_a_question_that_cannot_be_read_is_not_asked(visit: Visit) -> None:
    page = visit("request")
    page.keyboard.press("/")
    page.keyboard.type("the slow one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("neither a trace id")
    expect(page.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")


def test_missing_parents_and_unanswered_calls_are_drawn_as_missing(visit: Visit) -> None:
    page = visit("request")
    span = {"service": "cart", "name": "GET /cart", "kind": "server", "start": "2026-11-21T10:50:00.000000Z"}
    span |= {"duration_ms": 40.0, "status": "ok", "status_message": None, "attributes": {}, "depth": 0, "orphan": True}
    call = span | {"span_id": "2" * 16, "parent_span_id": "1" * 16, "kind": "client", "orphan": False}
    call["attributes"] = {"server.address": "payment"}
    spans = [span | {"span_id": "1" * 16, "parent_span_id": "f" * 16}, call]
    trace = {"trace_id": "a" * 32, "start": span["start"], "duration_ms": 40.0, "services": ["cart"], "logs": []}
    found = {"traces": [trace | {"spans": spans}], "total": 1, "untraced": 0, "candidates": []}
    page.route("**/requests?**", lambda route: route.fulfill(json=found))
    page.goto(page.url + "?trace=" + "a" * 32)
    expect(page.get_by_role("row", name=f"Missing: parent span {'f' * 16} was not recorded")).to_be_visible()
    expect(page.get_by_role("row", name="Missing: payment recorded nothing for this call")).to_be_visible()
    expect(page.get_by_text("1 span names a parent that was never recorded.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, theme: Literal["light", "dark"]) -> None:
    page, _ = _first_failed(visit, color_scheme=theme, reduced_motion="reduce")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
