"""An incident is opened on the list, by hand and from an alert, and the policy is changed, all by keyboard."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import assert_axe_finds_nothing, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
ALERT = Path(__file__).parents[1] / "recordings" / "alertmanager" / "webhook.jsonl"


def test_an_incident_is_opened_by_hand_and_from_an_alert(visit: Visit) -> None:
    page = visit("#/", reduced_motion="reduce", timezone_id="Europe/Berlin")
    page.keyboard.press("n")
    assert_axe_finds_nothing(page)
    page.get_by_role("textbox", name="Title").fill("Search is slow")
    page.get_by_role("textbox", name="Title").press("Enter")
    expect(page.get_by_role("heading", name="Search is slow")).to_be_visible()
    page.goto(page.url.split("#")[0] + "#/")
    settled(page)
    page.keyboard.press("n")
    page.get_by_role("button", name="From an alert").press("Enter")
    words = page.get_by_role("textbox", name="Notification")
    words.fill("no json")
    form = page.get_by_role("region", name="Open an incident")
    form.get_by_role("button", name="Open incident").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("no JSON")
    assert_axe_finds_nothing(page)
    words.fill(json.dumps(json.loads(ALERT.read_bytes().splitlines()[0])))
    form.get_by_role("button", name="Open incident").press("Enter")
    expect(page.get_by_role("heading", name="More than 5 % of requests to gateway fail")).to_be_visible()
    expect(page).to_have_url(page.url.split("#")[0] + "#/i/gateway-2026-03-01-1300")


def test_the_policy_is_changed_with_its_effect_told_first(visit: Visit) -> None:
    page = visit("#/policy", reduced_motion="reduce")
    assert_axe_finds_nothing(page)
    form = page.get_by_role("form", name="Rule of SEV1")
    days = form.get_by_label("Meeting, working days")
    days.fill("9")
    expect(form.get_by_text("1 incident would get a later date.")).to_be_visible()
    days.press("Enter")
    expect(form.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(days).to_have_value("9")
