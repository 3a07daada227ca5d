"""The pages serve whoever cannot see colours, use a mouse, read small print or bear motion."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLACES = [None, "", "evidence", "evidence/E01", "timeline", "impact", "causes", "document", "request"]
THEMES: list[Literal["light", "dark"]] = ["light", "dark"]
SIZES = [(1440, 900), (1024, 768), (720, 450)]  # the last is 1440 at 200 % zoom


@pytest.mark.parametrize("place", PLACES)
def test_each_page_reads_in_both_themes_and_at_every_width(visit: Callable[..., Page], place: str | None) -> None:
    page = visit(place, reduced_motion="reduce")
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        _axe(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        lost = page.evaluate(
            "[document.documentElement, document.querySelector('main')].map(one => one.scrollWidth - one.clientWidth)"
        )
        assert max(lost) <= 1, f"at {width} px {lost[0]} px of the frame and {lost[1]} px of the page lie outside"


def test_panel_and_key_help_read_in_both_themes(visit: Callable[..., Page]) -> None:
    page = visit(reduced_motion="reduce")
    page.get_by_role("button", name="Requests that failed").click()
    expect(page.get_by_role("heading", name="Outcome of requests over time")).to_be_visible()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        _axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of this page")).to_be_visible()
    _axe(page)


def test_without_a_mouse_from_the_list_to_a_claims_evidence(visit: Callable[..., Page]) -> None:
    page = visit(None)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bottom line up front")).to_be_visible()
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
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="All incidents")).to_be_visible()


def test_letters_typed_into_a_field_stay_letters_and_can_be_switched_off(visit: Callable[..., Page]) -> None:
    page = visit(None)
    page.keyboard.press("/")
    page.keyboard.type("ij?")
    expect(page.get_by_role("searchbox")).to_have_value("ij?")
    expect(page.get_by_role("heading", name="Nothing matches")).to_have_count(0)
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="All incidents")).to_be_visible()


def test_every_focus_is_seen(visit: Callable[..., Page]) -> None:
    page = visit()
    for _ in range(25):
        page.keyboard.press("Tab")
        width, style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineWidth, s.outlineStyle] })()"
        )
        assert (width, style) == ("2px", "solid"), page.evaluate("document.activeElement.outerHTML")


def test_nothing_moves_where_motion_is_unwanted(visit: Callable[..., Page]) -> None:
    page = visit(reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(one => { const s = getComputedStyle(one);"
        " return s.animationName !== 'none' || s.transitionDuration.split(', ').some(t => parseFloat(t) > 0) }).length"
    )
    assert moving == 0


def test_the_theme_follows_the_system_until_a_person_chooses(visit: Callable[..., Page]) -> None:
    page = visit(None, color_scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Use light colours").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def _axe(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
