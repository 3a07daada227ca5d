"""Why it was not caught earlier: the line is dragged, by mouse or keys, and the server says when it fires."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
SOONER = re.compile(r"At (\S+) connections it fires .* sooner than a person was told, with no false alarm")


def test_the_answer_stands_beside_every_rule_and_the_file_can_be_taken_away(visit: Visit) -> None:
    page = visit("impact")
    section = page.get_by_role("region", name="Why wasn’t this caught earlier?")
    expect(section).to_contain_text("An alert on how full orders is would have fired at 11:50:18")
    rules = section.get_by_role("table", name="Alert rules and when each would have fired").locator("tbody tr")
    expect(rules.first).to_contain_text("how full orders is")
    expect(rules.filter(has_text="GatewayErrorRatioHigh")).to_contain_text("existing")
    expect(section).to_contain_text("canary: skipped")
    with page.expect_download() as taken:
        section.get_by_role("link", name="Export rule file").click()
    assert "alert:" in taken.value.path().read_text()


def test_keys_move_the_line_and_the_answer_follows(visit: Visit) -> None:
    page = visit("impact")
    line = page.get_by_role("slider", name=re.compile("^Line of how full orders is"))
    expect(line).to_have_attribute("aria-valuetext", "above 10 connections for 15 s")
    line.focus()
    page.keyboard.press("PageDown")
    expect(line).to_have_attribute("aria-valuetext", "above 5 connections for 15 s")
    expect(page.get_by_role("status").filter(has_text=SOONER)).to_contain_text("At 5 connections")
    page.keyboard.press("End")
    expect(page.get_by_text("would not have fired").first).to_be_visible()


def test_a_hand_drags_the_line(visit: Visit) -> None:
    page = visit("impact")
    line = page.get_by_role("slider", name=re.compile("^Line of how full orders is"))
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
