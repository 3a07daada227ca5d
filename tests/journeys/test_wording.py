"""The words of a text: given by hand, as a file, or an incident's own; findings beside the lines, keys between them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import (
    assert_axe_finds_nothing,
    assert_nothing_is_lost,
    settled,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]

DRAFT = """# Review of the pool outage

The platform team failed to update the runbook.
We should have tested the restore script, and Priya's deploy took down checkout.

The root cause was the pool.
"""


def test_findings_stand_beside_the_lines_and_keys_lead_from_one_to_the_next(visit: Visit) -> None:
    page = visit("#/lint", reduced_motion="reduce")
    expect(page.get_by_text("No text yet")).to_be_visible()
    page.get_by_label("Text or Markdown").fill(DRAFT)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("3 places to look at")
    third = page.get_by_role("listitem").filter(has_text="failed to update")
    expect(third.get_by_role("button")).to_contain_text("The runbook was not updated")
    expect(page.locator("mark")).to_have_text(
        ["The platform team failed to update", "We should have tested", "Priya's deploy took down"]
    )
    cards = page.get_by_role("list", name="The text and its findings").get_by_role("button")
    page.locator("main").focus()
    page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    expect(cards.nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(cards.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(cards.nth(1)).to_be_focused()
    page.get_by_label("Show 1 note").check()
    expect(cards).to_have_count(4)
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, [(1024, 768), (720, 450), (320, 640)])


def test_a_file_is_read_and_its_text_can_be_changed_and_read_again(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("Nobody checked the queue.\n", encoding="utf-8")
    page = visit("#/lint")
    page.get_by_label("Open a file").set_input_files(tmp_path / "draft.md")
    expect(page.get_by_role("status")).to_contain_text("1 place to look at in 4 words")
    page.keyboard.press("w")
    page.get_by_label("Text or Markdown").fill("No alert looked at the queue.")
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing to reword in 6 words")


def test_another_language_is_said_to_be_left_alone(visit: Visit) -> None:
    page = visit("#/lint")
    page.get_by_label("Text or Markdown").fill("Wir hätten das testen müssen, und niemand hat auf die Anzeige gesehen.")
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_role("status")).to_contain_text("Not in English")


def test_a_text_that_is_too_large_is_refused_and_stays_in_the_page(visit: Visit) -> None:
    page = visit("#/lint", refused=True)
    page.get_by_label("Text or Markdown").fill("All calm. " * 30_000)
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Text or Markdown")).not_to_be_empty()


def test_the_document_of_an_incident_says_how_it_is_worded_and_leads_to_its_lines(visit: Visit) -> None:
    page = visit("document")
    expect(page.get_by_role("complementary", name="Claim ledger")).to_contain_text("Nothing to reword")
    page.get_by_role("link", name="Read it line by line").click()
    settled(page)
    expect(page.get_by_role("status")).to_contain_text("Nothing to reword")
    expect(page.get_by_role("list", name="The text and its findings")).to_contain_text("Bottom line up front")
    page.get_by_role("button", name="Write in the text").click()
    page.get_by_label("Document of").select_option(index=1)
    page.get_by_role("button", name="Read its document").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing to reword")
