"""Everything is done without a mouse: places, claims, controls, help; and what has the focus gets the keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]


def test_from_the_list_to_a_claims_evidence_and_back(visit: Visit) -> None:
    page = visit("#/")
    page.keyboard.press("/")
    page.keyboard.type("checkout fails")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bottom line up front")).to_be_visible()
    for key, heading in [("t", None), ("i", "What is not known"), ("c", "Cascade"), ("r", "Follow a request")]:
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.locator("main")).to_be_focused()
        if heading:
            expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Evidence", exact=True)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Evidence E02")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page.get_by_role("article")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Bottom line up front")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="All incidents")).to_be_visible()


def test_the_first_stop_skips_what_every_page_repeats(visit: Visit) -> None:
    page = visit("evidence")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox", name="Filter the evidence")).to_be_focused()


def test_enter_and_space_use_what_has_the_focus(visit: Visit) -> None:
    page = visit("causes")
    ranking = page.get_by_role("button", name="Ranking")
    ranking.press("Space")
    expect(ranking).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)  # Space is also a key of this page
    methods = page.get_by_role("button", name="Methods")
    methods.press("Enter")
    expect(methods).to_have_attribute("aria-pressed", "true")
    chip = page.get_by_role("main").get_by_role("button", name="Evidence E").first
    for key in ("Enter", "Space"):
        chip.press(key)
        expect(page.get_by_role("complementary", name="Evidence E")).to_be_focused()
        page.get_by_role("button", name="Close").press(key)
        expect(chip).to_be_focused()
    page.get_by_role("link", name="Impact").press("Enter")
    expect(page.get_by_role("heading", name="What is not known")).to_be_visible()
    page.get_by_role("button", name="Use dark colours").press("Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_help_keeps_keys_to_itself_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("#/")
    opener = page.get_by_role("button", name="Keys")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("i")  # imports, where the help is not open
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="All incidents")).to_be_attached()
    for _ in range(4):
        page.keyboard.press("Tab")
        # Between the last stop and the first, the focus rests on the window, never on the page beneath.
        expect(page.locator("main :focus, header :focus")).to_have_count(0)
    for closes in ("Escape", "?", "Close"):
        if closes == "Close":
            dialog.get_by_role("button", name="Close").press("Enter")
        else:
            page.keyboard.press(closes)
        expect(dialog).to_have_count(0)
        expect(opener).to_be_focused()
        opener.press("Enter")


def test_escape_closes_the_panel_and_returns_to_where_one_was(visit: Visit) -> None:
    page = visit(viewport={"width": 1024, "height": 768})  # where the panel lies over the page
    chip = page.get_by_role("button", name="Evidence E04").first
    chip.press("Enter")
    panel = page.get_by_role("complementary", name="Evidence E04")
    expect(panel).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="Open alone")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(chip).to_be_focused()


def test_letters_typed_into_a_field_stay_letters_and_can_be_switched_off(visit: Visit) -> None:
    page = visit("#/")
    page.keyboard.press("/")
    page.keyboard.type("ij?")
    expect(page.get_by_role("searchbox")).to_have_value("ij?")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Switch single letters off").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="All incidents")).to_be_visible()
    page.reload()
    settled(page)
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="All incidents")).to_be_visible()
