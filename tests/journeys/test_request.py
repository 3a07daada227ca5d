"""A request followed through all services: from a failed one to begin with, by trace id, and by what it carries."""

import re
from collections.abc import Callable

import pytest
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


def test_a_failed_request_is_followed_through_the_services_and_folded_by_keys(visit: Visit) -> None:
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
    lines = tree.get_by_role("row", name="Log line of checkout, warn")
    expect(lines.first).to_be_visible()
    page.keyboard.press("l")
    expect(lines).to_have_count(0)
    before = tree.get_by_role("row").count()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(tree.get_by_role("row", name="gateway POST /checkout").first).to_have_attribute("aria-expanded", "false")
    assert tree.get_by_role("row").count() < before
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("row")).to_have_count(before)


def test_an_attribute_and_a_trace_id_lead_to_the_requests_that_carry_them(visit: Visit) -> None:
    page, tree = _first_failed(visit)
    trace = re.search(r"trace=([0-9a-f]{32})", page.url)
    assert trace is not None
    page.get_by_role("complementary", name="Details").get_by_role("link", name=re.compile("^u-")).click()
    expect(page).to_have_url(re.compile("attribute=enduser.id&value=u-"))
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ requests$"))).to_be_visible()
    expect(tree).to_be_visible()
    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_role("heading", name="Requests to begin with")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(trace.group(1).upper())
    page.keyboard.press("Enter")
    expect(tree).to_be_visible()
    expect(page).to_have_url(re.compile(f"trace={trace.group(1)}"))


def test_what_is_not_there_or_cannot_be_read_is_told_with_a_way_on(visit: Visit) -> None:
    page = visit("request?trace=" + "0" * 32)
    expect(page.get_by_text("Nothing carries this")).to_be_visible()
    expect(page.get_by_role("heading", name="Requests that are there")).to_be_visible()
    page.get_by_role("textbox").fill("the slow one")
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
