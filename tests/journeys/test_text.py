"""The document is written in the browser: beside its preview, by keyboard, and merged where two wrote at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import assert_axe_finds_nothing, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def test_a_section_is_written_beside_its_preview_saved_by_keyboard_and_brought_back(visit: Visit) -> None:
    page = visit("document", reduced_motion="reduce")
    page.get_by_role("button", name="Edit Open questions").press("Enter")
    source = page.get_by_role("textbox", name="Open questions, Markdown")
    expect(source).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Users met errors [@E01]. Nobody watched the **pool**.")
    preview = page.locator("section", has=page.get_by_role("heading", name="Open questions"))
    expect(preview.locator(".fact")).to_have_text("Users met errors.")
    expect(preview.locator(".bare")).to_have_text("Nobody watched the pool.")
    assert_axe_finds_nothing(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    expect(preview.get_by_text("written by people")).to_be_visible()
    page.reload()
    settled(page)
    expect(preview.locator(".bare")).to_be_visible()
    page.get_by_role("button", name="1 version").press("Enter")
    page.get_by_role("button", name="Follow the analysis").press("Enter")
    expect(preview.get_by_text("written by people")).to_have_count(0)


def test_what_two_wrote_at_once_is_merged(visit: Visit) -> None:
    first, second = visit("document?edit=meeting"), visit("document?edit=meeting")
    for page, words in ((first, "One of us. "), (second, "Another of us. ")):
        source = page.get_by_role("textbox", name="Meeting, Markdown")
        expect(source).to_be_focused()
        page.keyboard.press("Control+Home" if page is first else "Control+End")
        page.keyboard.type(words if page is first else "\n\n" + words)
    first.keyboard.press("Control+s")
    second.get_by_role("button", name="Merge").click()
    source = second.get_by_role("textbox", name="Meeting, Markdown")
    expect(source).to_contain_text("One of us.")
    expect(source).to_contain_text("Another of us.")
    second.get_by_role("button", name="Save").click()
    both = first.locator("section", has=first.get_by_role("heading", name="Meeting"))
    expect(both).to_contain_text("Another of us.")
