"""Why it was not caught earlier: the line is dragged, by mouse or keys, and the server says when it fires."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
SOONER = re.compile(r"At (\S+) connections it fires .* sooner than a person was told, with no false alarm")


def test_the_answer_stands_beside_every_rule_and_the_file_can_be_taken_away(visit: Visit) -> None:
    page = visit("impact")
    section = page.get_by_role("region", name="Why wasn’t this caught earlier?")
    expect(section).to_contain_text("An alert on the fill level of orders would have fired at 11:50:18")
    table = section.get_by_role("table", name="Alert rules and when each would have fired")
    expect(table.get_by_role("columnheader", name="False alarms in 4 m 51 s")).to_be_visible()
    expect(section).to_contain_text("too short to tell how often it would on a usual day")
    rules = table.locator("tbody tr")
    expect(rules.first).to_contain_text("the fill level of orders")
    expect(rules.filter(has_text="GatewayErrorRatioHigh")).to_contain_text("existing")
    expect(section).to_contain_text("canary: skipped")
    with page.expect_download() as taken:
        section.get_by_role("link", name="Export rule file").click()
    assert "alert:" in taken.value.path().read_text()


def test_keys_move_the_line_and_the_answer_follows(visit: Visit) -> None:
    page = visit("impact")
    line = page.get_by_role("slider", name=re.compile("^Line of the fill level of orders"))
    expect(line).to_have_attribute("aria-valuetext", "above 10 connections for 15 s")
    line.focus()
    page.keyboard.press("PageDown")
    expect(line).to_have_attribute("aria-valuetext", "above 5 connections for 15 s")
    expect(page.get_by_role("status").filter(has_text=SOONER)).to_contain_text("At 5 connections")
    page.keyboard.press("End")
    expect(page.get_by_text("would not have fired").first).to_be_visible()


def test_a_hand_drags_the_line(visit: Visit) -> None:
    page = visit("impact")
    line = page.get_by_role("slider", name=re.compile("^Line of the fill level of orders"))
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 50, steps=5)
    page.mouse.up()
    expect(line).not_to_have_attribute("aria-valuenow", "10")
    told = page.get_by_role("status").filter(has_text=SOONER)
    moved = float(line.get_attribute("aria-valuenow") or "10")
    assert moved < 10
    expect(told).to_contain_text(f"At {moved:g} connections")


def test_another_rule_is_taken_up_by_its_name(visit: Visit) -> None:
    page = visit("impact")
    page.get_by_role("button", name="GatewayErrorRatioHigh").click()
    expect(page.get_by_role("slider", name="Line of GatewayErrorRatioHigh")).to_have_attribute("aria-valuenow", "0.05")


def test_a_moved_line_is_proposed_as_an_action_by_keys_and_taken_back(visit: Visit) -> None:
    page = visit("impact")
    section = page.get_by_role("region", name="Why wasn’t this caught earlier?")
    propose = section.get_by_role("button", name="Propose as action")
    expect(propose).to_be_enabled()
    line = page.get_by_role("slider", name=re.compile("^Line of the fill level of orders"))
    line.focus()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("status").filter(has_text=SOONER)).to_contain_text("At 5 connections")
    expect(propose).to_be_enabled()
    page.keyboard.press("p")
    expect(section.get_by_label("Why this alert")).to_be_focused()
    page.keyboard.type("It would have woken us a minute sooner.")
    page.keyboard.press("Enter")
    held = section.get_by_role("list", name="Alerts proposed as actions").get_by_role("listitem")
    expect(held).to_contain_text("above 5 connections for 15 s, “It would have woken us a minute sooner.”")
    expect(held).to_contain_text(re.compile("sooner; 0 false alarms in 4 m 51 s"))
    expect(section).to_contain_text("The document’s actions are from before it")
    page.get_by_role("button", name="GatewayErrorRatioHigh").click()
    expect(section).to_contain_text("it exists; move its line first")
    expect(propose).to_be_disabled()
    held.get_by_role("button", name="Take back").click()
    expect(held).to_have_count(0)


def test_a_refused_proposal_is_said_and_nothing_looks_saved(visit: Visit) -> None:
    page = visit("impact", refused=True)
    problem = {"title": "Unavailable", "detail": "The disk is full.", "next": "Free some space.", "status": 503}
    page.route("**/detection/proposals", lambda route: _refuse(route, problem))
    page.get_by_role("button", name="Propose as action").click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="The disk is full. Free some space.")).to_be_visible()
    expect(page.get_by_role("list", name="Alerts proposed as actions")).to_have_count(0)


def test_a_line_at_rest_asks_nothing(visit: Visit) -> None:
    page = visit("impact")
    expect(page.get_by_role("button", name="Propose as action")).to_be_enabled()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    line = page.get_by_role("slider", name=re.compile("^Line of"))
    line.focus()
    page.keyboard.press("Tab")
    assert not _replays_after(page, asked)
    line.focus()
    page.keyboard.press("ArrowUp")
    assert _replays_after(page, asked)


def _replays_after(page: Page, asked: list[str]) -> list[str]:
    """What was asked of the replay once all that waits has run; a request of our own comes after the page's."""
    page.clock.run_for(5000)
    page.evaluate("() => fetch('/api/v1/health').then(answer => answer.status)")
    return [url for url in asked if "replay" in url]


def _refuse(route: Route, problem: dict[str, object]) -> None:
    if route.request.method == "POST":
        route.fulfill(status=503, json=problem)
    else:
        route.continue_()
